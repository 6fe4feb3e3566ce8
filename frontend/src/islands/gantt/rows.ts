import type { Chart, Task } from "./contract";

/** A line of the chart: a group's heading with its span, or a task. */
export type Row =
  | { kind: "group"; key: string; title: string; count: number; start: number; finish: number }
  | { kind: "task"; index: number; task: Task };

/** Which tasks are shown, in what order. */
export interface Choice {
  groupBy: "group" | "organisation";
  /** Position in `organisations`; `undefined` for all. */
  organisation: number | undefined;
  criticalOnly: boolean;
  folded: Set<string>;
}

/** The rows in sight when `choice` holds: groups in the order given, tasks by their start. */
export function rowsOf(chart: Chart, choice: Choice): Row[] {
  const groups = new Map<number, number[]>();
  chart.tasks.forEach((task, index) => {
    if (choice.organisation !== undefined && task.organisation !== choice.organisation) return;
    if (choice.criticalOnly && !task.critical) return;
    const group = choice.groupBy === "group" ? task.group : task.organisation;
    const members = groups.get(group);
    if (members) members.push(index);
    else groups.set(group, [index]);
  });
  const rows: Row[] = [];
  for (const [group, members] of [...groups].sort(([a], [b]) => a - b)) {
    const tasks = members.map((index) => chart.tasks[index] as Task);
    const key = `${choice.groupBy} ${group}`;
    rows.push({
      kind: "group",
      key,
      title: groupTitle(chart, choice.groupBy, group),
      count: members.length,
      start: Math.min(...tasks.map((task) => task.start)),
      finish: Math.max(...tasks.map((task) => task.finish)),
    });
    if (choice.folded.has(key)) continue;
    const start = (index: number) => chart.tasks[index]?.start ?? 0;
    members.sort((a, b) => start(a) - start(b) || a - b);
    for (const index of members) rows.push({ kind: "task", index, task: chart.tasks[index] as Task });
  }
  return rows;
}

function groupTitle(chart: Chart, by: Choice["groupBy"], group: number): string {
  if (by === "group") return chart.groups[group] ?? "";
  return chart.organisations[group]?.name ?? chart.words.nobody;
}
