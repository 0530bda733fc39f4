// Prices that somebody waits for.

import { formatPrice, priceDigits, type PriceRules } from '$lib/units';

export interface PriceAlert {
  /** The market's id, as text: it is kept as JSON. */
  market: string;
  /** At this price or above it; otherwise at it or below. */
  above: boolean;
  /** 1/100. */
  price: number;
}

/** By the last trade's price. */
export function isReached({ above, price }: PriceAlert, lastPrice: number | undefined): boolean {
  return lastPrice !== undefined && (above ? lastPrice >= price : lastPrice <= price);
}

/** "at or above 60.00" */
export function conditionWords(
  { above, price }: Pick<PriceAlert, 'above' | 'price'>,
  { tickSize }: PriceRules,
): string {
  return `at or ${above ? 'above' : 'below'} ${formatPrice(price, priceDigits(tickSize))}`;
}

export function alertWords(alert: PriceAlert, lastPrice: number, rules: PriceRules): string {
  return `The last price is ${formatPrice(lastPrice, priceDigits(rules.tickSize))}, ${conditionWords(alert, rules)}.`;
}

/** Which way a price has to come from where it is; undefined: it is there. */
export function wayTo(price: number, lastPrice: number | undefined): boolean | undefined {
  if (lastPrice === undefined) return true;
  return price === lastPrice ? undefined : price > lastPrice;
}
