// Markets that halt by themselves: how long they have left.

import { formatSpan } from '$lib/ui/values/time';

const MINUTE_MS = 60_000;
/** From here on every second counts. */
const LAST_MINUTES_MS = 5 * MINUTE_MS;

export const isInLastMinutes = (leftMs: number): boolean => leftMs <= LAST_MINUTES_MS;

/** "Closes in 2 h 05 min"; in the last minutes "Closes in 4:32". */
export function closingWords(leftMs: number): string {
  if (leftMs <= 0) return 'Closing now';
  if (isInLastMinutes(leftMs)) return `Closes in ${formatSpan(leftMs)}`;
  const minutes = Math.ceil(leftMs / MINUTE_MS);
  const [days, hours, rest] = [Math.floor(minutes / 1_440), Math.floor(minutes / 60) % 24, minutes % 60];
  if (days > 0) return `Closes in ${days} d ${hours} h`;
  if (hours > 0) return `Closes in ${hours} h ${String(rest).padStart(2, '0')} min`;
  return `Closes in ${rest} min`;
}
