import "maplibre-gl/dist/maplibre-gl.css";
import {
  type GeoJSONSource,
  Map as MapView,
  NavigationControl,
  setWorkerUrl,
  type StyleSpecification,
} from "maplibre-gl";
import workerUrl from "maplibre-gl/dist/maplibre-gl-worker.mjs?url";

export type ZoomWords = Record<"zoomIn" | "zoomOut", string>;

export interface Tiles {
  url: string;
  attribution: string;
}

/** Put raster tiles on the ground, under everything else. */
export function layTiles(style: StyleSpecification, tiles: Tiles): void {
  style.sources["tiles"] = { type: "raster", tiles: [tiles.url], tileSize: 256, maxzoom: 19 };
  style.layers.splice(1, 0, { id: "tiles", type: "raster", source: "tiles" });
}

/** A map without turning or tilting on the element; it asks no other server for anything. */
export function mapOn(element: HTMLElement, style: StyleSpecification, words: ZoomWords): MapView {
  setWorkerUrl(workerUrl);
  element.classList.add("island-map");
  const view = new MapView({
    container: element,
    style,
    attributionControl: false,
    dragRotate: false,
    pitchWithRotate: false,
    cooperativeGestures: false,
    scrollZoom: false, // the page scrolls; buttons and two fingers zoom
    fadeDuration: 0,
    locale: {
      "NavigationControl.ZoomIn": words.zoomIn,
      "NavigationControl.ZoomOut": words.zoomOut,
    },
  });
  view.addControl(new NavigationControl({ showCompass: false }));
  return view;
}

export const source = (view: MapView, id: string) => view.getSource(id) as GeoJSONSource | undefined;
