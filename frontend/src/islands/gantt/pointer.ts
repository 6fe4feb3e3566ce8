import type { Task } from "./contract";

const EDGE = 7; // px from the end of a bar within which it is lengthened, not moved
const SLACK = 3; // px a pointer may tremble before it counts as dragging

/** What lies under the pointer. */
export interface Hit {
  row: number;
  task: Task | undefined;
  /** Where on the bar, if on it. */
  part: "bar" | "end" | undefined;
}

/** What the pointer can ask for. */
export interface Target {
  hit(x: number, y: number): Hit;
  dayAt(x: number): number;
  choose(row: number): void;
  hover(hit: Hit | undefined, x: number, y: number): void;
  /** A bar is being dragged: its body by `days`, or its end to `day`. */
  drag(task: Task, part: "bar" | "end", startedOn: number, day: number): void;
  drop(task: Task): void;
  cancel(task: Task): void;
}

/** Hovering, choosing and dragging. Fingers scroll; they edit by the buttons below the chart. */
export function followPointer(view: HTMLElement, target: Target): void {
  let held: { task: Task; part: "bar" | "end"; startedOn: number; x: number; moves: boolean } | undefined;
  const at = (event: PointerEvent): [number, number] => {
    const box = view.getBoundingClientRect();
    return [event.clientX - box.left, event.clientY - box.top];
  };
  view.addEventListener("pointermove", (event) => {
    const [x, y] = at(event);
    if (!held) {
      const hit = target.hit(x, y);
      view.dataset["over"] = hit.task?.movable ? (hit.part ?? "") : "";
      target.hover(event.pointerType === "touch" ? undefined : hit, x, y);
      return;
    }
    if (Math.abs(event.clientX - held.x) > SLACK) held.moves = true;
    if (held.moves) target.drag(held.task, held.part, held.startedOn, target.dayAt(x));
  });
  view.addEventListener("pointerdown", (event) => {
    if (event.button !== 0) return;
    const [x, y] = at(event);
    const hit = target.hit(x, y);
    target.choose(hit.row);
    if (event.pointerType === "touch" || !hit.task?.movable || !hit.part) return;
    held = { task: hit.task, part: hit.part, startedOn: target.dayAt(x), x: event.clientX, moves: false };
    view.setPointerCapture(event.pointerId);
  });
  view.addEventListener("pointerup", () => {
    if (held?.moves) target.drop(held.task);
    held = undefined;
  });
  const letGo = () => {
    if (held) target.cancel(held.task);
    held = undefined;
  };
  view.addEventListener("pointercancel", letGo);
  view.addEventListener("pointerleave", () => target.hover(undefined, 0, 0));
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && held) letGo();
  });
}

/** Which part of a bar from `start` to `end` lies under `x`, all px. */
export function partAt(x: number, start: number, end: number): "bar" | "end" | undefined {
  if (x < start - 3 || x > end + EDGE) return undefined;
  return x > Math.max(start + 4, end - EDGE) ? "end" : "bar";
}
