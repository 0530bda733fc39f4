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
