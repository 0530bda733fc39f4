import { create } from '@bufbuild/protobuf';
import { describe, expect, it } from 'vitest';
import { BookChangedSchema, BookSnapshotSchema } from '$lib/gen/markets_pb';
import { Side } from '$lib/gen/orders_pb';
import { bookFrom, changeBook, levels, quantityAhead, type Book } from './book';

function book(): Book {
  return bookFrom(
    create(BookSnapshotSchema, {
      marketId: 1n,
      bids: [
        { orderId: 1n, price: 4200, remaining: 500, accountId: 7n },
        { orderId: 2n, price: 4200, remaining: 300, accountId: 8n },
        { orderId: 3n, price: 4100, remaining: 900, accountId: 7n },
      ],
      offers: [{ orderId: 4n, price: 4300, remaining: 200, accountId: 9n }],
    }),
  );
}

function change(to: Book, orderId: bigint, side: Side, price: number, remaining: number): void {
  changeBook(to, create(BookChangedSchema, { marketId: 1n, orderId, side, price, remaining, accountId: 7n }));
}

/** The side as "price: order x remaining, ..." lines, best first. */
function shown(of: Book, side: Side): string[] {
  return levels(of, side).map(
    ({ price, total, orders }) =>
      `${price} (${total}): ` + [...orders.values()].map((o) => `${o.orderId}x${o.remaining}`).join(' '),
  );
}

describe('the book', () => {
  it('takes a snapshot in its order', () => {
    expect(shown(book(), Side.BUY)).toEqual(['4200 (800): 1x500 2x300', '4100 (900): 3x900']);
    expect(shown(book(), Side.SELL)).toEqual(['4300 (200): 4x200']);
  });

  it('puts an unknown order last in line', () => {
    const b = book();
    change(b, 5n, Side.BUY, 4200, 100);
    change(b, 6n, Side.SELL, 4250, 100);
    expect(shown(b, Side.BUY)[0]).toBe('4200 (900): 1x500 2x300 5x100');
    expect(shown(b, Side.SELL)).toEqual(['4250 (100): 6x100', '4300 (200): 4x200']);
  });

  it('keeps the place in line of an order that only shrinks', () => {
    const b = book();
    change(b, 1n, Side.BUY, 4200, 200);
    expect(shown(b, Side.BUY)[0]).toBe('4200 (500): 1x200 2x300');
    change(b, 1n, Side.BUY, 4200, 200);
    expect(shown(b, Side.BUY)[0]).toBe('4200 (500): 1x200 2x300');
  });

  it('sends an order that grows or moves to the end of the line', () => {
    const b = book();
    change(b, 1n, Side.BUY, 4200, 501);
    expect(shown(b, Side.BUY)[0]).toBe('4200 (801): 2x300 1x501');
    change(b, 2n, Side.BUY, 4100, 300);
    expect(shown(b, Side.BUY)).toEqual(['4200 (501): 1x501', '4100 (1200): 3x900 2x300']);
  });

  it('lets orders leave, and their level with the last one', () => {
    const b = book();
    change(b, 1n, Side.BUY, 4200, 0);
    change(b, 2n, Side.BUY, 4200, 0);
    change(b, 99n, Side.BUY, 4200, 0);
    expect(shown(b, Side.BUY)).toEqual(['4100 (900): 3x900']);
    expect(b.orders.size).toBe(2);
  });

  it('knows what stands before an order', () => {
    expect(quantityAhead(book(), 2n)).toBe(500);
    expect(quantityAhead(book(), 1n)).toBe(0);
    expect(quantityAhead(book(), 99n)).toBe(0);
  });
});
