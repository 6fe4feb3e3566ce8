import type { Zoom } from "./axis";
import type { Chart } from "./contract";
import type { Choice } from "./rows";

/** What the tools above the chart can set off. */
export interface Acts {
  choose(change: Partial<Choice>): void;
  zoom(zoom: Zoom): void;
  toggle(what: "arrows" | "baseline"): void;
  goToday(): void;
  undo(): void;
  redo(): void;
  save(): void;
  print(): void;
}

/** The tools above the chart, and how they follow its state. */
export class Toolbar {
  readonly element = document.createElement("div");
  private readonly zooms: HTMLButtonElement[];
  private readonly undo: HTMLButtonElement;
  private readonly redo: HTMLButtonElement;
  private readonly save: HTMLButtonElement;
  private readonly unsaved = document.createElement("span");

  constructor(
    private readonly chart: Chart,
    acts: Acts,
  ) {
    const { words } = chart;
    this.element.className = "gantt-tools";
    this.zooms = (["day", "week", "month", "whole"] as const).map((zoom) => {
      const made = button(words[zoom], () => acts.zoom(zoom));
      made.dataset["zoom"] = zoom;
      return made;
    });
    this.undo = button(words.undo, acts.undo);
    this.redo = button(words.redo, acts.redo);
    this.save = button(words.save, acts.save, "btn btn-primary");
    this.unsaved.setAttribute("role", "status");
    const grouping = select(words.group, [
      ["group", words.byGroup],
      ["organisation", words.byOrganisation],
    ]);
    grouping.addEventListener("change", () =>
      acts.choose({ groupBy: grouping.value as Choice["groupBy"] }),
    );
    const organisations = select(words.organisation, [
      ["", words.allOrganisations],
      ...chart.organisations.map(({ name }, at): [string, string] => [String(at), name]),
    ]);
    organisations.addEventListener("change", () =>
      acts.choose({ organisation: organisations.value === "" ? undefined : Number(organisations.value) }),
    );
    const shown = menu(words.show, [
      check(words.criticalOnly, false, (is) => acts.choose({ criticalOnly: is })),
      check(words.arrows, true, () => acts.toggle("arrows")),
      check(words.baseline, true, () => acts.toggle("baseline")),
    ]);
    this.element.append(
      group(words.zoom, ...this.zooms),
      button(words.today, acts.goToday),
      organisations,
      ...(chart.groups.length > 1 ? [grouping] : []),
      shown,
      button(words.print, acts.print),
    );
    if (chart.form) this.element.append(group(words.plan, this.undo, this.redo, this.save), this.unsaved);
    this.follow({ canUndo: false, canRedo: false, count: 0 });
  }

  showZoom(zoom: Zoom): void {
    for (const one of this.zooms) one.setAttribute("aria-pressed", String(one.dataset["zoom"] === zoom));
  }

  follow({ canUndo, canRedo, count }: { canUndo: boolean; canRedo: boolean; count: number }): void {
    this.undo.disabled = !canUndo;
    this.redo.disabled = !canRedo;
    this.save.disabled = count === 0;
    this.unsaved.textContent = count > 0 ? this.chart.words.unsaved.replace("{n}", String(count)) : "";
  }
}

export function button(label: string, act: () => void, kind = "btn"): HTMLButtonElement {
  const made = document.createElement("button");
  made.type = "button";
  made.className = kind;
  made.textContent = label;
  made.addEventListener("click", act);
  return made;
}

function group(label: string, ...members: HTMLElement[]): HTMLElement {
  const made = document.createElement("div");
  made.className = "btn-group";
  made.setAttribute("role", "group");
  made.setAttribute("aria-label", label);
  made.append(...members);
  return made;
}

function select(label: string, options: [string, string][]): HTMLSelectElement {
  const made = document.createElement("select");
  made.className = "form-select";
  made.setAttribute("aria-label", label);
  made.append(...options.map(([value, text]) => new Option(text, value)));
  return made;
}

function check(label: string, isOn: boolean, act: (isOn: boolean) => void): HTMLElement {
  const made = document.createElement("label");
  made.className = "form-check";
  const box = document.createElement("input");
  box.type = "checkbox";
  box.className = "form-check-input";
  box.checked = isOn;
  box.addEventListener("change", () => act(box.checked));
  const text = document.createElement("span");
  text.className = "form-check-label";
  text.textContent = label;
  made.append(box, text);
  return made;
}

function menu(label: string, items: HTMLElement[]): HTMLElement {
  const made = document.createElement("details");
  made.className = "menu";
  const summary = document.createElement("summary");
  summary.className = "btn";
  summary.textContent = label;
  const body = document.createElement("div");
  body.className = "menu-body gantt-menu";
  body.append(...items);
  made.append(summary, body);
  return made;
}
