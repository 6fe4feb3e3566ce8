/** On a phone the alliance's navigation scrolls: bring the page one is on into sight. */
export function showCurrentPageInNavigation(): void {
  const current = document.querySelector<HTMLElement>('.desk-nav [aria-current="page"]');
  const list = current?.closest("ul");
  if (!current || !list) return;
  list.scrollLeft = current.offsetLeft - (list.clientWidth - current.offsetWidth) / 2;
}
