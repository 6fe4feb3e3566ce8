import type { Map as MapView } from "maplibre-gl";
import type { Kind, Shape } from "./contract";

const FONT = '"Noto Sans SC", system-ui, sans-serif';
const INK = "#1b2733";

/** Draw on a canvas of that many CSS pixels and give it to the map under a name. */
function addPicture(
  view: MapView,
  name: string,
  width: number,
  height: number,
  draw: (pen: CanvasRenderingContext2D) => void,
): void {
  if (view.hasImage(name)) return;
  const pixelRatio = Math.max(2, window.devicePixelRatio);
  const canvas = document.createElement("canvas");
  canvas.width = Math.ceil(width * pixelRatio);
  canvas.height = Math.ceil(height * pixelRatio);
  const pen = canvas.getContext("2d");
  if (!pen) return;
  pen.scale(pixelRatio, pixelRatio);
  draw(pen);
  view.addImage(name, pen.getImageData(0, 0, canvas.width, canvas.height), { pixelRatio });
}

export function addKind(view: MapView, name: string, kind: Kind): void {
  const size = 20;
  addPicture(view, name, size, size, (pen) => {
    outline(pen, kind.shape, size / 2, size / 2, size / 2 - 2);
    pen.strokeStyle = "#fff";
    pen.lineWidth = 3; // half of it is painted over
    pen.stroke();
    pen.fillStyle = kind.colour;
    pen.fill();
  });
}

/** A disc with the number of matters drawn as one. */
export function addCount(view: MapView, name: string, count: number): void {
  const text = count > 999 ? `${Math.floor(count / 1000)}k` : String(count);
  const size = 26 + 5 * Math.min(4, String(count).length);
  addPicture(view, name, size, size, (pen) => {
    outline(pen, "circle", size / 2, size / 2, size / 2 - 2);
    pen.fillStyle = INK;
    pen.fill();
    pen.strokeStyle = "#fff";
    pen.lineWidth = 2;
    pen.stroke();
    write(pen, text, size / 2, size / 2, "#fff", 13);
  });
}

/** Names are a little smaller than the page's text; the map's own text is not ours. */
export const namePixels = () => Number.parseFloat(getComputedStyle(document.body).fontSize) * 0.85;

/** The name of an area; there are no glyphs on board, so it is a picture. */
export function addName(view: MapView, name: string, text: string, pixels: number): void {
  const pen = document.createElement("canvas").getContext("2d");
  if (!pen) return;
  pen.font = `${pixels}px ${FONT}`;
  const width = pen.measureText(text).width + 8;
  addPicture(view, name, width, pixels + 8, (pen) => {
    pen.strokeStyle = "#fff";
    pen.lineWidth = 3;
    pen.lineJoin = "round";
    write(pen, text, width / 2, (pixels + 8) / 2, INK, pixels, true);
  });
}

function write(
  pen: CanvasRenderingContext2D,
  text: string,
  x: number,
  y: number,
  colour: string,
  pixels: number,
  hasHalo = false,
): void {
  pen.font = `${pixels}px ${FONT}`;
  pen.textAlign = "center";
  pen.textBaseline = "middle";
  if (hasHalo) pen.strokeText(text, x, y);
  pen.fillStyle = colour;
  pen.fillText(text, x, y);
}

/** The angle of a shape's first corner, and how many it has. */
const CORNERS: Record<Exclude<Shape, "circle" | "cross">, [angle: number, number: number]> = {
  square: [Math.PI / 4, 4],
  diamond: [0, 4],
  triangle: [-Math.PI / 2, 3],
};

function outline(
  pen: CanvasRenderingContext2D,
  shape: Shape,
  x: number,
  y: number,
  radius: number,
): void {
  pen.beginPath();
  if (shape === "circle") {
    pen.arc(x, y, radius, 0, 2 * Math.PI);
    return;
  }
  if (shape === "cross") {
    const half = radius / 2.5;
    pen.roundRect(x - half, y - radius, 2 * half, 2 * radius, 1);
    pen.roundRect(x - radius, y - half, 2 * radius, 2 * half, 1);
    return;
  }
  const [first, corners] = CORNERS[shape];
  for (let corner = 0; corner < corners; corner++) {
    const angle = first + (corner * 2 * Math.PI) / corners;
    pen.lineTo(x + radius * Math.cos(angle), y + radius * Math.sin(angle));
  }
  pen.closePath();
}
