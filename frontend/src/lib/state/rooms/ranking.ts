// Who stands where on the leaderboard: people by profit, equal profits at the same rank; house bots apart.

export interface Standing {
  accountId: bigint;
  profit: bigint;
}

export interface Ranked<T extends Standing> {
  entry: T;
  /** From 1; after two at the first rank comes the third. */
  rank: number;
}

export interface Ranking<T extends Standing> {
  people: Ranked<T>[];
  /** Best first, and unranked. */
  houseBots: T[];
}

/** `entries`: best first. */
export function rankingOf<T extends Standing>(
  entries: readonly T[],
  isHouseBot: (accountId: bigint) => boolean,
): Ranking<T> {
  const people: Ranked<T>[] = [];
  for (const entry of entries.filter(({ accountId }) => !isHouseBot(accountId))) {
    const before = people.at(-1);
    const rank = before && before.entry.profit === entry.profit ? before.rank : people.length + 1;
    people.push({ entry, rank });
  }
  return { people, houseBots: entries.filter(({ accountId }) => isHouseBot(accountId)) };
}
