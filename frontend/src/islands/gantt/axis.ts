import type { Chart } from "./contract";

const DAY = 86_400_000; // ms

export type Zoom = "day" | "week" | "month" | "whole";
/** Width of a day at the standard type size, px. */
const DAY_WIDTH = { day: 26, week: 9, month: 3 };

/** A tick of the lower row with its label, or one of the upper row that spans several. */
export interface Tick {
  day: number;
  label: string;
}

/** Days as pixels and as dates. */
export class Axis {
  /** px per day */
  scale = DAY_WIDTH.week;
  private readonly origin: number;
  private readonly parts: Record<string, Intl.DateTimeFormat>;

  constructor(
    private readonly chart: Chart,
    language: string,
  ) {
    this.origin = Date.parse(`${chart.from}T00:00:00Z`);
    const format = (options: Intl.DateTimeFormatOptions) =>
      new Intl.DateTimeFormat(language, { timeZone: "UTC", ...options });
    this.parts = {
      date: format({ year: "numeric", month: "numeric", day: "numeric" }),
      monthOfYear: format({ year: "numeric", month: "short" }),
      month: format({ month: "short" }),
      year: format({ year: "numeric" }),
      short: format({ month: "numeric", day: "numeric" }),
    };
  }

  get width(): number {
    return Math.ceil(this.chart.days * this.scale);
  }

  /** Set the scale; `room` is the width in sight, `unit` the type size relative to 16 px. */
  setZoom(zoom: Zoom, room: number, unit: number): void {
    this.scale = zoom === "whole" ? Math.max(0.05, room / this.chart.days) : DAY_WIDTH[zoom] * unit;
  }

  x(day: number): number {
    return day * this.scale;
  }

  day(x: number): number {
    return Math.floor(x / this.scale);
  }

  iso(day: number): string {
    return this.date(day).toISOString().slice(0, 10);
  }

  words(day: number): string {
    return this.parts["date"]?.format(this.date(day)) ?? "";
  }

  /** Ticks from `first` to `last` day: the upper row (months or years), the lower one. */
  ticks(first: number, last: number): { upper: Tick[]; lower: Tick[] } {
    const isFine = this.scale >= 5;
    const upper = this.starts(first, last, isFine ? "month" : "year").map((day) => ({
      day,
      label: this.parts[isFine ? "monthOfYear" : "year"]?.format(this.date(day)) ?? "",
    }));
    return { upper, lower: this.lower(first, last) };
  }

  private lower(first: number, last: number): Tick[] {
    if (this.scale >= 18) {
      const days = Array.from({ length: last - first + 1 }, (_, i) => first + i);
      return days.map((day) => ({ day, label: String(this.date(day).getUTCDate()) }));
    }
    if (this.scale >= 5) {
      const monday = first - ((this.date(first).getUTCDay() + 6) % 7);
      const count = Math.ceil((last - monday) / 7) + 1;
      return Array.from({ length: count }, (_, i) => monday + 7 * i).map((day) => ({
        day,
        label: this.parts["short"]?.format(this.date(day)) ?? "",
      }));
    }
    const every = this.scale * 30 >= 40 ? 1 : this.scale * 91 >= 40 ? 3 : 12;
    return this.starts(first, last, "month")
      .filter((day) => this.date(day).getUTCMonth() % every === 0)
      .map((day) => ({ day, label: this.parts["month"]?.format(this.date(day)) ?? "" }));
  }

  /** First days of months or years, one before `first` too. */
  private starts(first: number, last: number, unit: "month" | "year"): number[] {
    const from = this.date(first);
    const found: number[] = [];
    for (let step = 0; ; step += 1) {
      const at =
        unit === "month"
          ? Date.UTC(from.getUTCFullYear(), from.getUTCMonth() + step, 1)
          : Date.UTC(from.getUTCFullYear() + step, 0, 1);
      const day = Math.round((at - this.origin) / DAY);
      if (day > last) return found;
      found.push(day);
    }
  }

  private date(day: number): Date {
    return new Date(this.origin + day * DAY);
  }
}

/** Counts worked days where some stretches are closed. */
export class WorkedDays {
  constructor(private readonly closed: [number, number][]) {}

  isOpen(day: number): boolean {
    return this.stretchAt(day) === undefined;
  }

  /** The first open day from `day` on; backwards for `step` -1. */
  nextOpen(day: number, step: 1 | -1 = 1): number {
    const stretch = this.stretchAt(day);
    if (!stretch) return day;
    return this.nextOpen(step === 1 ? stretch[1] : stretch[0] - 1, step);
  }

  /** Worked days in `[start, finish)`. */
  between(start: number, finish: number): number {
    let count = Math.max(0, finish - start);
    for (const [first, last] of this.closed) {
      count -= Math.max(0, Math.min(last, finish) - Math.max(first, start));
    }
    return count;
  }

  /** The instant at which `count` worked days from `start` on are over. */
  finish(start: number, count: number): number {
    let day = start;
    for (let left = count; left > 0; left -= 1) day = this.nextOpen(day) + 1;
    return day;
  }

  /** `count` open days later, or earlier. */
  shifted(day: number, count: number): number {
    const step = count < 0 ? -1 : 1;
    let at = day;
    for (let left = Math.abs(count); left > 0; left -= 1) at = this.nextOpen(at + step, step);
    return at;
  }

  private stretchAt(day: number): [number, number] | undefined {
    let [low, high] = [0, this.closed.length - 1];
    while (low <= high) {
      const middle = (low + high) >> 1;
      const stretch = this.closed[middle] as [number, number];
      if (day < stretch[0]) high = middle - 1;
      else if (day >= stretch[1]) low = middle + 1;
      else return stretch;
    }
    return undefined;
  }
}
