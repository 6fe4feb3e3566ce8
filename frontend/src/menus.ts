/** Close every open `<details class="menu">` on Escape or on a click elsewhere. */
export function closeMenusOnOutsideClick(): void {
  const closeAllBut = (inside: Node | null) => {
    for (const menu of document.querySelectorAll<HTMLDetailsElement>("details.menu[open]")) {
      if (!inside || !menu.contains(inside)) menu.open = false;
    }
  };
  document.addEventListener("click", (event) => closeAllBut(event.target as Node));
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    const menu = (event.target as Element).closest<HTMLDetailsElement>("details.menu[open]");
    menu?.querySelector("summary")?.focus();
    closeAllBut(null);
  });
}
