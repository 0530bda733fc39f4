// How long to wait before the next try: doubling from a quarter of a second up
// to eight, the second half of it random, so that a thousand pages that lost
// the same server do not come back in the same instant.

const FIRST_MS = 250;
const LONGEST_MS = 8_000;

export function backoffMs(failures: number, random: () => number = Math.random): number {
  const ceiling = Math.min(LONGEST_MS, FIRST_MS * 2 ** Math.min(failures, 10));
  return Math.round(ceiling / 2 + (ceiling / 2) * random());
}
