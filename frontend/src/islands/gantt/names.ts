import type { Axis } from "./axis";
import type { Chart } from "./contract";
import type { Row } from "./rows";

/** The column of names: only as many elements as rows fit in sight, used again and again. */
export class Names {
  private readonly pool = new Map<number, HTMLElement>();

  constructor(
    private readonly box: HTMLElement,
    private readonly chart: Chart,
    private readonly axis: Axis,
    private readonly prefix: string,
  ) {}

  idOf(row: number): string {
    return `${this.prefix}-${row}`;
  }

  /** Forget what stands there: the rows have changed. */
  clear(): void {
    this.box.replaceChildren();
    this.pool.clear();
  }

  /** Show rows `from … to`; each at its height below the top of the box. */
  show(rows: Row[], from: number, to: number, chosen: number, scrollY: number, rowHeight: number): void {
    const free = [...this.pool].filter(([at]) => at < from || at > to);
    for (let at = from; at <= to; at += 1) {
      const row = rows[at];
      if (!row) continue;
      let element = this.pool.get(at);
      if (!element) {
        const spare = free.pop();
        if (spare) this.pool.delete(spare[0]);
        element = spare?.[1] ?? document.createElement("div");
        this.fill(element, row, at);
        this.pool.set(at, element);
        if (!spare) this.box.append(element);
      }
      element.style.transform = `translateY(${at * rowHeight - scrollY}px)`;
      element.style.height = `${rowHeight}px`;
      element.setAttribute("aria-selected", String(at === chosen));
    }
    for (const [at, element] of free) {
      element.remove();
      this.pool.delete(at);
    }
  }

  private fill(element: HTMLElement, row: Row, at: number): void {
    element.id = this.idOf(at);
    element.className = `gantt-name gantt-${row.kind}`;
    element.setAttribute("role", "row");
    element.setAttribute("aria-rowindex", String(at + 1));
    element.setAttribute("aria-level", row.kind === "group" ? "1" : "2");
    if (row.kind === "group") {
      element.dataset["fold"] = row.key;
      element.replaceChildren(cell(`${row.title} (${row.count})`));
      return;
    }
    delete element.dataset["fold"];
    element.removeAttribute("aria-expanded");
    const { task } = row;
    const dates = `${this.axis.words(task.start)} – ${this.axis.words(Math.max(task.start, task.finish - 1))}`;
    const organisation = this.chart.organisations[task.organisation]?.name ?? "";
    element.replaceChildren(cell(task.title), cell(organisation, "gantt-organisation"), cell(dates, "visually-hidden"));
  }

  setExpanded(isFolded: (key: string) => boolean): void {
    for (const element of this.pool.values()) {
      const key = element.dataset["fold"];
      if (key) element.setAttribute("aria-expanded", String(!isFolded(key)));
    }
  }
}

function cell(text: string, kind = ""): HTMLElement {
  const element = document.createElement("span");
  element.setAttribute("role", "gridcell");
  element.className = kind;
  element.textContent = text;
  element.title = kind === "visually-hidden" ? "" : text;
  return element;
}
