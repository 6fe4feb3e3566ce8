import type { Tiles } from "./ground";

/** What the reporter may find their way by; degrees are WGS-84. */
export interface PinMap {
  areas: { name: string; at: [number, number] }[];
  /** A server of raster tiles, where the operator has named one. */
  tiles: Tiles | null;
  words: Record<
    "zoomIn" | "zoomOut" | "set" | "cleared" | "searching" | "failed" | "centre",
    string
  >;
}

/**
 * Say where: by the device, only when asked; or on a map that is loaded only when wanted. The two
 * hidden fields of the form take the place; without this island the address does.
 */
export function mountPin(element: HTMLElement, content: unknown): void {
  const map = content as PinMap;
  const part = (name: string) => element.querySelector<HTMLElement>(`[data-pin="${name}"]`)!;
  const field = (name: string) => document.getElementById(`id_${name}`) as HTMLInputElement;
  const [longitude, latitude] = [field("longitude"), field("latitude")];
  const say = (text: string) => (part("said").textContent = text);
  let follow: ((at: [number, number] | null) => void) | null = null;
  element.hidden = false;

  const set = (at: [number, number] | null) => {
    [longitude.value, latitude.value] = at ? [at[0].toFixed(6), at[1].toFixed(6)] : ["", ""];
    part("clear").hidden = !at;
    say(at ? map.words.set : map.words.cleared);
    follow?.(at);
    latitude.dispatchEvent(new Event("change", { bubbles: true })); // the hints ask anew
  };

  // Browsers know the place only where the page came over https, or from this machine.
  part("here").hidden = !("geolocation" in navigator && window.isSecureContext);
  part("here").addEventListener("click", () => {
    say(map.words.searching);
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => set([coords.longitude, coords.latitude]),
      () => say(map.words.failed),
      { enableHighAccuracy: true, timeout: 15_000 },
    );
  });
  part("clear").addEventListener("click", () => set(null));

  const open = part("open");
  open.hidden = map.areas.length === 0;
  open.addEventListener("click", async () => {
    const box = part("map");
    box.hidden = !box.hidden;
    open.setAttribute("aria-expanded", String(!box.hidden));
    if (follow || box.hidden) return;
    const { drawPinMap } = await import("./pin/drawing");
    follow = drawPinMap(box, map, placeOf(longitude, latitude), set);
  });
  const again = () => {
    const at = placeOf(longitude, latitude);
    part("clear").hidden = !at;
    say("");
    follow?.(at);
  };
  // Filed, or taken out again to be mended: the hidden fields say what stands.
  element.closest("form")?.addEventListener("filled", again);
  again();
}

function placeOf(longitude: HTMLInputElement, latitude: HTMLInputElement): [number, number] | null {
  return longitude.value && latitude.value ? [Number(longitude.value), Number(latitude.value)] : null;
}
