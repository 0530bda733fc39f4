// What a position is reckoned at while its market runs, and the profit that gives.

import { MarketStatus, type Market, type TickerChanged } from '$lib/gen/markets_pb';
import type { Position } from '$lib/gen/rooms_pb';

/** Twice the price, so that the middle of two prices stays an integer. Units of 1/200. */
export type DoublePrice = number;

export interface Mark {
  price2: DoublePrice;
  from: 'settlement' | 'mid' | 'last' | 'range';
}

/** The settlement price; else the mid of best bid and offer; else the last price; else the middle of the range. */
export function markOf(market: Market, ticker: TickerChanged | undefined): Mark {
  if (market.status === MarketStatus.SETTLED && market.settlementPrice !== undefined) {
    return { price2: market.settlementPrice * 2, from: 'settlement' };
  }
  if (ticker?.bestBid !== undefined && ticker.bestOffer !== undefined) {
    return { price2: ticker.bestBid + ticker.bestOffer, from: 'mid' };
  }
  if (ticker?.lastPrice !== undefined) return { price2: ticker.lastPrice * 2, from: 'last' };
  return { price2: market.minPrice + market.maxPrice, from: 'range' };
}

export const MARK_SOURCE: Record<Mark['from'], string> = {
  settlement: 'the settlement price',
  mid: 'the middle of bid and offer',
  last: 'the last trade',
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
