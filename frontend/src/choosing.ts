/**
 * A long list of boxes, `<fieldset data-choosing>`, is narrowed down to what is typed in its search
 * field; what is ticked stays in sight.
 */
export function narrowLongLists(root: ParentNode): void {
  for (const list of root.querySelectorAll<HTMLElement>("[data-choosing]")) {
    const field = list.querySelector<HTMLInputElement>("input[type=search]");
    if (!field) continue;
    const choices = [...list.querySelectorAll<HTMLLabelElement>(".choices > label")];
    field.hidden = false;
    field.addEventListener("input", () => {
      const typed = field.value.trim().toLowerCase();
      for (const choice of choices) {
        const isTicked = choice.querySelector("input")?.checked ?? false;
        choice.hidden = !isTicked && !(choice.textContent ?? "").toLowerCase().includes(typed);
      }
    });
    field.addEventListener("keydown", (event) => {
      if (event.key === "Enter") event.preventDefault(); // looks, does not send the form
    });
  }
}
