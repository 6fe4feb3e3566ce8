import type { Axis } from "./axis";
import type { Organisation, Step } from "./contract";
import type { Sight } from "./painting";

const USED = "#6d93c4";
const OVER = "#a6211b";
const LIMIT = "#1c2430";

/** Paint how much of an organisation's capacity is used, in the strip from `top` to `bottom`. */
export function paintCapacity(
  pen: CanvasRenderingContext2D,
  { use = [], capacity = [] }: Organisation,
  axis: Axis,
  days: number,
  sight: Sight,
  [top, bottom]: [number, number],
): void {
  const most = Math.max(1, ...[...use, ...capacity].map(([, amount]) => amount));
  const unit = (bottom - top - 6) / most;
  const x = (day: number) => sight.left + axis.x(day) - sight.scrollX;
  pen.save();
  pen.beginPath();
  pen.rect(sight.left, top, sight.right - sight.left, bottom - top);
  pen.clip();
  pen.fillStyle = "#fff";
  pen.fillRect(sight.left, top, sight.right - sight.left, bottom - top);
  stretches(use, capacity, days).forEach(([day, until, amount, limit]) => {
    if (amount === 0 || x(until) < sight.left || x(day) > sight.right) return;
    const within = Math.min(amount, limit);
    const width = Math.max(1, x(until) - x(day));
    pen.fillStyle = USED;
    pen.fillRect(x(day), bottom - within * unit, width, within * unit);
    if (amount > within) {
      pen.fillStyle = OVER;
      pen.fillRect(x(day), bottom - amount * unit, width, (amount - within) * unit);
    }
  });
  pen.fillStyle = LIMIT;
  capacity.forEach(([day, amount], i) => {
    const from = i === 0 ? sight.left : x(day);
    const until = x(capacity[i + 1]?.[0] ?? days);
    pen.fillRect(from, Math.round(bottom - amount * unit), until - from, 1);
  });
  pen.fillRect(sight.left, top, sight.right - sight.left, 1);
  pen.restore();
}

/** `[from, until, used, limit]` wherever use or limit changes; without a limit nothing is too much. */
function stretches(use: Step[], capacity: Step[], days: number): [number, number, number, number][] {
  const at = [...new Set([...use, ...capacity].map(([day]) => day))].sort((a, b) => a - b);
  const on = (steps: Step[], day: number) => steps.filter(([from]) => from <= day).at(-1)?.[1];
  return at.map((day, i) => [
    day,
    at[i + 1] ?? days,
    on(use, day) ?? 0,
    on(capacity, day) ?? Number.POSITIVE_INFINITY,
  ]);
}
