import type { Feature, FeatureCollection } from "geojson";
import { LngLatBounds, type Map as MapView, Marker, type StyleSpecification } from "maplibre-gl";
import { mapOn, source } from "./ground";

/** Where what is given goes: flows are [place from, place to, number of matches]. */
interface Journeys {
  places: { at: [number, number]; name: string }[];
  flows: [number, number, number][];
  words: Record<"gives" | "receives" | "matches" | "zoomIn" | "zoomOut", string>;
}

/** Places drawn as one at the present zoom. */
interface Cluster {
  at: [number, number];
  names: string[];
  gives: number;
  receives: number;
}

const CELL = 56; // px within which places are drawn as one; twice that where they are many
const MANY = 60; // places
const MOST_FLOWS = 100; // drawn at once, the biggest of those in sight
const LABELLED = 14; // clusters that carry their name
const GIVES = "#1f4e8c";
const RECEIVES = "#8a4b08";

/** Draw the journeys without any tiles; clusters part as one zooms in. */
export function mountMap(element: HTMLElement, content: unknown): void {
  const journeys = content as Journeys;
  if (journeys.flows.length === 0) return;
  const { words } = journeys;
  const view = mapOn(element, STYLE, words);
  const whole = new LngLatBounds();
  for (const { at } of journeys.places) whole.extend(at);
  view.fitBounds(whole, { padding: 48, maxZoom: 16, animate: false });

  let markers: Marker[] = [];
  const draw = () => {
    const clusters = clustered(journeys, view);
    source(view, "flows")?.setData(flowsBetween(journeys, clusters, view.getBounds()));
    source(view, "places")?.setData(dots(clusters));
    for (const marker of markers) marker.remove();
    markers = labels(clusters, words, view).map((marker) => marker.addTo(view));
  };
  view.on("load", draw);
  view.on("moveend", draw);
}

const NOTHING: FeatureCollection = { type: "FeatureCollection", features: [] };
const STYLE: StyleSpecification = {
  version: 8,
  sources: {
    flows: { type: "geojson", data: NOTHING, lineMetrics: true },
    places: { type: "geojson", data: NOTHING },
  },
  layers: [
    { id: "ground", type: "background", paint: { "background-color": "#f4f6f8" } },
    {
      id: "flows",
      type: "line",
      source: "flows",
      layout: { "line-cap": "round" },
      paint: {
        // The colour says which end gives.
        "line-gradient": ["interpolate", ["linear"], ["line-progress"], 0, GIVES, 1, RECEIVES],
        "line-opacity": 0.5,
        "line-width": ["min", 10, ["+", 1, ["sqrt", ["get", "n"]]]],
      },
    },
    {
      id: "places",
      type: "circle",
      source: "places",
      paint: {
        "circle-color": ["case", [">=", ["get", "gives"], ["get", "receives"]], GIVES, RECEIVES],
        "circle-radius": ["get", "radius"],
        "circle-stroke-color": "#fff",
        "circle-stroke-width": 2,
      },
    },
  ],
};

/** The cluster of every place, places of one grid cell of the screen together. */
function clustered({ places, flows }: Journeys, view: MapView): Cluster[] {
  const cell = places.length > MANY ? 2 * CELL : CELL;
  const cells = new Map<string, Cluster>();
  const of = places.map(({ at, name }) => {
    const { x, y } = worldPixel(at, view.getZoom());
    const key = `${Math.floor(x / cell)} ${Math.floor(y / cell)}`;
    const cluster = cells.get(key) ?? { at: [0, 0], names: [], gives: 0, receives: 0 };
    const share = 1 / cluster.names.push(name);
    cluster.at = [mix(cluster.at[0], at[0], share), mix(cluster.at[1], at[1], share)];
    cells.set(key, cluster);
    return cluster;
  });
  for (const [from, to, n] of flows) {
    const [giving, receiving] = [of[from], of[to]];
    if (giving) giving.gives += n;
    if (receiving) receiving.receives += n;
  }
  return of;
}

const mix = (a: number, b: number, share: number) => a + (b - a) * share;

function worldPixel([longitude, latitude]: [number, number], zoom: number) {
  const size = 512 * 2 ** zoom;
  const sine = Math.sin((latitude * Math.PI) / 180);
  return {
    x: ((longitude + 180) / 360) * size,
    y: (0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI)) * size,
  };
}

function flowsBetween(
  { flows }: Journeys,
  clusters: Cluster[],
  inSight: LngLatBounds,
): FeatureCollection {
  const sums = new Map<Cluster, Map<Cluster, number>>();
  for (const [from, to, n] of flows) {
    const [giving, receiving] = [clusters[from], clusters[to]];
    if (!giving || !receiving || giving === receiving) continue;
    const row = sums.get(giving) ?? new Map<Cluster, number>();
    row.set(receiving, (row.get(receiving) ?? 0) + n);
    sums.set(giving, row);
  }
  const all = [...sums].flatMap(([giving, row]) =>
    [...row].map(([receiving, n]) => ({ from: giving.at, to: receiving.at, n })),
  );
  const features = all
    .filter(({ from, to }) => inSight.contains(from) || inSight.contains(to))
    .sort((a, b) => b.n - a.n)
    .slice(0, MOST_FLOWS)
    .map(({ from, to, n }) => arc(from, to, n));
  return { type: "FeatureCollection", features };
}

/** A bow from `a` to `b`, so that there and back lie side by side. */
function arc(a: [number, number], b: [number, number], n: number): Feature {
  const [dx, dy] = [b[0] - a[0], b[1] - a[1]];
  const middle: [number, number] = [(a[0] + b[0]) / 2 - dy * 0.15, (a[1] + b[1]) / 2 + dx * 0.15];
  const coordinates = Array.from({ length: 17 }, (_, i) => {
    const t = i / 16;
    const [p, q, r] = [(1 - t) ** 2, 2 * t * (1 - t), t ** 2];
    return [p * a[0] + q * middle[0] + r * b[0], p * a[1] + q * middle[1] + r * b[1]];
  });
  return { type: "Feature", geometry: { type: "LineString", coordinates }, properties: { n } };
}

/** Radius of a cluster's circle in px. */
const radius = ({ gives, receives }: { gives: number; receives: number }) =>
  Math.min(24, 4 + Math.sqrt(gives + receives));

function dots(clusters: Cluster[]): FeatureCollection {
  const features = [...new Set(clusters)].map(
    ({ at, gives, receives }): Feature => ({
      type: "Feature",
      geometry: { type: "Point", coordinates: at },
      properties: { gives, receives, radius: radius({ gives, receives }) },
    }),
  );
  return { type: "FeatureCollection", features };
}

/** Names of the biggest clusters; there are no glyphs to draw them with, so they are elements. */
function labels(clusters: Cluster[], words: Journeys["words"], view: MapView): Marker[] {
  const size = ({ gives, receives }: Cluster) => gives + receives;
  const bySize = [...new Set(clusters)].sort((a, b) => size(b) - size(a));
  const taken: { x: number; y: number }[] = [];
  const clear = bySize.filter(({ at }) => {
    const here = worldPixel(at, view.getZoom());
    if (taken.some(({ x, y }) => Math.abs(x - here.x) < 130 && Math.abs(y - here.y) < 26)) return false;
    taken.push(here);
    return true;
  });
  return clear.slice(0, LABELLED).map((cluster) => {
    const label = document.createElement("div");
    label.className = "map-label";
    const [first = "", ...others] = cluster.names;
    label.textContent = others.length > 0 ? `${first} +${others.length}` : first;
    label.title = `${words.gives} ${cluster.gives} · ${words.receives} ${cluster.receives}`;
    return new Marker({ element: label, anchor: "top", offset: [0, radius(cluster)] }).setLngLat(cluster.at);
  });
}
