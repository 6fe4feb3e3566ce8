/** Open the print dialogue when an element with `data-action="print"` is clicked. */
export function printOnRequest(): void {
  document.addEventListener("click", (event) => {
    if ((event.target as Element).closest('[data-action="print"]')) window.print();
  });
}
