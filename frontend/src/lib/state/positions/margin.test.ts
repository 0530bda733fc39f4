import { create } from '@bufbuild/protobuf';
import { describe, expect, it } from 'vitest';
import { BookSnapshotSchema } from '$lib/gen/markets_pb';
import { Side, TimeInForce } from '$lib/gen/orders_pb';
import { bookFrom } from '$lib/state/trading/book';
import { estimate, exposureOf, worst, type Draft, type Situation } from './margin';
import { order } from '$lib/state/testing';

const range = { minPrice: 0, maxPrice: 10_000 };

const draft = (fields: Partial<Draft>): Draft => ({
  side: Side.BUY,
  price: 4200,
  quantity: 500,
  timeInForce: TimeInForce.GOOD_TILL_CANCELLED,
  postOnly: false,
  reduceOnly: false,
  expiresTimeUs: 0n,
  ...fields,
});

const now = (fields: Partial<Situation> = {}): Situation => ({
  range,
  position: 0n,
  orders: [],
  available: 10_000_000n,
  book: bookFrom(
    create(BookSnapshotSchema, {
      bids: [{ orderId: 1n, price: 4000, remaining: 300 }],
      offers: [
        { orderId: 2n, price: 4100, remaining: 200 },
        { orderId: 3n, price: 4300, remaining: 900 },
      ],
    }),
  ),
  ...fields,
});

describe('worst', () => {
  it('is what long and short positions can come to', () => {
    expect(worst(range, exposureOf(500n, []))).toBe(0n);
    expect(worst(range, exposureOf(-500n, []))).toBe(-5_000_000n);
  });

  it('counts open orders as filled against us', () => {
    const buy = order({ side: Side.BUY, price: 4200, quantity: 500 });
    const sell = order({ side: Side.SELL, price: 4600, quantity: 500 });
    expect(worst(range, exposureOf(0n, [buy]))).toBe(-2_100_000n);
    expect(worst(range, exposureOf(0n, [sell]))).toBe(-2_700_000n);
    expect(worst(range, exposureOf(0n, [buy, sell]))).toBe(-2_700_000n);
    expect(worst(range, exposureOf(500n, [sell]))).toBe(0n);
  });
});

describe('an estimate', () => {
  it('of an order that rests holds back its worst case', () => {
    const result = estimate(draft({ price: 4000 }), now());
    expect(result).toMatchObject({ filled: 0, resting: 500, value: 2_000_000n, atRisk: 2_000_000n });
    expect(result.availableAfter).toBe(8_000_000n);
    expect(estimate(draft({ side: Side.SELL, price: 4200 }), now()).availableChange).toBe(-2_900_000n);
  });

  it('of an order that crosses takes the prices that stand in the book', () => {
    const result = estimate(draft({ price: 4200 }), now());
    expect(result).toMatchObject({ filled: 200, filledValue: 820_000n, resting: 300, value: 2_080_000n });
    expect(result.availableChange).toBe(-2_080_000n);
  });

  it('of a market order needs what it really spends', () => {
    const market = draft({ price: 10_000, quantity: 200, timeInForce: TimeInForce.IMMEDIATE_OR_CANCEL });
    expect(estimate(market, now()).availableChange).toBe(-820_000n);
  });

  it('cancels the rest of immediate-or-cancel, refuses what fill-or-kill cannot fill', () => {
    const ioc = estimate(draft({ timeInForce: TimeInForce.IMMEDIATE_OR_CANCEL }), now());
    expect(ioc).toMatchObject({ filled: 200, resting: 0, unfilled: 300, refusal: undefined });
    expect(estimate(draft({ timeInForce: TimeInForce.FILL_OR_KILL }), now()).refusal).toBe('cannot-fill');
    expect(estimate(draft({ postOnly: true }), now()).refusal).toBe('post-only');
  });

  it('frees money when it closes a position', () => {
    const result = estimate(draft({ side: Side.SELL, price: 4000, quantity: 300 }), now({ position: 300n }));
    expect(result.availableChange).toBe(1_200_000n);
    expect(result.refusal).toBeUndefined();
  });

  it('passes own orders over: the exchange cancels them', () => {
    const mine = order({ orderId: 2n, side: Side.SELL, price: 4100, quantity: 200 });
    const result = estimate(draft({ price: 4200 }), now({ orders: [mine] }));
    expect(result).toMatchObject({ filled: 0, selfMatched: 1, resting: 500 });
  });

  it('says when the money does not suffice, but never for an order that reduces risk', () => {
    expect(estimate(draft({}), now({ available: 2_000_000n })).refusal).toBe('funds');
    const closing = draft({ side: Side.SELL, price: 4000, quantity: 100 });
    expect(estimate(closing, now({ position: 300n, available: -5n })).refusal).toBeUndefined();
  });
});
