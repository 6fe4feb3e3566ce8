/** Which names fit beside their nodes without lying on one another. */

import type { Point } from "./layout";

export interface Label {
  node: number;
  x: number;
  y: number;
  anchor: "start" | "end" | "middle";
  text: string;
}

interface Box {
  left: number;
  right: number;
  top: number;
  bottom: number;
}

/** Longer names are cut; the whole name is said when the node is chosen. */
const LONGEST = 9;

/**
 * Names in the order of `order` (most ties first), each at the first side with room;
 * those without any are left out.
 */
export function placeLabels(
  names: string[],
  points: Point[],
  order: number[],
  look: { radius: number; size: number; width: number; height: number; measure: (text: string) => number },
): Label[] {
  const { radius, size } = look;
  const taken: Box[] = points.map(({ x, y }) => box(x - radius, x + radius, y - radius, y + radius));
  const labels: Label[] = [];
  for (const node of order) {
    const text = short(names[node]!);
    const wide = look.measure(text);
    const { x, y } = points[node]!;
    const sides: [Label["anchor"], number, number, number][] = [
      ["start", x + radius + 3, y + size * 0.35, x + radius + 3],
      ["end", x - radius - 3, y + size * 0.35, x - radius - 3 - wide],
      ["middle", x, y + radius + size, x - wide / 2],
      ["middle", x, y - radius - 4, x - wide / 2],
    ];
    for (const [anchor, at, base, left] of sides) {
      const own = box(left, left + wide, base - size * 0.9, base + size * 0.25);
      const inside = own.left >= 0 && own.right <= look.width && own.top >= 0 && own.bottom <= look.height;
      if (!inside || taken.some((other) => overlap(own, other))) continue;
      taken.push(own);
      labels.push({ node, x: at, y: base, anchor, text });
      break;
    }
  }
  return labels;
}

/** Without the mark of the demonstration, and not too long. */
export function short(name: string): string {
  const bare = name.replace(/（示例）| \(illustrative\)/g, "");
  const longest = /[一-鿿]/.test(bare) ? LONGEST : 2 * LONGEST;
  return bare.length > longest ? `${bare.slice(0, longest - 1)}…` : bare;
}

const box = (left: number, right: number, top: number, bottom: number): Box => ({ left, right, top, bottom });

const overlap = (a: Box, b: Box) =>
  a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
