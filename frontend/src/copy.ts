/** Show `<button data-copy="TEXT" hidden>` where the browser can copy, and copy. */
export function copyOnRequest(root: ParentNode): void {
  if (!navigator.clipboard) return;
  for (const button of root.querySelectorAll<HTMLButtonElement>("button[data-copy]")) {
    button.hidden = false;
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(button.dataset["copy"] ?? "");
      button.textContent = button.dataset["copied"] ?? button.textContent;
    });
  }
}
