/** «/» leads to the search box: that of the page or of its bar, or to the page that has one. */
export function searchOnSlash(): void {
  document.addEventListener("keydown", (event) => {
    if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey) return;
    if ((event.target as Element).closest("input, textarea, select, [contenteditable]")) return;
    const boxes = document.querySelectorAll<HTMLInputElement>("#q, #bar-q");
    const box = [...boxes].find((one) => one.offsetParent !== null);
    const link = document.querySelector<HTMLAnchorElement>("a[data-search]");
    if (!box && !link) return;
    event.preventDefault();
    if (box) box.select();
    else link?.click();
  });
}
