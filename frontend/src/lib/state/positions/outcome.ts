// What an order alone can win and lose: its market settles somewhere within its range.

import { Side } from '$lib/gen/orders_pb';
import { cashOf, formatMoney, formatPrice } from '$lib/units';
import type { Range } from './margin';

export type Priced = Range & { tickSize: number };

/** From 0 to 100 in whole steps: a price there is a probability in per cent. With finer steps it may be a score. */
export const isYesNo = ({ minPrice, maxPrice, tickSize }: Priced): boolean =>
  minPrice === 0 && maxPrice === 100_00 && tickSize === 1_00;

export interface Outcome {
  /** Settled at the highest price, and at the lowest. Cash units. */
  atMax: bigint;
  atMin: bigint;
}

/** Of so much bought or sold for a value, in cash units. */
export function outcomeOf(range: Range, side: Side, quantity: number, value: bigint): Outcome {
  const made = (price: number) =>
    side === Side.BUY ? cashOf(price, quantity) - value : value - cashOf(price, quantity);
  return { atMax: made(range.maxPrice), atMin: made(range.minPrice) };
}

/** "Win 58.00 if yes (100), lose 42.00 if no (0)." */
export function outcomeWords(
  range: Priced,
  side: Side,
  quantity: number,
  value: bigint,
  digits: number,
): string {
  const { atMax, atMin } = outcomeOf(range, side, quantity, value);
  const buying = side === Side.BUY;
  const [best, worst] = buying ? [atMax, atMin] : [atMin, atMax];
  if (isYesNo(range)) {
    const [good, bad] = buying ? ['yes (100)', 'no (0)'] : ['no (0)', 'yes (100)'];
    return `Win ${formatMoney(best)} if ${good}, lose ${formatMoney(worst === 0n ? 0n : -worst)} if ${bad}.`;
  }
  const [good, bad] = buying ? [range.maxPrice, range.minPrice] : [range.minPrice, range.maxPrice];
  const at = (price: number) => formatPrice(price, digits);
  return `At best ${formatMoney(best, 'always')} (settles at ${at(good)}), at worst ${formatMoney(worst, 'always')} (at ${at(bad)}).`;
}
