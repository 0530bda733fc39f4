import { create } from '@bufbuild/protobuf';
import { describe, expect, it } from 'vitest';
import { BookSnapshotSchema } from '$lib/gen/markets_pb';
import { Side, TimeInForce } from '$lib/gen/orders_pb';
import { mostAffordable, shareOf, worstAcceptable } from './affordable';
import { bookFrom } from '$lib/state/trading/book';
import { estimate, type Draft, type Situation } from './margin';
import { order } from '$lib/state/testing';

const range = { minPrice: 0, maxPrice: 10_000 };
const NONE = { maxOrder: 0, maxPosition: 0 };
const book = bookFrom(
  create(BookSnapshotSchema, {
    bids: [{ orderId: 1n, price: 4000, remaining: 300 }],
    offers: [
      { orderId: 2n, price: 4100, remaining: 200 },
      { orderId: 3n, price: 4300, remaining: 900 },
    ],
  }),
);

const terms = (fields: Partial<Draft> = {}): Omit<Draft, 'quantity'> => ({
  side: Side.BUY,
  price: 4000,
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
  available: 4_000_000n, // 400.00
  book,
  ...fields,
});

describe('what can be afforded', () => {
  it('is as much as the money reaches for, to the hundredth', () => {
    expect(mostAffordable(terms(), now(), NONE)).toBe(1000);
    expect(mostAffordable(terms({ side: Side.SELL, price: 5000 }), now(), NONE)).toBe(800);
    expect(mostAffordable(terms(), now({ available: 0n }), NONE)).toBe(0);
  });

  it('is what the exchange takes, and one hundredth more is not', () => {
    for (const price of [3900, 4100, 4350]) {
      for (const position of [-500n, 0n, 300n]) {
        const most = mostAffordable(terms({ price }), now({ position }), NONE);
        const refusal = (quantity: number) =>
          estimate({ ...terms({ price }), quantity }, now({ position })).refusal;
        expect(refusal(most)).toBeUndefined();
        expect(refusal(most + 1)).toBe('funds');
      }
    }
  });

  it('closes what is held besides', () => {
    expect(mostAffordable(terms({ side: Side.SELL, price: 5000 }), now({ position: 300n }), NONE)).toBe(1400);
  });

  it('is no more than the market allows, with what is open already', () => {
    expect(mostAffordable(terms(), now(), { maxOrder: 500, maxPosition: 0 })).toBe(500);
    const orders = [order({ orderId: 9n, side: Side.BUY, price: 100, quantity: 100 })];
    const limits = { maxOrder: 0, maxPosition: 700 };
    expect(mostAffordable(terms(), now({ position: 200n, orders }), limits)).toBe(400);
    expect(mostAffordable(terms(), now({ position: 900n }), limits)).toBe(0);
  });

  it('is no more than the position with reduce only', () => {
    const reduce = terms({ side: Side.SELL, price: 5000, reduceOnly: true });
    expect(mostAffordable(reduce, now({ position: 67n }), NONE)).toBe(67);
    expect(mostAffordable(reduce, now({ position: -67n }), NONE)).toBe(0);
  });

  it('is no more than the book has when it is to trade at once', () => {
    const atOnce = { price: 10_000, timeInForce: TimeInForce.IMMEDIATE_OR_CANCEL };
    expect(mostAffordable(terms(atOnce), now({ available: 100_000_000n }), NONE)).toBe(1100);
    expect(mostAffordable(terms({ ...atOnce, price: 4100 }), now(), NONE)).toBe(200);
  });
});

it('shares it in whole contracts, where it is one or more', () => {
  expect(shareOf(1000, 25)).toBe(200);
  expect(shareOf(1050, 50)).toBe(500);
  expect(shareOf(150, 50)).toBe(75);
  expect(shareOf(1033, 100)).toBe(1033);
});

describe('the worst price to accept', () => {
  const rules = { ...range, tickSize: 50 };
  const own = (...ids: bigint[]) => {
    const set = new Set(ids);
    return (id: bigint) => set.has(id);
  };

  it('is where the book has the last of it, and two ticks more', () => {
    expect(worstAcceptable(Side.BUY, 200, book, own(), rules)).toBe(4200);
    expect(worstAcceptable(Side.BUY, 201, book, own(), rules)).toBe(4400);
    expect(worstAcceptable(Side.SELL, 100, book, own(), rules)).toBe(3900);
  });

  it('is that of the last there is, where there is too little', () => {
    expect(worstAcceptable(Side.BUY, 5000, book, own(), rules)).toBe(4400);
  });

  it('passes over own orders, and is none where there are no others', () => {
    expect(worstAcceptable(Side.BUY, 200, book, own(2n), rules)).toBe(4400);
    expect(worstAcceptable(Side.SELL, 100, book, own(1n), rules)).toBeUndefined();
  });

  it('stays within the range', () => {
    expect(worstAcceptable(Side.BUY, 100, book, own(), { ...rules, maxPrice: 4150 })).toBe(4150);
  });
});
