/**
 * What is done cannot be changed, unless the whole is worked out from the start: fields in rows
 * marked `data-settled` rest until the box named `is_from_start` of their form is ticked.
 */
export function restWhatIsSettled(root: ParentNode): void {
  const box = root.querySelector<HTMLInputElement>("input[name=is_from_start]");
  if (!box) return;
  const fields = root.querySelectorAll<HTMLInputElement | HTMLSelectElement>(
    "tr[data-settled] :is(input, select)",
  );
  const settle = () => {
    for (const field of fields) field.disabled = !box.checked;
  };
  box.addEventListener("change", settle);
  settle();
}
