import { LngLatBounds, Marker, type StyleSpecification } from "maplibre-gl";
import workerUrl from "maplibre-gl/dist/maplibre-gl-worker.mjs?url";
import { layTiles, mapOn } from "../ground";
import { addName, namePixels } from "../matter_map/pictures";
import type { PinMap } from "../pin";

const CLOSE = 15; // zoom at which a street is told from the next

/** Everything a map needs is fetched, its worker too, so that it can be drawn without a network. */
export async function ready(): Promise<void> {
  await fetch(workerUrl);
}

/** Draw the map; a tap sets the pin. Returns how to move the pin from outside. */
export function drawPinMap(
  box: HTMLElement,
  { areas, tiles, words }: PinMap,
  at: [number, number] | null,
  set: (at: [number, number]) => void,
): (at: [number, number] | null) => void {
  const sheet = document.createElement("div");
  const centre = document.createElement("button");
  centre.type = "button";
  centre.className = "btn mt-2";
  centre.textContent = words.centre;
  const whose = document.createElement("p");
  whose.className = "map-attribution";
  whose.textContent = tiles?.attribution ?? "";
  whose.hidden = !tiles;
  box.append(sheet, whose, centre);

  const style = groundOf(areas);
  if (tiles) layTiles(style, tiles);
  const view = mapOn(sheet, style, words);
  const whole = new LngLatBounds();
  for (const area of areas) whole.extend(area.at);
  view.setMissingStyleImageResolver((id) => {
    const area = areas[Number(id.split("-")[1])];
    if (area) addName(view, id, area.name, namePixels());
  });
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

/** The names of the areas, fewer where they would stand on one another. */
function groundOf(areas: PinMap["areas"]): StyleSpecification {
  const features = areas.map(({ at }, index) => ({
    type: "Feature" as const,
    geometry: { type: "Point" as const, coordinates: at },
    properties: { index },
  }));
  return {
    version: 8,
    sources: { names: { type: "geojson", data: { type: "FeatureCollection", features } } },
    layers: [
      { id: "ground", type: "background", paint: { "background-color": "#f4f6f8" } },
      {
        id: "names",
        type: "symbol",
        source: "names",
        layout: { "icon-image": ["concat", "name-", ["get", "index"]], "icon-padding": 4 },
      },
    ],
  };
}
