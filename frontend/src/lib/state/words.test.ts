import { create } from '@bufbuild/protobuf';
import { describe, expect, it } from 'vitest';
import { OrderChangedSchema, OrderReason, OrderStatus, Side } from '$lib/gen/orders_pb';
import { noticeOf, outcomeOf } from './words';

const order = { side: Side.BUY, price: 5_300, quantity: 2_000, remaining: 1_400, filled: 600 };
const changed = (change: Parameters<typeof create<typeof OrderChangedSchema>>[1]) =>
  create(OrderChangedSchema, change);

describe('the answer to an order', () => {
  it('says what was traded and what waits', () => {
    const fills = [{ price: 5_200, quantity: 600 }];
    const live = changed({ order: { ...order, status: OrderStatus.LIVE }, fills });
    expect(outcomeOf(live, 0)).toBe('Bought 6 @ 52.00. The other 14 are waiting at 53.');
    const one = changed({ order: { ...order, remaining: 100, status: OrderStatus.LIVE }, fills });
    expect(outcomeOf(one, 0)).toBe('Bought 6 @ 52.00. The other 1 is waiting at 53.');
    const none = changed({ order: { ...order, filled: 0, remaining: 2_000, status: OrderStatus.LIVE } });
    expect(outcomeOf(none, 0)).toBe('Buy 20 at 53 is in the book.');
  });

  it('says the average price with two decimals', () => {
    const fills = [
      { price: 5_000, quantity: 100 },
      { price: 5_001, quantity: 200 },
    ];
    const filled = { ...order, side: Side.SELL, filled: 300, remaining: 0, status: OrderStatus.FILLED };
    expect(outcomeOf(changed({ order: filled, fills }), 2)).toBe('Sold 3 @ 50.01 · filled');
  });

  it('says that the book held no more', () => {
    const rest = { ...order, status: OrderStatus.CANCELLED, reason: OrderReason.UNFILLED_REST };
    expect(outcomeOf(changed({ order: rest, fills: [{ price: 5_200, quantity: 600 }] }), 0)).toBe(
      'Bought 6 @ 52.00. The other 14 were cancelled: nothing more matched at your price.',
    );
  });

  it('of an order that was there already says all that it traded', () => {
    const value = { ...order, filledValue: 5_200n * 600n, status: OrderStatus.LIVE };
    expect(outcomeOf(changed({ order: value, existing: true }), 0)).toBe(
      'This order was already placed. Bought 6 @ 52.00. The other 14 are waiting at 53.',
    );
  });
});

describe('a notice of a fill', () => {
  it('speaks of this fill, not of all so far', () => {
    const second = { ...order, filled: 2_000, remaining: 0, status: OrderStatus.FILLED };
    expect(noticeOf(changed({ order: second, fills: [{ price: 5_300, quantity: 124 }] }), 0)).toBe(
      'Bought 1.24 @ 53.00 · filled',
    );
    const first = { ...order, status: OrderStatus.LIVE };
    expect(noticeOf(changed({ order: first, fills: [{ price: 5_300, quantity: 600 }] }), 0)).toBe(
      'Bought 6 @ 53.00 · 14 left',
    );
  });

  it('says why an order ended', () => {
    const gone = { ...order, filled: 0, status: OrderStatus.CANCELLED, reason: OrderReason.EXPIRED };
    expect(noticeOf(changed({ order: gone }), 0)).toBe('Buy 20 at 53 cancelled: it expired.');
  });
});
