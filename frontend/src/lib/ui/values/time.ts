// The exchange's microseconds in the reader's own time zone. Whatever number stands for a time, it is shown as
// something: a page never fails to draw because of one.

const MS_A_MINUTE = 60_000;
/** The end of the year 9999. What lies beyond is a number in the wrong unit, not a day that anyone chose. */
const LAST_US = 253_402_300_799_999_999n;
/** How far ahead an order, a code or a key may expire. */
const YEARS_AHEAD_MOST = 10;

/** The date of a time; one that no calendar has is moved to the nearest that it has. */
export const toDate = (timeUs: bigint): Date => {
  const bounded = timeUs < 0n ? 0n : timeUs > LAST_US ? LAST_US : timeUs;
  return new Date(Number(bounded / 1_000n));
};

function format(timeUs: bigint, { format: text }: Intl.DateTimeFormat): string {
  if (timeUs < 0n) return 'before 1970';
  if (timeUs > LAST_US) return 'after the year 9999';
  return text(toDate(timeUs));
}

const HOUR_AND_MINUTE = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const;
const SECOND = { second: '2-digit' } as const;
const DAY = { day: 'numeric', month: 'short' } as const;
const YEAR = { year: 'numeric' } as const;

const formatOf = (options: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat(undefined, options);
const time = formatOf({ ...HOUR_AND_MINUTE, ...SECOND });
const day = formatOf({ ...DAY, ...YEAR });
const minute = formatOf({ ...DAY, ...HOUR_AND_MINUTE });
const minuteOfYear = formatOf({ ...DAY, ...YEAR, ...HOUR_AND_MINUTE });
const second = formatOf({ ...DAY, ...HOUR_AND_MINUTE, ...SECOND });
const secondOfYear = formatOf({ ...DAY, ...YEAR, ...HOUR_AND_MINUTE, ...SECOND });

const isThisYear = (timeUs: bigint, now: Date) => toDate(timeUs).getFullYear() === now.getFullYear();
const isToday = (timeUs: bigint, now: Date) => toDate(timeUs).toDateString() === now.toDateString();

/** For files: the time in UTC, by ISO 8601. */
export const plainTime = (timeUs: bigint): string => toDate(timeUs).toISOString();

/** "14:05:09" */
export const formatTime = (timeUs: bigint): string => format(timeUs, time);

/** "25 Oct 2026" */
export const formatDay = (timeUs: bigint): string => format(timeUs, day);

/** "25 Oct, 14:05"; with its year if that is another one. */
export const formatDayAndTime = (timeUs: bigint, now = new Date()): string =>
  format(timeUs, isThisYear(timeUs, now) ? minute : minuteOfYear);

/** "25 Oct, 14:05:09"; with its year if that is another one. */
export const formatDayAndSecond = (timeUs: bigint, now = new Date()): string =>
  format(timeUs, isThisYear(timeUs, now) ? second : secondOfYear);

/** "14:05:09" today, "25 Oct, 14:05" on any other day. */
export const formatRecent = (timeUs: bigint, now = new Date()): string =>
  isToday(timeUs, now) ? formatTime(timeUs) : formatDayAndTime(timeUs, now);

/** What is left of a time: "1:02:03", "2:03". */
export function formatSpan(ms: number): string {
  const seconds = Math.ceil(ms / 1_000);
  const two = (value: number) => String(value).padStart(2, '0');
  const [h, m, s] = [Math.floor(seconds / 3_600), Math.floor(seconds / 60) % 60, seconds % 60];
  return h > 0 ? `${h}:${two(m)}:${two(s)}` : `${m}:${two(s)}`;
}

/** What an input of type datetime-local holds: the reader's own time, to the minute or the second. */
export function toLocalInput(date: Date, { seconds = false } = {}): string {
  const two = (value: number) => String(value).padStart(2, '0');
  const year = String(date.getFullYear()).padStart(4, '0');
  const day = `${year}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
  const time = `${two(date.getHours())}:${two(date.getMinutes())}`;
  return `${day}T${time}${seconds ? `:${two(date.getSeconds())}` : ''}`;
}

/** The latest time that such an input may hold, so that it takes years of four digits only. */
export const LAST_INPUT = '9999-12-31T23:59';

/** The exchange's microseconds of what such an input holds; undefined if it holds no time. */
export function fromLocalInput(value: string): bigint | undefined {
  const ms = new Date(value).getTime();
  return value === '' || Number.isNaN(ms) ? undefined : BigInt(ms) * 1_000n;
}

/** When the clocks are put back an hour comes twice: how much later the same local time is once more. */
const COMES_AGAIN_AFTER_MS = [30 * MS_A_MINUTE, 60 * MS_A_MINUTE];

export type ParsedTime = { ok: true; value: bigint } | { ok: false; reason: string };

/**
 * A time until which something is to hold, as such an input holds it: still to come, and at most ten years ahead.
 * Of a local time that comes twice, the first that is still to come.
 */
export function parseUntil(typed: string, now = new Date()): ParsedTime {
  const first = new Date(typed);
  if (typed === '' || Number.isNaN(first.getTime())) return { ok: false, reason: 'Enter a date and a time.' };
  const local = toLocalInput(first, { seconds: true });
  const times = [0, ...COMES_AGAIN_AFTER_MS].map((later) => new Date(first.getTime() + later));
  const until = times.find((at) => at > now && toLocalInput(at, { seconds: true }) === local);
  if (!until) return { ok: false, reason: 'That time has passed. Choose a later one.' };
  const last = new Date(now);
  last.setFullYear(last.getFullYear() + YEARS_AHEAD_MOST);
  if (until > last) {
    const by = day.format(last);
    return { ok: false, reason: `Choose a time within the next ten years, by ${by}.` };
  }
  return { ok: true, value: BigInt(until.getTime()) * 1_000n };
}
