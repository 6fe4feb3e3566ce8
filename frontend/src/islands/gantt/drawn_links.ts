import type { Chart } from "./contract";
import type { Edits } from "./edits";
import type { DrawnLink } from "./painting";
import type { Row } from "./rows";

/** The links of a plan by task, so that only those of the rows in sight are looked at. */
export class Links {
  private readonly ofTask = new Map<number, number[]>();

  constructor(private readonly chart: Chart) {
    chart.links.forEach(([before, after], at) => {
      for (const task of [before, after]) {
        const known = this.ofTask.get(task);
        if (known) known.push(at);
        else this.ofTask.set(task, [at]);
      }
    });
  }

  of(task: number): Chart["links"] {
    return (this.ofTask.get(task) ?? []).map((at) => this.chart.links[at] as Chart["links"][number]);
  }

  /** The links that begin or end in rows `from … to`, both of whose tasks are shown. */
  within(rows: Row[], rowOf: Map<number, number>, from: number, to: number, edits: Edits): DrawnLink[] {
    const seen = new Set<number>();
    const found: DrawnLink[] = [];
    for (let at = from; at <= to; at += 1) {
      const row = rows[at];
      if (row?.kind !== "task") continue;
      for (const number of this.ofTask.get(row.index) ?? []) {
        const link = this.chart.links[number];
        if (!link || seen.has(number)) continue;
        seen.add(number);
        const [before, after] = [rowOf.get(link[0]), rowOf.get(link[1])];
        if (before === undefined || after === undefined) continue;
        found.push({ before, after, kind: link[2], isBroken: edits.isBroken(link) });
      }
    }
    return found;
  }
}
