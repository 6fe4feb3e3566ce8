type Mount = (element: HTMLElement, content: unknown) => void;

const islands: Record<string, () => Promise<Mount>> = {
  blurring: async () => (await import("./blurring")).mountBlurring,
  field: async () => (await import("./field")).mountField,
  gantt: async () => (await import("./gantt")).mountGantt,
  "matter-map": async () => (await import("./matter_map")).mountMatterMap,
  map: async () => (await import("./map")).mountMap,
  network: async () => (await import("./network")).mountNetwork,
  plan: async () => (await import("./plan")).mountPlan,
  pin: async () => (await import("./pin")).mountPin,
  sankey: async () => (await import("./sankey")).mountSankey,
};

/**
 * Mount each `<div data-island="NAME" data-source="ID">` within `root` once.
 * ID names a `<script type="application/json">` block in the same page.
 */
export function mountIslands(root: HTMLElement): void {
  const within = [...root.querySelectorAll<HTMLElement>("[data-island]")];
  for (const element of root.matches("[data-island]") ? [root, ...within] : within) {
    if (element.dataset["mounted"]) continue;
    element.dataset["mounted"] = "yes";
    const door = element.closest("details");
    // What lies behind a closed door is fetched when somebody opens it.
    if (door && !door.open) door.addEventListener("toggle", () => void mount(element), { once: true });
    else void mount(element);
  }
}

async function mount(element: HTMLElement): Promise<void> {
  const load = islands[element.dataset["island"] ?? ""];
  const source = document.getElementById(element.dataset["source"] ?? "");
  if (!load || !source?.textContent) return; // the page is useful without the island
  (await load())(element, JSON.parse(source.textContent));
}
