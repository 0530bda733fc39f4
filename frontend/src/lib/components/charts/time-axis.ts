// Where a chart's time axis has its marks, and what they say. The chart is given true times, which always rise;
// the reader's zone is only in the marks. A local time said to be UTC would come twice when the clocks are put back.

/** Seconds that a zone is ahead of UTC at a time (seconds since 1970). */
export type Offset = (seconds: number) => number;

export const localOffset: Offset = (seconds) => -new Date(seconds * 1_000).getTimezoneOffset() * 60;

/** For candles of a day: the exchange's days are UTC's. */
export const utcOffset: Offset = () => 0;

const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** The chart library's numbers for how much a mark matters, by the length of local time that it begins. */
const WEIGHTS: readonly [seconds: number, weight: number][] = [
  [DAY, 50],
  [12 * HOUR, 33],
  [6 * HOUR, 32],
  [3 * HOUR, 31],
  [HOUR, 30],
  [30 * MINUTE, 22],
  [5 * MINUTE, 21],
  [MINUTE, 20],
  [1, 10],
];
const YEAR_WEIGHT = 70;
const MONTH_WEIGHT = 60;

/** How much the mark at a time matters, if the point before it is at another. */
export function markWeight(before: number, seconds: number, offset: Offset): number {
  const to = seconds + offset(seconds);
  // Where the clocks are put back, what comes again begins again: as if they had always stood like that.
  const from = Math.min(before + offset(before), to - (seconds - before));
  const [fromDate, toDate] = [new Date(from * 1_000), new Date(to * 1_000)];
  if (fromDate.getUTCFullYear() !== toDate.getUTCFullYear()) return YEAR_WEIGHT;
  if (fromDate.getUTCMonth() !== toDate.getUTCMonth()) return MONTH_WEIGHT;
  const begun = WEIGHTS.find(([length]) => Math.floor(from / length) !== Math.floor(to / length));
  return begun?.[1] ?? 0;
}

/** The weights of points in order; `from`: the first of them that has none yet. */
export function markWeights(times: readonly number[], from: number, offset: Offset): number[] {
  const first = times[0] ?? 0;
  // Before the very first point another is supposed, as far away as they are from each other on average.
  const step = times.length > 1 ? Math.ceil(((times.at(-1) ?? first) - first) / (times.length - 1)) : 0;
  return times.slice(from).map((time, index) => {
    const before = from + index === 0 ? time - step : times[from + index - 1]!;
    return markWeight(before, time, offset);
  });
}

/** What a mark says: the library's kinds, in its order. */
export type MarkKind = 'year' | 'month' | 'day' | 'minute' | 'second';
export const MARK_KINDS: readonly MarkKind[] = ['year', 'month', 'day', 'minute', 'second'];

const UTC = { timeZone: 'UTC' } as const;
const CLOCK = { ...UTC, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const;
const MARKS: Record<MarkKind, Intl.DateTimeFormat> = {
  year: new Intl.DateTimeFormat(undefined, { ...UTC, year: 'numeric' }),
  month: new Intl.DateTimeFormat(undefined, { ...UTC, month: 'short' }),
  day: new Intl.DateTimeFormat(undefined, { ...UTC, day: 'numeric' }),
  minute: new Intl.DateTimeFormat(undefined, CLOCK),
  second: new Intl.DateTimeFormat(undefined, { ...CLOCK, second: '2-digit' }),
};

const shifted = (seconds: number, offset: Offset) => new Date((seconds + offset(seconds)) * 1_000);

export const markText = (seconds: number, kind: MarkKind, offset: Offset): string =>
  MARKS[kind].format(shifted(seconds, offset));

const day = { day: 'numeric', month: 'short', year: 'numeric' } as const;
const POINTS = {
  day: new Intl.DateTimeFormat(undefined, { ...UTC, ...day }),
  minute: new Intl.DateTimeFormat(undefined, { ...CLOCK, ...day }),
  second: new Intl.DateTimeFormat(undefined, { ...CLOCK, ...day, second: '2-digit' }),
};

/** The time that is pointed at, in full. */
export const pointText = (seconds: number, to: keyof typeof POINTS, offset: Offset): string =>
  POINTS[to].format(shifted(seconds, offset));
