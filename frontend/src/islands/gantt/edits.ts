import type { Axis, WorkedDays } from "./axis";
import type { Chart, Edit, Task } from "./contract";

interface Step {
  task: Task;
  was: [number, number];
  is: [number, number];
}

/** Moves and new lengths of tasks: undone and redone at will, sent all at once. */
export class Edits {
  private done: Step[] = [];
  private undone: Step[] = [];
  private readonly asPlanned = new Map<Task, [number, number]>();

  constructor(
    private readonly chart: Chart,
    private readonly worked: WorkedDays,
    private readonly changed: () => void,
  ) {}

  get canUndo(): boolean {
    return this.done.length > 0;
  }

  get canRedo(): boolean {
    return this.undone.length > 0;
  }

  /** Where a task would stand if it started on `day`; its worked days stay the same. */
  moved(task: Task, day: number): [number, number] {
    const length = this.worked.between(task.start, task.finish);
    const start = this.worked.nextOpen(Math.max(0, day));
    return [start, this.worked.finish(start, length)];
  }

  /** Where a task would end if its last day were `day`; at least one day is worked. */
  resized(task: Task, day: number): [number, number] {
    const last = this.worked.nextOpen(Math.max(task.start, day), -1);
    return [task.start, Math.max(last, task.start) + 1];
  }

  apply(task: Task, is: [number, number]): void {
    const was: [number, number] = [task.start, task.finish];
    if (was[0] === is[0] && was[1] === is[1]) return;
    if (!this.asPlanned.has(task)) this.asPlanned.set(task, was);
    this.done.push({ task, was, is });
    this.undone = [];
    this.set(task, is);
  }

  undo(): Task | undefined {
    const step = this.done.pop();
    if (!step) return undefined;
    this.undone.push(step);
    this.set(step.task, step.was);
    return step.task;
  }

  redo(): Task | undefined {
    const step = this.undone.pop();
    if (!step) return undefined;
    this.done.push(step);
    this.set(step.task, step.is);
    return step.task;
  }

  /** What differs from the plan as it came. */
  toSend(axis: Axis): Edit[] {
    return [...this.asPlanned]
      .filter(([task, [start, finish]]) => task.start !== start || task.finish !== finish)
      .map(([task]) => ({
        task: task.id,
        start: axis.iso(task.start),
        duration: this.worked.between(task.start, task.finish),
      }));
  }

  /** Whether a link is not kept by where its two tasks stand now; hints only, the server judges. */
  isBroken([before, after, kind]: Chart["links"][number]): boolean {
    const [a, b] = [this.chart.tasks[before], this.chart.tasks[after]];
    if (!a || !b) return false;
    const from = kind === "FS" || kind === "FF" ? a.finish : a.start;
    const to = kind === "FS" || kind === "SS" ? b.start : b.finish;
    return to < from;
  }

  private set(task: Task, [start, finish]: [number, number]): void {
    task.start = start;
    task.finish = finish;
    this.changed();
  }
}
