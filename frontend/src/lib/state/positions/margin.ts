// What an account has at stake in a market, and what an order would do to it.
// The formula is the exchange's own:
//   worst     = min( min*(p + B) - VB ,  max*(p - S) + VS )
//   available = cash + the sum of worst over all markets

import { Side, TimeInForce, type Order } from '$lib/gen/orders_pb';
import { cashOf } from '$lib/units';
import { levels, type Book } from '$lib/state/trading/book';

export interface Range {
  minPrice: number;
  maxPrice: number;
}

/** Position and open orders of one account in one market, summed up. */
export interface Exposure {
  position: bigint;
  buyQuantity: bigint;
  buyValue: bigint;
  sellQuantity: bigint;
  sellValue: bigint;
}

export function exposureOf(position: bigint, orders: Iterable<Order>): Exposure {
  const exposure: Exposure = { position, buyQuantity: 0n, buyValue: 0n, sellQuantity: 0n, sellValue: 0n };
  for (const order of orders) rest(exposure, order.side, order.price, order.remaining);
  return exposure;
}

/** The least that position and orders can be worth when the market settles. Cash units. */
export function worst(range: Range, e: Exposure): bigint {
  const atMin = BigInt(range.minPrice) * (e.position + e.buyQuantity) - e.buyValue;
  const atMax = BigInt(range.maxPrice) * (e.position - e.sellQuantity) + e.sellValue;
  return atMin < atMax ? atMin : atMax;
}

export interface Draft {
  side: Side;
  price: number;
  quantity: number;
  timeInForce: TimeInForce;
  postOnly: boolean;
  reduceOnly: boolean;
  /** With GOOD_TILL_TIME; 0 with any other. */
  expiresTimeUs: bigint;
}

/** Whether what does not trade at once is cancelled, instead of waiting in the book. */
export const isAtOnce = ({ timeInForce }: { timeInForce: TimeInForce }): boolean =>
  timeInForce === TimeInForce.IMMEDIATE_OR_CANCEL || timeInForce === TimeInForce.FILL_OR_KILL;

export interface Estimate {
  /** Would fill at once, against the book as we see it. */
  filled: number;
  /** What those fills cost (buy) or bring (sell). Cash units. */
  filledValue: bigint;
  /** Would rest in the book at its own price. */
  resting: number;
  /** Would be cancelled: the rest of an immediate-or-cancel order. */
  unfilled: number;
  /** Fills and rest together, at the prices they have. Cash units. */
  value: bigint;
  /** The most that this order alone can lose. Cash units. */
  atRisk: bigint;
  /** Own resting orders it would meet; the exchange cancels those. */
  selfMatched: number;
  /** The position after what would fill at once. */
  positionAfter: bigint;
  /** The least that position and open orders here could then be worth at settlement. Cash units. */
  worstAfter: bigint;
  /** What the account could still put at risk afterwards. */
  availableAfter: bigint;
  /** The change of `available` that the order brings. */
  availableChange: bigint;
  /** Why the exchange would refuse it, by this reckoning. */
  refusal: 'post-only' | 'cannot-fill' | 'funds' | undefined;
}

export interface Situation {
  range: Range;
  position: bigint;
  /** Own live orders in this market. */
  orders: readonly Order[];
  available: bigint;
  book: Book;
}

/** Executes a draft against the book as it is now, on paper. */
export function estimate(draft: Draft, now: Situation): Estimate {
  const buying = draft.side === Side.BUY;
  const limit = draft.price;
  const own = new Map(now.orders.map((order) => [order.orderId, order]));
  const before = exposureOf(now.position, own.values());

  let open = draft.quantity;
  let filledValue = 0n;
  let selfMatched = 0;
  for (const level of levels(now.book, buying ? Side.SELL : Side.BUY)) {
    if (open === 0 || (buying ? level.price > limit : level.price < limit)) break;
    for (const resting of level.orders.values()) {
      if (open === 0) break;
      if (own.delete(resting.orderId)) {
        selfMatched += 1;
        continue;
      }
      const fill = Math.min(open, resting.remaining);
      open -= fill;
      filledValue += cashOf(level.price, fill);
    }
  }

  const filled = draft.quantity - open;
  const rests = !isAtOnce(draft);
  const resting = rests ? open : 0;
  const restingValue = cashOf(limit, resting);

  const after = exposureOf(now.position + BigInt(buying ? filled : -filled), own.values());
  rest(after, draft.side, limit, resting);
  const worstAfter = worst(now.range, after);
  const paid = buying ? -filledValue : filledValue;
  const availableChange = paid + worstAfter - worst(now.range, before);
  const availableAfter = now.available + availableChange;

  const value = filledValue + restingValue;
  const quantity = filled + resting;
  const atRisk = buying
    ? value - cashOf(now.range.minPrice, quantity)
    : cashOf(now.range.maxPrice, quantity) - value;

  let refusal: Estimate['refusal'];
  if (draft.postOnly && filled > 0) refusal = 'post-only';
  else if (draft.timeInForce === TimeInForce.FILL_OR_KILL && open > 0) refusal = 'cannot-fill';
  else if (availableAfter < 0n && availableChange < 0n) refusal = 'funds';

  return {
    filled,
    filledValue,
    resting,
    unfilled: rests ? 0 : open,
    value,
    atRisk,
    selfMatched,
    positionAfter: after.position,
    worstAfter,
    availableAfter,
    availableChange,
    refusal,
  };
}

function rest(exposure: Exposure, side: Side, price: number, quantity: number): void {
  if (side === Side.BUY) {
    exposure.buyQuantity += BigInt(quantity);
    exposure.buyValue += cashOf(price, quantity);
  } else {
    exposure.sellQuantity += BigInt(quantity);
    exposure.sellValue += cashOf(price, quantity);
  }
}
