// The exchange's microseconds in the reader's own time zone.

const clock = new Intl.DateTimeFormat(undefined, {
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  hourCycle: 'h23',
});
const day = new Intl.DateTimeFormat(undefined, { day: 'numeric', month: 'short', year: 'numeric' });

export const toDate = (timeUs: bigint): Date => new Date(Number(timeUs / 1000n));
export const formatTime = (timeUs: bigint): string => clock.format(toDate(timeUs));
export const formatDay = (timeUs: bigint): string => day.format(toDate(timeUs));

const minute = new Intl.DateTimeFormat(undefined, {
  day: 'numeric',
  month: 'short',
  hour: '2-digit',
  minute: '2-digit',
  hourCycle: 'h23',
});
export const formatDayAndTime = (timeUs: bigint): string => minute.format(toDate(timeUs));

const second = new Intl.DateTimeFormat(undefined, {
  day: 'numeric',
  month: 'short',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  hourCycle: 'h23',
});
export const formatDayAndSecond = (timeUs: bigint): string => second.format(toDate(timeUs));

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
  const day = `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
  const time = `${two(date.getHours())}:${two(date.getMinutes())}`;
  return `${day}T${time}${seconds ? `:${two(date.getSeconds())}` : ''}`;
}

/** The exchange's microseconds of what such an input holds; undefined if it holds no time. */
export function fromLocalInput(value: string): bigint | undefined {
  const ms = new Date(value).getTime();
  return value === '' || Number.isNaN(ms) ? undefined : BigInt(ms) * 1000n;
}
