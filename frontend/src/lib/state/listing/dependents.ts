// Markets that follow from others, however far away.

import { MarketStatus, type Market } from '$lib/gen/markets_pb';
import { derivesFrom } from './derived';

/** Halted markets that follow from one of these, directly or through others; not these themselves. */
export function haltedDependents(of: readonly Market[], among: readonly Market[]): Market[] {
  const found = new Set(of);
  // Each one found may have others that follow from it.
  for (const source of found) {
    for (const market of among) {
      if (derivesFrom(market, source.marketId)) found.add(market);
    }
  }
  return [...found].filter((market) => !of.includes(market) && market.status === MarketStatus.HALTED);
}
