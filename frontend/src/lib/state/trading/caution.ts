// An order whose price is so far beyond the best one that it is likely a slip.

import { Side } from '$lib/gen/orders_pb';
import { formatAverage, formatPrice, priceDigits, type PriceRules } from '$lib/units';

export interface Reach {
  side: Side;
  /** The price that it may trade at; of an order without one, the average of what it would meet. 1/100. */
  price: number;
  /** The price is such an average. */
  isAverage?: boolean;
}

export interface Quotes {
  bestBid?: number | undefined;
  bestOffer?: number | undefined;
}

/** Nearer than this nothing is a slip: in ticks. */
const NEAR_TICKS = 20;

/**
 * A tenth of the market's range beyond the best price, or (where the range is far wider than
 * what is traded) half of what the best price is above the lowest.
 */
export function isFarThrough({ side, price }: Reach, quotes: Quotes, rules: PriceRules): boolean {
  const best = side === Side.BUY ? quotes.bestOffer : quotes.bestBid;
  if (best === undefined) return false;
  const beyond = side === Side.BUY ? price - best : best - price;
  if (beyond < NEAR_TICKS * rules.tickSize) return false;
  return beyond > (rules.maxPrice - rules.minPrice) / 10 || beyond > (best - rules.minPrice) / 2;
}

/** What to ask before it is sent; undefined: nothing. */
export function cautionOf(reach: Reach, quotes: Quotes, rules: PriceRules): string | undefined {
  if (!isFarThrough(reach, quotes, rules)) return undefined;
  const buying = reach.side === Side.BUY;
  const best = (buying ? quotes.bestOffer : quotes.bestBid) ?? 0;
  const digits = priceDigits(rules.tickSize);
  const beyond = Math.abs(reach.price - best);
  const bestNow = `The best ${buying ? 'offer' : 'bid'} is ${formatPrice(best, digits)}`;
  const where = buying ? 'above' : 'below';
  if (!reach.isAverage) {
    return `${bestNow}. Your price of ${formatPrice(reach.price, digits)} is ${formatPrice(beyond, digits)} ${where} it.`;
  }
  const average = formatAverage(BigInt(Math.round(reach.price)) * 100n);
  return `${bestNow}. The order would trade at about ${average} on average, ${formatAverage(BigInt(Math.round(beyond)) * 100n)} ${where} it.`;
}
