// What a position is reckoned at while its market runs, and the profit that gives.

import { MarketStatus, type Market, type TickerChanged } from '$lib/gen/markets_pb';
import type { Position } from '$lib/gen/rooms_pb';
import { intrinsic } from '$lib/state/listing/derived';

/** Twice the price, so that the middle of two prices stays an integer. Units of 1/200. */
export type DoublePrice = number;

export interface Mark {
  price2: DoublePrice;
  from: 'settlement' | 'basket' | 'mid' | 'last' | 'option' | 'range';
}

/** Where markets and their tickers are to be found: a derived market is marked from others. */
export interface Quotes {
  market(id: bigint): Market | undefined;
  ticker(id: bigint): TickerChanged | undefined;
}

/**
 * The settlement price; of a basket, what its constituents come to; else the mid of best bid and offer; else the last price,
 * if it is within the range; else what an option would pay at its underlying's mark; else the middle of the range.
 */
export function markOf(market: Market, quotes: Quotes): Mark {
  if (market.status === MarketStatus.SETTLED && market.settlementPrice !== undefined) {
    return { price2: market.settlementPrice * 2, from: 'settlement' };
  }
  const { derivedFrom } = market;
  if (derivedFrom.case === 'basket') {
    const price2 = derivedFrom.value.constituents.reduce(
      (sum, { marketId, multiplier }) => sum + multiplier * markById(marketId, quotes),
      0,
    );
    return { price2, from: 'basket' };
  }
  const ticker = quotes.ticker(market.marketId);
  if (ticker?.bestBid !== undefined && ticker.bestOffer !== undefined) {
    return { price2: ticker.bestBid + ticker.bestOffer, from: 'mid' };
  }
  const last = ticker?.lastPrice;
  // Its range may have been mended since.
  if (last !== undefined && last >= market.minPrice && last <= market.maxPrice) {
    return { price2: last * 2, from: 'last' };
  }
  if (derivedFrom.case === 'option') {
    const { kind, strike, underlyingMarketId } = derivedFrom.value;
    // Half a hundredth of the underlying's mark is cut off, as the exchange does.
    const underlying = Math.trunc(markById(underlyingMarketId, quotes) / 2);
    return { price2: intrinsic(kind, strike, underlying) * 2, from: 'option' };
  }
  return { price2: market.minPrice + market.maxPrice, from: 'range' };
}

function markById(id: bigint, quotes: Quotes): DoublePrice {
  const market = quotes.market(id);
  return market ? markOf(market, quotes).price2 : 0;
}

export const MARK_SOURCE: Record<Mark['from'], string> = {
  settlement: 'the settlement price',
  basket: 'the sum of its constituents',
  mid: 'the middle between bid and offer',
  last: 'the last trade',
  option: 'its value if exercised now',
  range: 'the middle of the range',
};

/** Quantity x mark. Cash units; half a unit (0.00005) is cut off. */
export function valueAt(mark: Mark, quantity: bigint): bigint {
  return (quantity * BigInt(mark.price2)) / 2n;
}

/** What the position has made so far, with what the market paid out when it settled. */
export function profitOf(position: Position | undefined, mark: Mark): bigint {
  if (!position) return 0n;
  return valueAt(mark, position.quantity) - position.spent + position.settledProfit;
}
