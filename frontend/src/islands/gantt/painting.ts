import type { Axis } from "./axis";
import type { Chart, Task } from "./contract";
import type { Row } from "./rows";

/** Each stands out from white by 3:1 or more; critical and stopped also differ in shape. */
const COLOUR = {
  waiting: "#6d93c4",
  running: "#1f4e8c",
  done: "#77828f",
  late: "#a6211b",
  critical: "#b3402f",
  baseline: "#5b6675",
  float: "#5b6675",
  group: "#1c2430",
  grid: "#e3e8ed",
  closed: "#eef1f4",
  row: "#f7f9fb",
  chosen: "#dbe7f5",
  today: "#a6211b",
  text: "#1c2430",
  muted: "#4d5866",
  link: "#8b96a3",
  broken: "#a6211b",
};
const ARROW = 4; // px

/** What is in sight, px. The chart begins right of `left`, below `top`, and ends at `bottom`. */
export interface Sight {
  left: number;
  top: number;
  right: number;
  bottom: number;
  scrollX: number;
  scrollY: number;
  rowHeight: number;
  font: string;
}

export interface Shown {
  arrows: boolean;
  baseline: boolean;
  organisationNames: boolean;
}

/** A link as drawn: rows and ends of both tasks. */
export interface DrawnLink {
  before: number;
  after: number;
  kind: string;
  isBroken: boolean;
}

/** Paints the rows in sight on a canvas; time grows with what is in sight, not with the plan. */
export class Painter {
  private readonly hatch: CanvasPattern | null;

  constructor(
    private readonly pen: CanvasRenderingContext2D,
    private readonly chart: Chart,
    private readonly axis: Axis,
  ) {
    this.hatch = hatching(pen);
  }

  paint(rows: Row[], links: DrawnLink[], chosen: number, shown: Shown, sight: Sight): void {
    const { pen } = this;
    const { left, top, right, bottom } = sight;
    pen.clearRect(0, 0, right, bottom);
    pen.fillStyle = "#fff";
    pen.fillRect(left, top, right - left, bottom - top);
    pen.save();
    pen.beginPath();
    pen.rect(left, top, right - left, bottom - top);
    pen.clip();
    const [first, last] = this.daysInSight(sight);
    this.paintDays(first, last, sight);
    const from = Math.max(0, Math.floor(sight.scrollY / sight.rowHeight));
    const to = Math.min(rows.length - 1, Math.floor((sight.scrollY + bottom - top) / sight.rowHeight));
    if (chosen >= from && chosen <= to) {
      pen.fillStyle = COLOUR.chosen;
      pen.globalAlpha = 0.55;
      pen.fillRect(left, this.y(chosen, sight), right - left, sight.rowHeight);
      pen.globalAlpha = 1;
    }
    if (shown.arrows) for (const link of links) this.paintLink(link, rows, chosen, sight);
    pen.font = sight.font;
    pen.textBaseline = "middle";
    for (let at = from; at <= to; at += 1) {
      const row = rows[at];
      if (row?.kind === "group") this.paintGroup(row, at, sight);
      else if (row) this.paintTask(row.task, at, shown, sight);
    }
    this.paintToday(sight);
    pen.restore();
    this.paintHead(first, last, sight);
  }

  private daysInSight({ left, right, scrollX }: Sight): [number, number] {
    return [Math.max(0, this.axis.day(scrollX)), this.axis.day(scrollX + right - left) + 1];
  }

  private x(day: number, { left, scrollX }: Sight): number {
    return left + this.axis.x(day) - scrollX;
  }

  private y(row: number, { top, scrollY, rowHeight }: Sight): number {
    return top + row * rowHeight - scrollY;
  }

  private paintDays(first: number, last: number, sight: Sight): void {
    const { pen } = this;
    if (this.axis.scale >= 2.5) {
      pen.fillStyle = COLOUR.closed;
      for (const [from, to] of this.chart.closed) {
        if (to <= first || from > last) continue;
        const x = this.x(from, sight);
        pen.fillRect(x, sight.top, this.x(to, sight) - x, sight.bottom - sight.top);
      }
    }
    pen.fillStyle = COLOUR.grid;
    for (const { day } of this.axis.ticks(first, last).lower) {
      pen.fillRect(Math.round(this.x(day, sight)), sight.top, 1, sight.bottom - sight.top);
    }
  }

  private paintGroup(row: Extract<Row, { kind: "group" }>, at: number, sight: Sight): void {
    const { pen } = this;
    const [x, end] = [this.x(row.start, sight), this.x(row.finish, sight)];
    if (end < sight.left || x > sight.right) return;
    const y = this.y(at, sight) + sight.rowHeight * 0.4;
    pen.fillStyle = COLOUR.group;
    pen.fillRect(x, y, end - x, 3);
    for (const [tip, step] of [[x, 5], [end, -5]] as const) {
      pen.beginPath();
      pen.moveTo(tip, y);
      pen.lineTo(tip + step, y);
      pen.lineTo(tip, y + 8);
      pen.fill();
    }
  }

  private paintTask(task: Task, at: number, shown: Shown, sight: Sight): void {
    const { pen } = this;
    const top = this.y(at, sight);
    const height = Math.round(sight.rowHeight * 0.5);
    const y = top + Math.round(sight.rowHeight * 0.2);
    const x = this.x(task.start, sight);
    const end = Math.max(x + 2, this.x(task.finish, sight));
    if (shown.baseline && task.baseline) {
      const from = this.x(task.baseline[0], sight);
      pen.fillStyle = COLOUR.baseline;
      pen.fillRect(from, y + height + 2, Math.max(2, this.x(task.baseline[1], sight) - from), 3);
    }
    if (x > sight.right) return;
    pen.fillStyle = this.colour(task);
    if (task.start === task.finish) {
      this.diamond(x, y + height / 2, height / 2 + 1);
    } else if (end >= sight.left) {
      pen.fillRect(x, y, end - x, height);
      if (task.critical) {
        pen.fillStyle = COLOUR.group;
        pen.fillRect(x, y + height - 2, end - x, 2); // told apart without colour, too
      }
      if (this.hatch) for (const stretch of task.stopped ?? []) this.paintStopped(stretch, y, height, sight);
    }
    const slack = task.float ?? 0;
    if (slack > 0 && task.state !== "done") this.paintFloat(end, task.finish, slack, y + height / 2, sight);
    if (shown.organisationNames && end + 6 < sight.right) {
      const name = this.chart.organisations[task.organisation]?.name;
      pen.fillStyle = COLOUR.muted;
      if (name) pen.fillText(name, Math.max(end, sight.left) + 6, y + height / 2 + 1);
    }
  }

  private colour(task: Task): string {
    if (task.state === "done") return COLOUR.done;
    if (task.state === "late") return COLOUR.late;
    return task.critical ? COLOUR.critical : COLOUR[task.state ?? "waiting"];
  }

  private diamond(x: number, y: number, radius: number): void {
    this.pen.beginPath();
    this.pen.moveTo(x, y - radius);
    this.pen.lineTo(x + radius, y);
    this.pen.lineTo(x, y + radius);
    this.pen.lineTo(x - radius, y);
    this.pen.fill();
  }

  private paintStopped([first, last]: [number, number], y: number, height: number, sight: Sight): void {
    const x = this.x(first, sight);
    this.pen.fillStyle = this.hatch as CanvasPattern;
    this.pen.fillRect(x, y, this.x(last, sight) - x, height);
  }

  private paintFloat(end: number, finish: number, slack: number, y: number, sight: Sight): void {
    const { pen } = this;
    // Working days drawn as about seven fifths of calendar days: a hint, the table has the figure.
    const until = this.x(finish + Math.round(slack * 1.4), sight);
    if (until < sight.left) return;
    pen.strokeStyle = COLOUR.float;
    pen.setLineDash([2, 2]);
    pen.beginPath();
    pen.moveTo(end, y);
    pen.lineTo(until, y);
    pen.stroke();
    pen.setLineDash([]);
  }

  private paintLink(link: DrawnLink, rows: Row[], chosen: number, sight: Sight): void {
    const [a, b] = [rows[link.before], rows[link.after]];
    if (a?.kind !== "task" || b?.kind !== "task") return;
    const { pen } = this;
    const middle = sight.rowHeight * 0.45;
    const x1 = this.x(link.kind[0] === "F" ? a.task.finish : a.task.start, sight);
    const x2 = this.x(link.kind[1] === "F" ? b.task.finish : b.task.start, sight);
    const [y1, y2] = [this.y(link.before, sight) + middle, this.y(link.after, sight) + middle];
    if (Math.max(x1, x2) < sight.left - 20 || Math.min(x1, x2) > sight.right + 20) return;
    const isOfChosen = link.before === chosen || link.after === chosen;
    pen.strokeStyle = pen.fillStyle =
      link.isBroken ? COLOUR.broken : isOfChosen ? COLOUR.group : COLOUR.link;
    pen.lineWidth = isOfChosen || link.isBroken ? 1.5 : 1;
    const out = link.kind[0] === "F" ? 6 : -6;
    const turn = link.kind[1] === "S" ? Math.max(x1 + out, x2 - 8) : x2 + 10;
    const bend = x2 - 8 >= x1 + out || link.kind !== "FS" ? turn : x1 + out;
    const between = y2 > y1 ? y2 - sight.rowHeight * 0.5 : y2 + sight.rowHeight * 0.5;
    pen.beginPath();
    pen.moveTo(x1, y1);
    pen.lineTo(bend, y1);
    if (bend > x2 - 6 && link.kind === "FS") {
      pen.lineTo(bend, between);
      pen.lineTo(x2 - 8, between);
      pen.lineTo(x2 - 8, y2);
    } else pen.lineTo(bend, y2);
    pen.lineTo(x2, y2);
    pen.stroke();
    const tip = link.kind[1] === "S" ? -ARROW : ARROW;
    pen.beginPath();
    pen.moveTo(x2, y2);
    pen.lineTo(x2 + tip * 1.5, y2 - ARROW);
    pen.lineTo(x2 + tip * 1.5, y2 + ARROW);
    pen.fill();
    pen.lineWidth = 1;
  }

  private paintToday(sight: Sight): void {
    const x = Math.round(this.x(this.chart.today, sight));
    this.pen.fillStyle = COLOUR.today;
    this.pen.fillRect(x, sight.top, 2, sight.bottom - sight.top);
  }

  private paintHead(first: number, last: number, sight: Sight): void {
    const { pen } = this;
    const { left, right, top } = sight;
    pen.save();
    pen.beginPath();
    pen.rect(left, 0, right - left, top);
    pen.clip();
    pen.fillStyle = "#fff";
    pen.fillRect(left, 0, right - left, top);
    pen.font = sight.font;
    pen.textBaseline = "middle";
    const { upper, lower } = this.axis.ticks(first, last);
    pen.fillStyle = COLOUR.text;
    upper.forEach(({ day, label }, i) => {
      const next = upper[i + 1];
      const until = next ? this.x(next.day, sight) : right;
      const x = Math.max(this.x(day, sight), left) + 4;
      if (x + pen.measureText(label).width < until) pen.fillText(label, x, top * 0.27);
    });
    pen.fillStyle = COLOUR.muted;
    let free = left;
    for (const { day, label } of lower) {
      const x = this.x(day, sight);
      if (x + 3 < free) continue;
      pen.fillText(label, x + 3, top * 0.75);
      free = x + 3 + pen.measureText(label).width + 4;
    }
    const today = this.x(this.chart.today, sight);
    pen.fillStyle = COLOUR.today;
    pen.beginPath();
    pen.moveTo(today - 5, top - 7);
    pen.lineTo(today + 7, top - 7);
    pen.lineTo(today + 1, top);
    pen.fill();
    pen.fillStyle = COLOUR.grid;
    pen.fillRect(left, top - 1, right - left, 1);
    pen.restore();
  }
}

/** White stripes over a bar: the clock stands still. */
function hatching(pen: CanvasRenderingContext2D): CanvasPattern | null {
  const tile = document.createElement("canvas");
  tile.width = tile.height = 8;
  const stripes = tile.getContext("2d");
  if (!stripes) return null;
  stripes.strokeStyle = "#fff";
  stripes.lineWidth = 2.5;
  for (const shift of [-8, 0, 8]) {
    stripes.beginPath();
    stripes.moveTo(shift, 8);
    stripes.lineTo(shift + 8, 0);
    stripes.stroke();
  }
  return pen.createPattern(tile, "repeat");
}
