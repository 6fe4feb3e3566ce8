import type { FeatureCollection, Point } from "geojson";
import type { StyleSpecification } from "maplibre-gl";
import { layTiles } from "../ground";
import type { MatterMap } from "./contract";

const LINE = "#5b6b7b";

/** Everything to draw: tiles where there are any, areas, their names, matters. */
export function styleOf({ areas, outlines = [], places, tiles }: MatterMap, middles: FeatureCollection<Point>) {
  const style: StyleSpecification = {
    version: 8,
    sources: {
      areas: { type: "geojson", data: { type: "FeatureCollection", features: areas } },
      outlines: { type: "geojson", data: { type: "FeatureCollection", features: outlines } },
      names: { type: "geojson", data: middles },
      matters: {
        type: "geojson",
        data: {
          type: "FeatureCollection",
          features: places.map(([longitude, latitude, kind, key, number]) => ({
            type: "Feature",
            geometry: { type: "Point", coordinates: [longitude, latitude] },
            properties: { kind, key, number },
          })),
        },
        cluster: true,
        clusterRadius: 36, // px
        clusterMaxZoom: 17,
      },
    },
    layers: [
      { id: "ground", type: "background", paint: { "background-color": "#f4f6f8" } },
      {
        id: "areas",
        type: "fill",
        source: "areas",
        paint: { "fill-color": "#fff", "fill-opacity": tiles ? 0 : 1 },
      },
      {
        id: "lines",
        type: "line",
        source: "areas",
        filter: ["!", ["get", "isApproximate"]],
        paint: { "line-color": LINE, "line-width": 1.5 },
      },
      {
        id: "rough-lines", // approximate ones are dashed
        type: "line",
        source: "areas",
        filter: ["get", "isApproximate"],
        paint: { "line-color": LINE, "line-width": 1, "line-dasharray": [3, 2] },
      },
      {
        id: "outlines",
        type: "fill",
        source: "outlines",
        paint: { "fill-color": "#c9d6e3", "fill-outline-color": LINE },
      },
      {
        id: "clusters",
        type: "symbol",
        source: "matters",
        filter: ["has", "point_count"],
        layout: {
          "icon-image": ["concat", "count-", ["get", "point_count"]],
          "icon-allow-overlap": true,
          "icon-ignore-placement": true, // names stand above
        },
      },
      {
        id: "matters",
        type: "symbol",
        source: "matters",
        filter: ["!", ["has", "point_count"]],
        layout: {
          "icon-image": ["concat", "kind-", ["get", "kind"]],
          "icon-allow-overlap": true,
          "icon-ignore-placement": true, // names stand above
        },
      },
      {
        id: "names",
        type: "symbol",
        source: "names",
        layout: { "icon-image": ["concat", "name-", ["get", "index"]], "icon-padding": 4 },
      },
    ],
  };
  if (tiles) layTiles(style, tiles);
  return style;
}
