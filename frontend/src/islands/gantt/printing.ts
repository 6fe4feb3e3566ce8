import type { Axis } from "./axis";
import type { Chart, Task } from "./contract";
import type { Row } from "./rows";

const SVG = "http://www.w3.org/2000/svg";
const WIDTH = 1000; // of the drawing; it is stretched to the paper

/** The whole chart as a table of small drawings: its heading comes again on every sheet. */
export function paperOf(rows: Row[], chart: Chart, axis: Axis): HTMLTableElement {
  const scale = WIDTH / Math.max(1, chart.days);
  const table = document.createElement("table");
  table.className = "gantt-paper";
  const head = table.createTHead().insertRow();
  for (const label of [chart.words.task, chart.words.organisation, chart.words.startsOn, chart.words.endsOn]) {
    const cell = document.createElement("th");
    cell.textContent = label;
    head.append(cell);
  }
  const heading = document.createElement("th");
  heading.append(headingOf(chart, axis, scale));
  head.append(heading);
  const body = table.createTBody();
  for (const row of rows) {
    const line = body.insertRow();
    const isTask = row.kind === "task";
    const [start, finish] = isTask ? [row.task.start, row.task.finish] : [row.start, row.finish];
    line.className = `gantt-paper-${row.kind}`;
    const organisation = isTask ? chart.organisations[row.task.organisation]?.name : "";
    for (const text of [
      isTask ? row.task.title : row.title,
      organisation ?? "",
      axis.words(start),
      axis.words(Math.max(start, finish - 1)),
    ]) {
      line.insertCell().textContent = text;
    }
    line.insertCell().append(barOf(isTask ? row.task : undefined, start, finish, chart, scale));
  }
  return table;
}

function headingOf(chart: Chart, axis: Axis, scale: number): SVGElement {
  const svg = drawing(20);
  let free = 0;
  for (const { day, label } of axis.ticks(0, chart.days).upper) {
    if (day * scale < free) continue;
    const text = document.createElementNS(SVG, "text");
    text.setAttribute("x", String(Math.max(0, day * scale)));
    text.setAttribute("y", "14");
    text.textContent = label;
    svg.append(text);
    free = day * scale + 70;
  }
  return svg;
}

function barOf(task: Task | undefined, start: number, finish: number, chart: Chart, scale: number): SVGElement {
  const svg = drawing(14);
  svg.append(rectangle(chart.today * scale, 0, 1.5, 14, "gantt-paper-today"));
  if (task?.baseline) {
    const [from, to] = task.baseline;
    svg.append(rectangle(from * scale, 11, (to - from) * scale, 2, "gantt-paper-baseline"));
  }
  const kind = !task ? "span" : task.critical ? "critical" : task.state === "done" ? "done" : "bar";
  const height = task ? 8 : 3;
  svg.append(rectangle(start * scale, 2, Math.max(3, (finish - start) * scale), height, `gantt-paper-${kind}`));
  for (const [from, to] of task?.stopped ?? []) {
    svg.append(rectangle(from * scale, 4, (to - from) * scale, 4, "gantt-paper-stopped"));
  }
  return svg;
}

function drawing(height: number): SVGElement {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", `0 0 ${WIDTH} ${height}`);
  svg.setAttribute("preserveAspectRatio", "none");
  return svg;
}

function rectangle(x: number, y: number, width: number, height: number, kind: string): SVGElement {
  const made = document.createElementNS(SVG, "rect");
  for (const [name, value] of Object.entries({ x, y, width, height })) made.setAttribute(name, value.toFixed(1));
  made.setAttribute("class", kind);
  return made;
}
