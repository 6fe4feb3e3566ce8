import { Axis, WorkedDays, type Zoom } from "./gantt/axis";
import { paintCapacity } from "./gantt/capacity";
import type { Chart, Task } from "./gantt/contract";
import { fill, sentences } from "./gantt/details";
import { Links } from "./gantt/drawn_links";
import { Edits } from "./gantt/edits";
import { followKeyboard } from "./gantt/keyboard";
import { Names } from "./gantt/names";
import { Painter, type Shown, type Sight } from "./gantt/painting";
import { followPointer, type Hit, partAt } from "./gantt/pointer";
import { paperOf } from "./gantt/printing";
import { type Choice, type Row, rowsOf } from "./gantt/rows";
import { button, Toolbar } from "./gantt/toolbar";

const NARROW = 640; // px: below, the names are a narrow column
let charts = 0;

/** Draw a plan: see `gantt/contract.ts` for what it needs. */
export function mountGantt(element: HTMLElement, content: unknown): void {
  const chart = content as Chart;
  if (chart.tasks.length > 0) new Gantt(element, chart);
}

/** The chart with its tools above and, below, what is known of the task chosen. */
class Gantt {
  private readonly axis: Axis;
  private readonly worked: WorkedDays;
  private readonly links: Links;
  private readonly edits: Edits;
  private readonly tools: Toolbar;
  private readonly grid = make("div", "gantt-grid");
  private readonly space = make("div", "gantt-space");
  private readonly view = make("div", "gantt-view");
  private readonly canvas = document.createElement("canvas");
  private readonly pen: CanvasRenderingContext2D;
  private readonly painter: Painter;
  private readonly names: Names;
  private readonly nameBox = make("div", "gantt-names");
  private readonly corner = make("div", "gantt-corner");
  private readonly strip = make("div", "gantt-strip");
  private readonly tip = make("div", "gantt-tip");
  private readonly details = make("div", "gantt-details");

  private rows: Row[] = [];
  private rowOf = new Map<number, number>();
  private chosen = 0;
  private zoom: Zoom = "week";
  private choice: Choice = {
    groupBy: "group",
    organisation: undefined,
    criticalOnly: false,
    folded: new Set(),
  };
  private shown: Shown = { arrows: true, baseline: true, organisationNames: true };
  private sight: Sight = {
    left: 0, top: 0, right: 0, bottom: 0, scrollX: 0, scrollY: 0, rowHeight: 28, font: "",
  };
  private isDue = false;
  private dragged: [number, number] | undefined;

  constructor(
    private readonly element: HTMLElement,
    private readonly chart: Chart,
  ) {
    this.axis = new Axis(chart, document.documentElement.lang);
    this.worked = new WorkedDays(chart.closed);
    this.links = new Links(chart);
    this.edits = new Edits(chart, this.worked, () => this.edited());
    this.pen = this.canvas.getContext("2d") as CanvasRenderingContext2D;
    this.painter = new Painter(this.pen, chart, this.axis);
    charts += 1;
    this.names = new Names(this.nameBox, chart, this.axis, `gantt-${charts}`);
    this.tools = new Toolbar(chart, {
      choose: (change) => this.choose(change),
      zoom: (zoom) => this.setZoom(zoom),
      toggle: (what) => {
        this.shown[what] = !this.shown[what];
        this.due();
      },
      goToday: () => this.goTo(this.chart.today),
      undo: () => this.edits.undo(),
      redo: () => this.edits.redo(),
      save: () => this.save(),
      print: () => window.print(),
    });
    this.build();
    this.listen();
    this.measure();
    this.setZoom(this.whatFits());
    this.setRows();
    this.begin();
  }

  private build(): void {
    this.element.classList.add("island-gantt");
    this.grid.tabIndex = 0;
    this.grid.setAttribute("role", "treegrid");
    this.grid.setAttribute("aria-label", this.element.getAttribute("aria-label") ?? this.chart.words.plan);
    this.element.removeAttribute("role");
    this.element.removeAttribute("aria-label");
    for (const picture of [this.canvas, this.corner, this.strip, this.tip]) {
      picture.setAttribute("aria-hidden", "true");
    }
    this.corner.textContent = this.chart.words.task;
    this.tip.hidden = true;
    this.details.setAttribute("aria-live", "polite");
    this.view.append(this.canvas, this.nameBox, this.corner, this.strip, this.tip);
    this.space.append(this.view);
    this.grid.append(this.space);
    const keys = make("p", "gantt-keys");
    keys.textContent = this.chart.words.keys;
    this.element.replaceChildren(this.tools.element, this.grid, this.details, keys);
  }

  private listen(): void {
    this.grid.addEventListener("scroll", () => this.due(), { passive: true });
    new ResizeObserver(() => this.resized()).observe(this.grid);
    // Large type is an attribute of the root element.
    new MutationObserver(() => this.resized()).observe(document.documentElement, {
      attributeFilter: ["data-mode"],
    });
    followPointer(this.view, {
      hit: (x, y) => this.hit(x, y),
      dayAt: (x) => this.axis.day(x - this.sight.left + this.sight.scrollX),
      choose: (row) => this.pointAt(row),
      hover: (hit, x, y) => this.hover(hit, x, y),
      drag: (task, part, from, day) => this.drag(task, part, from, day),
      drop: (task) => this.drop(task),
      cancel: (task) => this.putBack(task),
    });
    followKeyboard(this.grid, {
      step: (rows) => this.select(this.chosen + rows),
      jump: (to) => this.select(to === "first" ? 0 : this.rows.length - 1),
      page: (direction) => this.select(this.chosen + direction * this.rowsInSight()),
      move: (days) => this.editChosen((task) => this.edits.moved(task, this.worked.shifted(task.start, days))),
      resize: (days) => this.editChosen((task) => this.lengthened(task, days)),
      fold: (isFolded) => this.foldChosen(isFolded),
      open: () => this.openChosen(),
      scrollDays: (direction) => this.grid.scrollBy({ left: direction * 120 }),
      undo: () => this.edits.undo(),
      redo: () => this.edits.redo(),
    });
    window.addEventListener("beforeprint", () => {
      this.element.querySelector(".gantt-paper")?.remove();
      this.element.append(paperOf(this.rows, this.chart, this.axis));
    });
    window.addEventListener("afterprint", () => this.element.querySelector(".gantt-paper")?.remove());
    window.addEventListener("beforeunload", (event) => {
      if (!this.isSaving && this.edits.toSend(this.axis).length > 0) event.preventDefault();
    });
  }

  // ---- sizes ------------------------------------------------------------------------------

  private resized(): void {
    const before = this.sight.rowHeight;
    this.measure();
    if (this.zoom === "whole") this.setZoom("whole");
    if (before !== this.sight.rowHeight) this.setZoom(this.zoom);
    this.stretch();
  }

  private measure(): void {
    const style = getComputedStyle(this.element);
    const size = Number.parseFloat(style.fontSize);
    const [width, height] = [this.grid.clientWidth, this.grid.clientHeight];
    const isNarrow = width < NARROW;
    const names = isNarrow ? Math.round(width * 0.42) : Math.min(width * 0.4, size * 26);
    this.shown.organisationNames = isNarrow;
    this.element.classList.toggle("is-narrow", isNarrow);
    const strip = this.hasCapacity() ? Math.round(size * 4) : 0;
    this.sight = {
      ...this.sight,
      left: Math.round(names),
      top: Math.round(size * 3.2),
      right: width,
      bottom: height - strip,
      rowHeight: Math.round(size * 1.95),
      font: `${Math.round(size * 0.8125)}px ${style.fontFamily}`,
    };
    const dense = window.devicePixelRatio || 1;
    this.canvas.width = Math.round(width * dense);
    this.canvas.height = Math.round(height * dense);
    this.pen.setTransform(dense, 0, 0, dense, 0, 0);
    set(this.canvas, { width, height });
    set(this.view, { width, height });
    set(this.nameBox, { width: this.sight.left, height: this.sight.bottom - this.sight.top });
    this.nameBox.style.top = `${this.sight.top}px`;
    set(this.corner, { width: this.sight.left, height: this.sight.top });
    set(this.strip, { width: this.sight.left, height: strip });
    this.strip.hidden = strip === 0;
  }

  private hasCapacity(): boolean {
    return this.chart.organisations.some(({ use }) => use && use.length > 0);
  }

  /** The finest scale at which the plan is not far wider than the screen. */
  private whatFits(): Zoom {
    const room = this.sight.right - this.sight.left;
    return this.chart.days * 9 <= room * 3 ? "week" : "month";
  }

  private setZoom(zoom: Zoom): void {
    const middle = this.axis.day(this.sight.scrollX);
    this.zoom = zoom;
    const unit = this.sight.rowHeight / 28;
    this.axis.setZoom(zoom, this.sight.right - this.sight.left, unit);
    this.tools.showZoom(zoom);
    this.stretch();
    this.grid.scrollLeft = this.axis.x(middle);
    this.due();
  }

  /** The scroll bars know how large the whole is. */
  private stretch(): void {
    const { left, top, bottom, right, rowHeight } = this.sight;
    const below = this.grid.clientHeight - bottom;
    set(this.space, {
      width: Math.max(right, left + this.axis.width),
      height: Math.max(this.grid.clientHeight, top + this.rows.length * rowHeight + below),
    });
    this.due();
  }

  private rowsInSight(): number {
    return Math.max(1, Math.floor((this.sight.bottom - this.sight.top) / this.sight.rowHeight) - 1);
  }

  // ---- rows and choice ----------------------------------------------------------------------

  private choose(change: Partial<Choice>): void {
    this.choice = { ...this.choice, ...change };
    this.setRows();
  }

  private setRows(): void {
    const before = this.rows[this.chosen];
    this.rows = rowsOf(this.chart, this.choice);
    this.rowOf = new Map();
    this.rows.forEach((row, at) => {
      if (row.kind === "task") this.rowOf.set(row.index, at);
    });
    this.names.clear();
    this.grid.setAttribute("aria-rowcount", String(this.rows.length));
    const same = before?.kind === "task" ? this.rowOf.get(before.index) : undefined;
    const group = this.rows.findIndex((row) => row.kind === "group" && before?.kind === "group" && row.key === before.key);
    this.chosen = same ?? Math.max(0, group);
    this.stretch();
    this.tell();
  }

  private select(row: number): void {
    this.chosen = Math.min(this.rows.length - 1, Math.max(0, row));
    const { rowHeight, top, bottom } = this.sight;
    const [y, room] = [this.chosen * rowHeight, bottom - top];
    if (y < this.grid.scrollTop) this.grid.scrollTop = y;
    if (y + rowHeight > this.grid.scrollTop + room) this.grid.scrollTop = y + rowHeight - room;
    const task = this.task;
    if (task) this.bringIntoSight(task);
    this.tell();
    this.due();
  }

  private bringIntoSight(task: Task): void {
    const room = this.sight.right - this.sight.left;
    const [x, end] = [this.axis.x(task.start), this.axis.x(task.finish)];
    if (x > this.grid.scrollLeft + room - 40 || end < this.grid.scrollLeft) this.grid.scrollLeft = x - room / 4;
  }

  private pointAt(row: number): void {
    const found = this.rows[row];
    if (!found) return;
    this.chosen = row;
    if (found.kind === "group") this.fold(found.key, !this.choice.folded.has(found.key));
    else this.bringIntoSight(found.task);
    this.tell();
    this.due();
  }

  private foldChosen(isFolded: boolean): void {
    let at = this.chosen;
    while (at > 0 && this.rows[at]?.kind !== "group") at -= 1;
    const row = this.rows[at];
    if (row?.kind !== "group") return;
    this.chosen = isFolded ? at : this.chosen;
    this.fold(row.key, isFolded);
  }

  private fold(key: string, isFolded: boolean): void {
    const folded = new Set(this.choice.folded);
    if (isFolded) folded.add(key);
    else folded.delete(key);
    this.choose({ folded });
  }

  private get task(): Task | undefined {
    const row = this.rows[this.chosen];
    return row?.kind === "task" ? row.task : undefined;
  }

  private openChosen(): void {
    if (this.task?.url) location.assign(this.task.url);
    else this.foldChosen(this.rows[this.chosen]?.kind === "group" && this.grid.querySelector('[aria-selected="true"]')?.getAttribute("aria-expanded") === "true");
  }

  private goTo(day: number): void {
    this.grid.scrollLeft = this.axis.x(day) - (this.sight.right - this.sight.left) / 4;
    this.due();
  }

  /** At first the first task under way is chosen, and what lies around it is in sight. */
  private begin(): void {
    const isUnderWay = ({ task }: { task?: Task }) => task?.state === "late" || task?.state === "running";
    const tasks = this.rows.flatMap((row, at) => (row.kind === "task" ? [{ at, task: row.task }] : []));
    const first = tasks.find(isUnderWay) ?? tasks[0];
    if (!first) return;
    this.goTo(Math.min(first.task.start, this.chart.today));
    this.select(first.at);
  }

  // ---- edits ----------------------------------------------------------------------------------

  private hit(x: number, y: number): Hit {
    const { left, top, bottom, scrollX, scrollY, rowHeight } = this.sight;
    const row = y < top || y > bottom ? -1 : Math.floor((y - top + scrollY) / rowHeight);
    const found = this.rows[row];
    if (found?.kind !== "task") return { row, task: undefined, part: undefined };
    const at = (day: number) => left + this.axis.x(day) - scrollX;
    const part = x < left ? undefined : partAt(x, at(found.task.start), at(found.task.finish));
    return { row, task: found.task, part };
  }

  private drag(task: Task, part: "bar" | "end", from: number, day: number): void {
    this.dragged ??= [task.start, task.finish];
    [task.start, task.finish] = this.dragged;
    const to = part === "bar" ? this.edits.moved(task, task.start + day - from) : this.edits.resized(task, day);
    [task.start, task.finish] = to;
    this.tell();
    this.due();
  }

  private drop(task: Task): void {
    const to: [number, number] = [task.start, task.finish];
    this.putBack(task);
    this.edits.apply(task, to);
  }

  private putBack(task: Task): void {
    if (this.dragged) [task.start, task.finish] = this.dragged;
    this.dragged = undefined;
    this.due();
  }

  private lengthened(task: Task, days: number): [number, number] {
    const length = Math.max(1, this.worked.between(task.start, task.finish) + days);
    return [task.start, this.worked.finish(task.start, length)];
  }

  private editChosen(to: (task: Task) => [number, number]): void {
    const { task } = this;
    if (!task?.movable || !this.chart.form) return;
    this.edits.apply(task, to(task));
    this.bringIntoSight(task);
  }

  private edited(): void {
    this.tools.follow({
      canUndo: this.edits.canUndo,
      canRedo: this.edits.canRedo,
      count: this.edits.toSend(this.axis).length,
    });
    this.names.clear();
    this.tell();
    this.due();
  }

  private isSaving = false;

  private save(): void {
    const form = document.getElementById(this.chart.form ?? "") as HTMLFormElement | null;
    const field = form?.querySelector<HTMLInputElement>('[name="changes"]');
    if (!form || !field) return;
    field.value = JSON.stringify(this.edits.toSend(this.axis));
    this.isSaving = true;
    form.requestSubmit();
  }

  // ---- what is seen ---------------------------------------------------------------------------

  private hover(hit: Hit | undefined, x: number, y: number): void {
    const task = hit?.part ? hit.task : undefined;
    this.tip.hidden = !task;
    if (!task) return;
    const lines = sentences(task, this.chart, this.axis, this.worked);
    this.tip.replaceChildren(...lines.map((line) => Object.assign(make("div", ""), { textContent: line })));
    const left = Math.min(x + 12, Math.max(0, this.sight.right - this.tip.offsetWidth - 8));
    const below = y + 18 + this.tip.offsetHeight > this.sight.bottom;
    const top = below ? Math.max(0, y - this.tip.offsetHeight - 8) : y + 18;
    this.tip.style.transform = `translate(${left}px, ${top}px)`;
  }

  private tell(): void {
    const { task, chart } = this;
    const said = task ? sentences(task, chart, this.axis, this.worked) : [];
    const [first = "", ...others] = said;
    const title = Object.assign(make("strong", ""), { textContent: first });
    const rest = Object.assign(make("span", ""), { textContent: others.join(" ") });
    this.details.replaceChildren(title, rest);
    const row = this.rows[this.chosen];
    if (row?.kind === "group") title.textContent = `${row.title} · ${fill(chart.words.rows, row.count)}`;
    if (!task || row?.kind !== "task") return;
    for (const link of this.links.of(row.index)) {
      const before = chart.tasks[link[0]];
      if (!before || chart.tasks[link[1]] !== task || !this.edits.isBroken(link)) continue;
      const warning = make("span", "due overdue");
      warning.textContent = fill(chart.words.tooSoon, before.title);
      this.details.append(warning);
    }
    this.details.append(this.actsFor(task));
  }

  private actsFor(task: Task): HTMLElement {
    const { words } = this.chart;
    const acts = make("span", "gantt-acts");
    if (task.movable && this.chart.form) {
      const move = (days: number) => this.editChosen((one) => this.edits.moved(one, this.worked.shifted(one.start, days)));
      const resize = (days: number) => this.editChosen((one) => this.lengthened(one, days));
      acts.append(
        button(words.earlier, () => move(-1)),
        button(words.later, () => move(1)),
        button(words.shorter, () => resize(-1)),
        button(words.longer, () => resize(1)),
      );
    }
    if (task.url) {
      const link = document.createElement("a");
      link.className = "btn";
      link.href = task.url;
      link.textContent = words.open;
      acts.append(link);
    }
    return acts;
  }

  /** Paint with the next frame, once however many ask for it. */
  private due(): void {
    if (this.isDue) return;
    this.isDue = true;
    requestAnimationFrame(() => {
      this.isDue = false;
      this.paint();
    });
  }

  private paint(): void {
    performance.mark("gantt-paint");
    const sight = { ...this.sight, scrollX: this.grid.scrollLeft, scrollY: this.grid.scrollTop };
    this.sight = sight;
    const from = Math.max(0, Math.floor(sight.scrollY / sight.rowHeight));
    const count = Math.ceil((sight.bottom - sight.top) / sight.rowHeight) + 1;
    const to = Math.min(this.rows.length - 1, from + count);
    const links = this.shown.arrows ? this.links.within(this.rows, this.rowOf, from, to, this.edits) : [];
    this.painter.paint(this.rows, links, this.chosen, this.shown, sight);
    this.names.show(this.rows, from, to, this.chosen, sight.scrollY, sight.rowHeight);
    this.names.setExpanded((key) => this.choice.folded.has(key));
    const isThere = this.chosen >= from && this.chosen <= to;
    this.grid.setAttribute("aria-activedescendant", isThere ? this.names.idOf(this.chosen) : "");
    this.paintStrip(sight);
    performance.measure("gantt", "gantt-paint");
    performance.clearMarks("gantt-paint");
  }

  private paintStrip(sight: Sight): void {
    if (!this.hasCapacity()) return;
    const at = this.choice.organisation ?? this.task?.organisation ?? -1;
    const organisation = this.chart.organisations[at];
    const { words } = this.chart;
    const limits = organisation?.capacity?.map(([, amount]) => amount).join(" → ");
    const limit = limits ? ` · ${fill(words.over, limits)}` : "";
    this.strip.textContent = `${words.capacity}${organisation ? ` · ${organisation.name}${limit}` : ""}`;
    paintCapacity(this.pen, organisation ?? { name: "" }, this.axis, this.chart.days, sight, [
      sight.bottom,
      this.grid.clientHeight,
    ]);
  }
}

function make(tag: string, kind: string): HTMLElement {
  const made = document.createElement(tag);
  made.className = kind;
  return made;
}

function set(element: HTMLElement, { width, height }: { width: number; height: number }): void {
  element.style.width = `${width}px`;
  element.style.height = `${height}px`;
}
