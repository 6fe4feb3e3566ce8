/** What htmx tells of an answer. */
interface Answered {
  xhr: XMLHttpRequest;
  shouldSwap: boolean;
}

/**
 * Keep a cockpit live for days. htmx asks every half minute; only a changed answer is swapped in,
 * so an idle screen neither flickers nor grows. When somebody was signed out or a screen was
 * shut, the page is loaded anew and says so; when the network is gone, the screen says since when.
 */
export function keepCockpitLive(root: ParentNode): void {
  const screen = root.querySelector<HTMLElement>("[data-cockpit]");
  const checked = root.querySelector<HTMLElement>("[data-cockpit-checked]");
  if (!screen || !checked) return;
  const lost = checked.dataset["lost"] ?? "";

  const look = (isReached: boolean): void => {
    screen.toggleAttribute("data-disconnected", !isReached);
    if (isReached) checked.textContent = clock(new Date());
    else if (!(checked.textContent ?? "").startsWith(lost)) {
      checked.textContent = `${lost} ${checked.textContent ?? ""}`;
    }
  };
  screen.addEventListener("htmx:beforeSwap", (event) => {
    const answer = (event as CustomEvent<Answered>).detail;
    const tag = answer.xhr.getResponseHeader("ETag");
    if (!tag) return location.reload(); // a page for signing in, not a cockpit
    if (tag === screen.dataset["tag"]) answer.shouldSwap = false;
    screen.dataset["tag"] = tag;
    look(true);
  });
  screen.addEventListener("htmx:responseError", (event) => {
    const { status } = (event as CustomEvent<Answered>).detail.xhr;
    if (status === 403 || status === 404) location.reload();
    else look(false);
  });
  screen.addEventListener("htmx:sendError", () => look(false));
  screen.addEventListener("htmx:timeout", () => look(false));
}

function clock(now: Date): string {
  return now.toLocaleTimeString("zh-CN", { hour: "2-digit", minute: "2-digit", hour12: false });
}
