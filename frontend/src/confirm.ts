/** Ask before a form with `data-confirm="…"`, or sent by a button that has it, is submitted. */
export function askBeforeSubmitting(): void {
  document.addEventListener(
    "submit",
    (event) => {
      const question =
        event.submitter?.dataset["confirm"] ?? (event.target as HTMLElement).dataset["confirm"];
      if (question && !window.confirm(question)) {
        event.preventDefault();
        event.stopImmediatePropagation();
      }
    },
    { capture: true },
  );
}
