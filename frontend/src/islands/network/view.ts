/** Looking closer: buttons that zoom, and dragging. */

import type { Words } from "./contract";

const CLOSEST = 6; // times

interface Look {
  x: number;
  y: number;
  zoom: number;
}

/** Buttons for `picture`, a drawing of `width` × `height`; the wheel stays with the page. */
export function zooming(picture: SVGSVGElement, width: number, height: number, words: Words): HTMLElement {
  const look: Look = { x: 0, y: 0, zoom: 1 };
  const show = () => {
    const [wide, high] = [width / look.zoom, height / look.zoom];
    look.x = Math.min(Math.max(look.x, 0), width - wide);
    look.y = Math.min(Math.max(look.y, 0), height - high);
    picture.setAttribute("viewBox", `${look.x} ${look.y} ${wide} ${high}`);
    picture.classList.toggle("is-close", look.zoom > 1);
  };
  const zoomTo = (zoom: number) => {
    const next = Math.min(Math.max(zoom, 1), CLOSEST);
    look.x += width / look.zoom / 2 - width / next / 2;
    look.y += height / look.zoom / 2 - height / next / 2;
    look.zoom = next;
    show();
  };
  drag(picture, (dx, dy) => {
    const scale = width / look.zoom / picture.clientWidth;
    look.x -= dx * scale;
    look.y -= dy * scale;
    show();
  });
  show();
  const bar = document.createElement("div");
  bar.className = "network-zoom";
  bar.dataset["print"] = "hide";
  bar.append(
    button("+", words.zoomIn, () => zoomTo(look.zoom * 1.5)),
    button("−", words.zoomOut, () => zoomTo(look.zoom / 1.5)),
    button(words.whole, words.whole, () => zoomTo(1)),
  );
  return bar;
}

function button(text: string, label: string, onClick: () => void): HTMLButtonElement {
  const made = document.createElement("button");
  made.type = "button";
  made.className = "btn";
  made.textContent = text;
  made.setAttribute("aria-label", label);
  made.addEventListener("click", onClick);
  return made;
}

/** While the picture is seen whole, a finger that moves scrolls the page. */
function drag(picture: SVGSVGElement, move: (dx: number, dy: number) => void): void {
  let last: { x: number; y: number } | null = null;
  picture.addEventListener("pointerdown", ({ clientX, clientY }) => (last = { x: clientX, y: clientY }));
  picture.addEventListener("pointermove", ({ clientX, clientY }) => {
    if (!last) return;
    move(clientX - last.x, clientY - last.y);
    last = { x: clientX, y: clientY };
  });
  for (const end of ["pointerup", "pointerleave", "pointercancel"]) {
    picture.addEventListener(end, () => (last = null));
  }
}
