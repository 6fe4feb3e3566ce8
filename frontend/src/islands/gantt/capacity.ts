import type { Axis } from "./axis";
import type { Organisation } from "./contract";
import type { Sight } from "./painting";

const USED = "#6d93c4";
const OVER = "#a6211b";
const LIMIT = "#1c2430";

/** Paint how much of an organisation's capacity is used, in the strip from `top` to `bottom`. */
export function paintCapacity(
  pen: CanvasRenderingContext2D,
  { use = [], capacity }: Organisation,
  axis: Axis,
  days: number,
  sight: Sight,
  [top, bottom]: [number, number],
): void {
  const most = Math.max(capacity ?? 0, ...use.map(([, amount]) => amount), 1);
  const unit = (bottom - top - 6) / most;
  const x = (day: number) => sight.left + axis.x(day) - sight.scrollX;
  pen.save();
  pen.beginPath();
  pen.rect(sight.left, top, sight.right - sight.left, bottom - top);
  pen.clip();
  pen.fillStyle = "#fff";
  pen.fillRect(sight.left, top, sight.right - sight.left, bottom - top);
  use.forEach(([day, amount], i) => {
    const until = use[i + 1]?.[0] ?? days;
    if (amount === 0 || x(until) < sight.left || x(day) > sight.right) return;
    const within = Math.min(amount, capacity ?? amount);
    const width = Math.max(1, x(until) - x(day));
    pen.fillStyle = USED;
    pen.fillRect(x(day), bottom - within * unit, width, within * unit);
    if (amount > within) {
      pen.fillStyle = OVER;
      pen.fillRect(x(day), bottom - amount * unit, width, (amount - within) * unit);
    }
  });
  pen.fillStyle = LIMIT;
  if (capacity) pen.fillRect(sight.left, Math.round(bottom - capacity * unit), sight.right - sight.left, 1);
  pen.fillRect(sight.left, top, sight.right - sight.left, 1);
  pen.restore();
}
