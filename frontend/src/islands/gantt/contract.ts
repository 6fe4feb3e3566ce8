/**
 * What a page embeds for the Gantt island, as `<script type="application/json">`.
 *
 * Days are whole numbers counted from `from` (day 0). A task is worked in the days
 * `start … finish - 1`; a milestone has `start === finish`. Everything optional may be left out.
 */
export interface Chart {
  /** Day 0, ISO date. */
  from: string;
  /** Length of the axis, days. */
  days: number;
  today: number;
  /** Stretches nobody works, `[first, last)`, ascending. */
  closed: [number, number][];
  groups: string[];
  organisations: Organisation[];
  tasks: Task[];
  /** `[before, after, kind]`: positions in `tasks`, and which ends are tied. */
  links: [number, number, LinkKind][];
  /** Id of the form that takes the edits; without it the chart is read only. */
  form?: string;
  words: Record<Word, string>;
}

export type LinkKind = "FS" | "SS" | "FF" | "SF";

export interface Organisation {
  name: string;
  /** How many tasks it can work on at once; left out where nobody said. */
  capacity?: Step[];
  /** Use over time over all projects. */
  use?: Step[];
}

/** `[day, amount]`: the amount from that day to the next step; steps ascend. */
export type Step = [number, number];

export interface Task {
  id: number;
  title: string;
  /** Position in `groups`: a project, or a stage of one. */
  group: number;
  /** Position in `organisations`; -1 for nobody's, as milestones may be. */
  organisation: number;
  start: number;
  finish: number;
  /** `[start, finish]` in the baseline. */
  baseline?: [number, number];
  critical?: boolean;
  /** Working days by which it may slip without delaying the whole. */
  float?: number;
  /** Stretches in which the statutory clock stands still, `[first, last)`. */
  stopped?: [number, number][];
  state?: "waiting" | "running" | "done" | "late";
  /** Who is awaited and since when, one sentence. */
  awaits?: string;
  /** Why it starts when it starts, one sentence. */
  why?: string;
  /** Page of the task. */
  url?: string;
  /** Whether the reader may move it. */
  movable?: boolean;
}

/** One edit as the form sends it, in a field `changes`: a JSON list, one entry per task. */
export interface Edit {
  task: number;
  /** ISO date. */
  start: string;
  /** Working days. */
  duration: number;
}

export type Word =
  | "task" | "organisation" | "allOrganisations" | "byGroup" | "byOrganisation" | "group"
  | "day" | "week" | "month" | "whole" | "zoom" | "today" | "undo" | "redo" | "save" | "print"
  | "arrows" | "baseline" | "criticalOnly" | "critical" | "float" | "stopped" | "capacity" | "days"
  | "earlier" | "later" | "shorter" | "longer" | "open" | "keys" | "tooSoon" | "nobody" | "over"
  | "unsaved" | "plan" | "startsOn" | "endsOn" | "show" | "rows";
