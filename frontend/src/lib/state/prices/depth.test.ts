import { describe, expect, it } from 'vitest';
import { Side } from '$lib/gen/orders_pb';
import { changeBook, emptyBook, type Book } from '$lib/state/trading/book';
import { depthAt, depthOf, ticks } from './depth';
import { create } from '@bufbuild/protobuf';
import { BookChangedSchema } from '$lib/gen/markets_pb';

function bookOf(...orders: [Side, number, number][]): Book {
  const book = emptyBook();
  orders.forEach(([side, price, remaining], index) =>
    changeBook(book, create(BookChangedSchema, { orderId: BigInt(index + 1), side, price, remaining })),
  );
  return book;
}

const range = { minPrice: 0, maxPrice: 10_000 };

describe('depth', () => {
  it('adds up from the best price outwards', () => {
    const depth = depthOf(
      bookOf([Side.BUY, 4_000, 100], [Side.BUY, 3_900, 200], [Side.SELL, 4_100, 50], [Side.SELL, 4_300, 500]),
      range,
    )!;
    expect(depth.bids).toEqual([
      { price: 4_000, depth: 100 },
      { price: 3_900, depth: 300 },
    ]);
    expect(depthAt(depth, 3_950)).toEqual({ side: Side.BUY, depth: 100 });
    expect(depthAt(depth, 4_050)).toBeUndefined();
    expect(depthAt(depth, 4_300)).toEqual({ side: Side.SELL, depth: 550 });
    expect(depth.from).toBeLessThanOrEqual(3_900);
    expect(depth.to).toBeGreaterThanOrEqual(4_300);
    expect(depth.most).toBe(550);
  });

  it('leaves a far-off order out, and never leaves the range', () => {
    const depth = depthOf(
      bookOf([Side.BUY, 5_000, 1_000], [Side.SELL, 5_100, 1_000], [Side.SELL, 9_900, 1]),
      {
        minPrice: 5_000,
        maxPrice: 10_000,
      },
    )!;
    expect(depth.to).toBeLessThan(5_200);
    expect(depth.from).toBe(5_000);
  });

  it('is nothing for an empty book', () => expect(depthOf(emptyBook(), range)).toBeUndefined());
});

describe('ticks', () => {
  it('are round and within the bounds', () => {
    expect(ticks(3_912, 4_288, 5)).toEqual([4_000, 4_100, 4_200]);
    expect(ticks(0, 3, 6)).toEqual([0, 1, 2, 3]);
    expect(ticks(5, 5, 4)).toEqual([]);
  });
});
