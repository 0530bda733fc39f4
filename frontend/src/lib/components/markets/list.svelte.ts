// The list of markets as this reader last had it in this room, and what there is to say of each.

import { exchange } from '$lib/app/exchange.svelte';
import { inThisRoom } from '$lib/app/kept/in-this-room';
import { Kept } from '$lib/app/kept/kept.svelte';
import type { Market } from '$lib/gen/markets_pb';
import { NO_CHOICE, type Facts, type ListChoice } from '$lib/state/listing/market-list';
import { markOf, profitOf } from '$lib/state/positions/mark';
import { stars } from './stars.svelte';

const kept = new Kept<Partial<ListChoice>>('exchange.market-list', {}, inThisRoom);

export const list = {
  get choice(): ListChoice {
    return { ...NO_CHOICE, ...kept.value };
  },
  choose(change: Partial<ListChoice>): void {
    kept.change((now) => ({ ...now, ...change }));
  },
  showAll(): void {
    kept.change(({ sorting }) => ({ sorting }));
  },
};

const UNKNOWN: Facts = { position: 0n, profit: undefined, orders: 0, starred: false };

/** Of every market, as of now: all that it follows from is read at once. */
export function factsOfAll(): (market: Market) => Facts {
  const orders = new Map<bigint, number>();
  for (const { marketId } of exchange.orders) orders.set(marketId, (orders.get(marketId) ?? 0) + 1);
  const { positions } = exchange;
  const facts = new Map<bigint, Facts>();
  for (const market of exchange.markets) {
    const { marketId } = market;
    const position = positions.get(marketId);
    facts.set(marketId, {
      ticker: exchange.ticker(marketId),
      position: position?.quantity ?? 0n,
      profit: position && profitOf(position, markOf(market, exchange)),
      orders: orders.get(marketId) ?? 0,
      starred: stars.has(marketId),
    });
  }
  return ({ marketId }) => facts.get(marketId) ?? UNKNOWN;
}
