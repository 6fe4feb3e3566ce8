/** What the keyboard can ask for while the chart has the focus. */
export interface Keys {
  step(rows: number): void;
  jump(to: "first" | "last"): void;
  page(direction: 1 | -1): void;
  /** Move by working days, or change the length by them. */
  move(days: number): void;
  resize(days: number): void;
  fold(isFolded: boolean): void;
  open(): void;
  scrollDays(direction: 1 | -1): void;
  undo(): void;
  redo(): void;
}

/** Arrows walk the rows; with Alt they move the task, with Shift and Alt they change its length. */
export function followKeyboard(grid: HTMLElement, keys: Keys): void {
  grid.addEventListener("keydown", (event) => {
    const act = actOf(event, keys);
    if (!act) return;
    event.preventDefault();
    act();
  });
}

function actOf(event: KeyboardEvent, keys: Keys): (() => void) | undefined {
  const { key } = event;
  const direction = key === "ArrowRight" ? 1 : key === "ArrowLeft" ? -1 : 0;
  if (event.ctrlKey || event.metaKey) {
    if (key.toLowerCase() === "z") return event.shiftKey ? keys.redo : keys.undo;
    if (key.toLowerCase() === "y") return keys.redo;
    if (direction) return () => keys.scrollDays(direction);
    return undefined;
  }
  if (event.altKey && direction) {
    return event.shiftKey ? () => keys.resize(direction) : () => keys.move(direction);
  }
  if (event.altKey) return undefined;
  if (direction) return () => keys.fold(direction < 0);
  const acts: Record<string, () => void> = {
    ArrowDown: () => keys.step(1),
    ArrowUp: () => keys.step(-1),
    PageDown: () => keys.page(1),
    PageUp: () => keys.page(-1),
    Home: () => keys.jump("first"),
    End: () => keys.jump("last"),
    Enter: () => keys.open(),
  };
  return acts[key];
}
