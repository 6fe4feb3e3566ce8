/**
 * Lists marked `data-reorder="ADDRESS"` are put in order by dragging their items; the arrows of each
 * item do the same without a mouse. On dropping, the keys go to the address in their new order.
 */
export function reorderByDragging(root: ParentNode): void {
  for (const list of root.querySelectorAll<HTMLElement>("[data-reorder]")) {
    const items = () => [...list.querySelectorAll<HTMLElement>(":scope > li[data-key]")];
    const order = () => items().map((item) => item.dataset["key"]);
    let dragged: HTMLElement | undefined;
    let before = "";

    for (const item of items()) item.draggable = true;
    list.addEventListener("dragstart", (event) => {
      dragged = (event.target as HTMLElement).closest<HTMLElement>("li[data-key]") ?? undefined;
      dragged?.classList.add("is-dragged");
      before = order().join();
    });
    list.addEventListener("dragover", (event) => {
      const over = (event.target as HTMLElement).closest<HTMLElement>("li[data-key]");
      if (!dragged || !over) return;
      event.preventDefault();
      if (over === dragged) return;
      const { top, height } = over.getBoundingClientRect();
      over[event.clientY < top + height / 2 ? "before" : "after"](dragged);
    });
    list.addEventListener("dragend", () => {
      dragged?.classList.remove("is-dragged");
      dragged = undefined;
      if (order().join() !== before) send(list, order().join());
    });
  }
}

/** Submit like any form, so that the page comes back numbered anew or says why not. */
function send(list: HTMLElement, order: string): void {
  const form = document.createElement("form");
  form.method = "post";
  form.action = list.dataset["reorder"] ?? "";
  const token = list.querySelector<HTMLInputElement>("input[name=csrfmiddlewaretoken]");
  if (token) form.append(token.cloneNode());
  const field = document.createElement("input");
  field.type = "hidden";
  field.name = "order";
  field.value = order;
  form.append(field);
  document.body.append(form);
  form.submit();
}
