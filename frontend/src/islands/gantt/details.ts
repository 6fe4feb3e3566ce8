import type { Axis, WorkedDays } from "./axis";
import type { Chart, Task } from "./contract";

/** What is known of a task, in a few short sentences; the first names it. */
export function sentences(task: Task, chart: Chart, axis: Axis, worked: WorkedDays): string[] {
  const { words } = chart;
  const organisation = chart.organisations[task.organisation]?.name;
  const length = worked.between(task.start, task.finish);
  const dates =
    task.start === task.finish
      ? axis.words(task.start)
      : `${axis.words(task.start)} – ${axis.words(task.finish - 1)}`;
  const said = [[task.title, organisation].filter(Boolean).join(" · ")];
  said.push(length > 0 ? `${dates} · ${fill(words.days, length)}` : dates);
  if (task.awaits) said.push(task.awaits);
  if (task.critical) said.push(words.critical);
  else if (task.float) said.push(fill(words.float, task.float));
  if (task.stopped?.length) said.push(words.stopped);
  if (task.why) said.push(task.why);
  return said;
}

/** Put a figure into a sentence that holds `{n}`. */
export const fill = (sentence: string, n: number | string) => sentence.replace("{n}", String(n));
