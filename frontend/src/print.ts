/** Open the print dialogue when an element with `data-print` is clicked. */
export function printOnRequest(): void {
  document.addEventListener("click", (event) => {
    if ((event.target as Element).closest("[data-print]")) window.print();
  });
}
