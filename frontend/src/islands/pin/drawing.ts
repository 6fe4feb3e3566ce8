import "maplibre-gl/dist/maplibre-gl.css";
import {
  LngLatBounds,
  Map as MapView,
  Marker,
  NavigationControl,
  setWorkerUrl,
  type StyleSpecification,
} from "maplibre-gl";
import workerUrl from "maplibre-gl/dist/maplibre-gl-worker.mjs?url";
import type { PinMap } from "../pin";

const CLOSE = 15; // zoom at which a street is told from the next

/** Draw the map; a tap sets the pin. Returns how to move the pin from outside. */
export function drawPinMap(
  box: HTMLElement,
  { areas, outlines, words }: PinMap,
  at: [number, number] | null,
  set: (at: [number, number]) => void,
): (at: [number, number] | null) => void {
  setWorkerUrl(workerUrl);
  const sheet = document.createElement("div");
  sheet.className = "island-map";
  const centre = document.createElement("button");
  centre.type = "button";
  centre.className = "btn mt-2";
  centre.textContent = words.centre;
  box.append(sheet, centre);

  const view = new MapView({
    container: sheet,
    style: styleOf(outlines),
    attributionControl: false,
    dragRotate: false,
    pitchWithRotate: false,
    scrollZoom: false,
    fadeDuration: 0,
    locale: {
      "NavigationControl.ZoomIn": words.zoomIn,
      "NavigationControl.ZoomOut": words.zoomOut,
    },
  });
  view.addControl(new NavigationControl({ showCompass: false }));
  const whole = new LngLatBounds();
  for (const area of areas) {
    whole.extend(area.at);
    new Marker({ element: label(area.name) }).setLngLat(area.at).addTo(view);
  }
  if (at) view.jumpTo({ center: at, zoom: CLOSE });
  else view.fitBounds(whole, { padding: 32, maxZoom: CLOSE, animate: false });

  const pin = new Marker({ draggable: true, color: "#a6211b" });
  pin.getElement().classList.add("pin-marker");
  pin.on("dragend", () => set(pin.getLngLat().toArray() as [number, number]));
  const follow = (place: [number, number] | null) => {
    if (!place) {
      pin.remove();
      return;
    }
    pin.setLngLat(place).addTo(view);
    if (!view.getBounds().contains(place)) view.jumpTo({ center: place, zoom: CLOSE });
  };
  if (at) follow(at);
  view.on("click", (event) => set(event.lngLat.toArray() as [number, number]));
  // With the keyboard: the arrow keys move the map, the button sets the pin.
  centre.addEventListener("click", () => set(view.getCenter().toArray() as [number, number]));
  return follow;
}

function label(name: string): HTMLElement {
  const made = document.createElement("div");
  made.className = "map-label";
  made.textContent = name;
  return made;
}

function styleOf(outlines: string): StyleSpecification {
  const ground = {
    id: "ground",
    type: "background" as const,
    paint: { "background-color": "#f4f6f8" },
  };
  if (!outlines) return { version: 8, sources: {}, layers: [ground] };
  return {
    version: 8,
    sources: { areas: { type: "geojson", data: outlines } },
    layers: [
      ground,
      { id: "areas", type: "fill", source: "areas", paint: { "fill-color": "#fff" } },
      {
        id: "borders",
        type: "line",
        source: "areas",
        paint: { "line-color": "#8793a1", "line-width": 1.5 },
      },
    ],
  };
}
