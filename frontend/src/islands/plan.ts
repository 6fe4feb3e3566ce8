interface PlanWords {
  set: string;
  cleared: string;
}

// parts of the width and height by which an arrow key moves the mark
const STEP = 0.01;
const ARROWS: Record<string, [number, number]> = {
  ArrowLeft: [-STEP, 0],
  ArrowRight: [STEP, 0],
  ArrowUp: [0, -STEP],
  ArrowDown: [0, STEP],
};

/**
 * Show on a plan of the site where something is. The form's hidden fields take which plan, and the
 * parts of its width and height; without this island the words of the place have to do.
 */
export function mountPlan(element: HTMLElement, content: unknown): void {
  const words = content as PlanWords;
  const part = (name: string) => element.querySelector<HTMLElement>(`[data-plan="${name}"]`)!;
  const field = (name: string) => document.getElementById(`id_${name}`) as HTMLInputElement;
  const [plan, x, y] = [field("plan"), field("plan_x"), field("plan_y")];
  const which = part("which") as HTMLSelectElement;
  const sheets = [...element.querySelectorAll<HTMLElement>("[data-sheet]")];
  element.hidden = false;

  const show = () => {
    for (const sheet of sheets) {
      sheet.hidden = sheet.dataset["sheet"] !== which.value;
      const mark = sheet.querySelector<HTMLElement>(".plan-mark")!;
      mark.hidden = x.value === "" || sheet.dataset["sheet"] !== plan.value;
      mark.style.left = `${Number(x.value) * 100}%`;
      mark.style.top = `${Number(y.value) * 100}%`;
    }
  };
  const set = (on: string, at: [number, number] | null) => {
    const [across, down] = (at ?? []).map((one) => Math.min(Math.max(one, 0), 1).toFixed(4));
    [plan.value, x.value, y.value] = [at ? on : "", across ?? "", down ?? ""];
    part("said").textContent = at ? words.set : words.cleared;
    show();
  };

  which.addEventListener("change", () => set("", null));
  for (const sheet of sheets) {
    const own = sheet.dataset["sheet"]!;
    sheet.addEventListener("click", (event) => {
      const box = sheet.getBoundingClientRect();
      // A key pressed on the button has no place of its own.
      const isKey = event.detail === 0;
      const across = isKey ? 0.5 : (event.clientX - box.left) / box.width;
      const down = isKey ? 0.5 : (event.clientY - box.top) / box.height;
      set(own, [across, down]);
    });
    sheet.addEventListener("keydown", (event) => {
      const move = ARROWS[event.key];
      if (!move || plan.value !== own) return;
      event.preventDefault();
      set(own, [Number(x.value) + move[0], Number(y.value) + move[1]]);
    });
  }
  const again = () => {
    which.value = plan.value;
    part("said").textContent = "";
    show();
  };
  // Filed, or taken out again to be mended: the hidden fields say what stands.
  element.closest("form")?.addEventListener("filled", again);
  again();
}
