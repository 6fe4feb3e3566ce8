import type { FeatureCollection, Point } from "geojson";
import { LngLatBounds, type Map as MapView, type MapGeoJSONFeature } from "maplibre-gl";
import { mapOn, source } from "../ground";
import type { Area, MatterMap } from "./contract";
import { addCount, addKind, addName, namePixels } from "./pictures";
import { styleOf } from "./style";

const STACKED = 18; // zoom from which matters at one spot do not part any more

/** Areas with their names, matters in them; many close together are one disc with their number. */
export function mountMatterMap(element: HTMLElement, content: unknown): void {
  const map = content as MatterMap;
  const view = mapOn(element, styleOf(map, middlesOf(map.areas)), map.words);
  view.fitBounds(boundsOf(map), { padding: 48, maxZoom: 16, animate: false });
  view.setMissingStyleImageResolver((id) => addMissing(view, map, id));
  const chosen = panelAfter(element);
  view.on("click", "matters", ({ features }) => {
    if (features?.[0]) choose(map, chosen, [features[0]]);
  });
  view.on("click", "clusters", ({ features }) => {
    if (features?.[0]) void openCluster(view, map, chosen, features[0]);
  });
  for (const layer of ["matters", "clusters"]) {
    view.on("mouseenter", layer, () => view.getCanvas().classList.add("can-choose"));
    view.on("mouseleave", layer, () => view.getCanvas().classList.remove("can-choose"));
  }
}

function boundsOf({ areas, places }: MatterMap): LngLatBounds {
  const whole = new LngLatBounds();
  for (const [longitude, latitude] of places) whole.extend([longitude, latitude]);
  if (!whole.isEmpty()) return whole; // the areas around them are in sight as far as they go
  for (const { geometry } of areas)
    for (const at of geometry.coordinates.flat(2)) whole.extend(at as [number, number]);
  return whole;
}

/** Where to write the names: amid the box of the greatest part. */
function middlesOf(areas: Area[]): FeatureCollection<Point> {
  const features = areas.map(({ geometry }, index) => {
    const parts = geometry.coordinates.map(([outer = []]) =>
      outer.reduce((box, at) => box.extend(at as [number, number]), new LngLatBounds()),
    );
    const [greatest = new LngLatBounds()] = parts.sort((a, b) => size(b) - size(a));
    return {
      type: "Feature" as const,
      geometry: { type: "Point" as const, coordinates: greatest.getCenter().toArray() },
      properties: { index },
    };
  });
  return { type: "FeatureCollection", features };
}

const size = (box: LngLatBounds) =>
  (box.getEast() - box.getWest()) * (box.getNorth() - box.getSouth());

/** Pictures are drawn when the map first asks for them. */
function addMissing(view: MapView, { kinds, areas }: MatterMap, id: string): void {
  const [family, rest = ""] = id.split("-");
  const index = Number(rest);
  const [kind, area] = [kinds[index], areas[index]];
  if (family === "count") addCount(view, id, index);
  if (family === "kind" && kind) addKind(view, id, kind);
  if (family === "name" && area) {
    addName(view, id, area.properties.name, namePixels());
  }
}

/** What was chosen is told below the map, with the way to its page. */
function panelAfter(element: HTMLElement): HTMLElement {
  const panel = document.createElement("div");
  panel.className = "map-chosen";
  panel.setAttribute("role", "status");
  element.after(panel);
  return panel;
}

async function openCluster(
  view: MapView,
  map: MatterMap,
  panel: HTMLElement,
  cluster: MapGeoJSONFeature,
): Promise<void> {
  const matters = source(view, "matters");
  const id = cluster.properties["cluster_id"] as number;
  const zoom = await matters?.getClusterExpansionZoom(id);
  if (zoom !== undefined && zoom < STACKED) {
    const center = (cluster.geometry as Point).coordinates as [number, number];
    const isCalm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    view.easeTo({ center, zoom, animate: !isCalm });
    return;
  }
  choose(map, panel, (await matters?.getClusterLeaves(id, 30, 0)) ?? []);
}

type Chosen = { properties: Record<string, unknown> | null };

function choose({ kinds, page, words, row = "matter" }: MatterMap, panel: HTMLElement, chosen: Chosen[]): void {
  const links = chosen.map(({ properties }) => {
    const { key, number, kind } = properties as { key: number; number: string; kind: number };
    const link = document.createElement("a");
    link.href = (kinds[kind]?.page ?? page).replace(/0(?=\/$)/, String(key));
    link.textContent = `${number} · ${kinds[kind]?.label ?? ""} · ${words.open}`;
    return { link, row: document.getElementById(`${row}-${key}`) };
  });
  const heading = document.createElement("p");
  heading.textContent = words.several;
  heading.hidden = links.length < 2;
  panel.replaceChildren(heading, ...links.map(({ link }) => link));
  for (const row of document.querySelectorAll(".is-chosen")) row.classList.remove("is-chosen");
  for (const { row } of links) row?.classList.add("is-chosen");
  links[0]?.row?.scrollIntoView({ block: "nearest" });
}
