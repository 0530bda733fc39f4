// The leaderboard as this page saw it, which goes on where what the exchange sampled ends.

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

export interface Point {
  timeUs: bigint;
  cash: bigint;
}

/** From what was sampled on; then as it was seen. */
export function curveOf(past: readonly Point[], sightings: readonly Sighting[], accountId: bigint): Point[] {
  const end = past.at(-1)?.timeUs ?? 0n;
  const seen = sightings.flatMap(({ timeUs, profits }) => {
    const cash = profits.get(accountId);
    return cash === undefined || timeUs <= end ? [] : [{ timeUs, cash }];
  });
  return [...past, ...seen];
}
