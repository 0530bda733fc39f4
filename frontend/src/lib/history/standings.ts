// The leaderboard as this page saw it. What others were worth in the past is told to nobody
// but them; what everyone is worth now is told to everyone, so a curve begins when one looks.

import type { LeaderboardEntry } from '$lib/gen/rooms_pb';

export interface Sighting {
  timeUs: bigint;
  profits: ReadonlyMap<bigint, bigint>;
}

/** At one every five seconds: more than an hour and a half. */
const SIGHTINGS_MAX = 1_200;

/** By room: they last as long as the page is not loaded anew. */
const seen = new Map<bigint, Sighting[]>();

export function record(
  roomId: bigint,
  timeUs: bigint,
  entries: readonly LeaderboardEntry[],
): readonly Sighting[] {
  const before = seen.get(roomId) ?? [];
  const profits = new Map(entries.map(({ accountId, profit }) => [accountId, profit]));
  const sightings = [...before, { timeUs, profits }].slice(-SIGHTINGS_MAX);
  seen.set(roomId, sightings);
  return sightings;
}

export function curveOf(
  sightings: readonly Sighting[],
  accountId: bigint,
): { timeUs: bigint; cash: bigint }[] {
  return sightings.flatMap(({ timeUs, profits }) => {
    const cash = profits.get(accountId);
    return cash === undefined ? [] : [{ timeUs, cash }];
  });
}
