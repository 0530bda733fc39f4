// Positions with what they are worth now, and the least they can come to.

import { MarketStatus, type Market } from '$lib/gen/markets_pb';
import type { Order } from '$lib/gen/orders_pb';
import type { Position } from '$lib/gen/rooms_pb';
import { exposureOf, worst } from '$lib/state/positions/margin';
import { markOf, valueAt, type Mark, type Quotes } from '$lib/state/positions/mark';
import { openPosition, type OpenPosition } from '$lib/state/positions/open-position';

export interface Holding {
  market: Market;
  quantity: bigint;
  mark: Mark;
  value: bigint;
  open: OpenPosition;
  /** Profit at the worst settlement price, with all open orders filled. */
  worstCase: bigint;
  settled: boolean;
}

/** Running markets first, those with a position before those without; what never was is left out. */
export function holdingsOf(
  positions: Iterable<Position>,
  orders: readonly Order[],
  quotes: Quotes,
): Holding[] {
  const holdings: Holding[] = [];
  for (const position of positions) {
    const market = quotes.market(position.marketId);
    if (!market || (position.quantity === 0n && position.spent === 0n && position.settledProfit === 0n))
      continue;
    const mark = markOf(market, quotes);
    const settled = market.status === MarketStatus.SETTLED;
    const own = orders.filter(({ marketId }) => marketId === market.marketId);
    holdings.push({
      market,
      quantity: position.quantity,
      mark,
      value: valueAt(mark, position.quantity),
      open: openPosition(market, position, mark),
      worstCase: settled
        ? position.settledProfit
        : worst(market, exposureOf(position.quantity, own)) - position.spent,
      settled,
    });
  }
  const rank = ({ settled, quantity }: Holding) => (settled ? 2 : quantity === 0n ? 1 : 0);
  return holdings.sort((a, b) => rank(a) - rank(b));
}
