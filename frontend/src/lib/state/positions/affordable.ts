// How much one can buy or sell, and at which price at worst: by the book as it is now.

import { Side } from '$lib/gen/orders_pb';
import { MAX_QUANTITY, stepPrice, type PriceRules } from '$lib/units';
import { levels, type Book } from '$lib/state/trading/book';
import { estimate, exposureOf, isAtOnce, type Draft, type Situation } from './margin';

/** What a market allows, in 1/100 of a contract; 0: only the exchange's own limits. */
export interface MarketLimits {
  maxOrder: number;
  maxPosition: number;
}

/**
 * The largest quantity that this order can have: paid for, within the limits, and (if it can't
 * wait in the book) to be had there; with reduce only, no more than the position. 1/100 of a contract.
 */
export function mostAffordable(terms: Omit<Draft, 'quantity'>, now: Situation, limits: MarketLimits): number {
  const waits = !isAtOnce(terms);
  const most = allowed(terms, now, limits);
  const mayBe = (quantity: number) => {
    const { refusal, unfilled } = estimate({ ...terms, quantity }, now);
    return refusal !== 'funds' && (waits || unfilled === 0);
  };
  // What can be afforded reaches from 0 up to one quantity: looked for by halves.
  let least = 0;
  let over = most + 1;
  while (over - least > 1) {
    const middle = Math.floor((least + over) / 2);
    if (mayBe(middle)) least = middle;
    else over = middle;
  }
  return least;
}

function allowed({ side, reduceOnly }: Omit<Draft, 'quantity'>, now: Situation, limits: MarketLimits) {
  const { position, buyQuantity, sellQuantity } = exposureOf(now.position, now.orders);
  const buying = side === Side.BUY;
  let most = limits.maxOrder > 0 ? Math.min(limits.maxOrder, MAX_QUANTITY) : MAX_QUANTITY;
  const bound = (quantity: bigint) => (most = Math.min(most, Number(quantity > 0n ? quantity : 0n)));
  if (limits.maxPosition > 0) {
    bound(BigInt(limits.maxPosition) - (buying ? position + buyQuantity : sellQuantity - position));
  }
  // What rests on its side takes its share of the position first.
  if (reduceOnly) bound(buying ? -position - buyQuantity : position - sellQuantity);
  return most;
}

/** A share of it, in whole contracts where it is one or more. */
export function shareOf(quantity: number, percent: number): number {
  const share = Math.floor((quantity * percent) / 100);
  return percent === 100 || share < 100 ? share : share - (share % 100);
}

/** So far beyond the last price that is needed may an order go that is to trade at once: the book moves meanwhile. */
const SLACK_TICKS = 2;

/**
 * The worst price to accept for trading so much at once: where the book has the last of it,
 * and a little beyond. Undefined: the book has nothing on the other side.
 */
export function worstAcceptable(
  side: Side,
  quantity: number,
  book: Book,
  isOwn: (orderId: bigint) => boolean,
  rules: PriceRules,
): number | undefined {
  let open = quantity;
  let last: number | undefined;
  for (const { price, orders } of levels(book, side === Side.BUY ? Side.SELL : Side.BUY)) {
    for (const { orderId, remaining } of orders.values()) {
      if (isOwn(orderId)) continue;
      last = price;
      open -= remaining;
      if (open <= 0) break;
    }
    if (open <= 0) break;
  }
  if (last === undefined) return undefined;
  return stepPrice(last, side === Side.BUY ? SLACK_TICKS : -SLACK_TICKS, rules);
}
