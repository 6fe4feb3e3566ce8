import { LngLatBounds, Marker, type StyleSpecification } from "maplibre-gl";
import { mapOn } from "../ground";
import type { PinMap } from "../pin";

const CLOSE = 15; // zoom at which a street is told from the next

/** Draw the map; a tap sets the pin. Returns how to move the pin from outside. */
export function drawPinMap(
  box: HTMLElement,
  { areas, words }: PinMap,
  at: [number, number] | null,
  set: (at: [number, number]) => void,
): (at: [number, number] | null) => void {
  const sheet = document.createElement("div");
  const centre = document.createElement("button");
  centre.type = "button";
  centre.className = "btn mt-2";
  centre.textContent = words.centre;
  box.append(sheet, centre);

  const view = mapOn(sheet, GROUND, words);
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

const GROUND: StyleSpecification = {
  version: 8,
  sources: {},
  layers: [{ id: "ground", type: "background", paint: { "background-color": "#f4f6f8" } }],
};
