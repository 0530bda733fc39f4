import { describe, expect, it } from 'vitest';
import { Placing, termsOf } from './placing';

function placing(): Placing {
  let made = 0;
  return new Placing(() => `id ${++made}`);
}

const order = { marketId: 1n, price: 4500, quantity: 100, reduceOnly: false };

describe('one press, one order', () => {
  it('the same order is a repetition for a second, another is not', () => {
    const orders = placing();
    const terms = termsOf(order, '7 70');
    expect(orders.isRepeat(terms, 0)).toBe(false);
    orders.accepted(terms, 5_000);
    expect(orders.isRepeat(terms, 5_999)).toBe(true);
    expect(orders.isRepeat(terms, 6_000)).toBe(false);
    expect(orders.isRepeat(termsOf({ ...order, quantity: 101 }, '7 70'), 5_001)).toBe(false);
    expect(orders.isRepeat(termsOf(order, '7 71'), 5_001)).toBe(false);
  });

  it('terms are the same in whatever order they stand', () => {
    const { marketId, ...others } = order;
    expect(termsOf({ ...others, marketId }, '7 70')).toBe(termsOf(order, '7 70'));
  });

  it('an order whose answer never came goes out under the same id, with the same terms only', () => {
    const orders = placing();
    const terms = termsOf(order, '7 70');
    const other = termsOf({ ...order, price: 4600 }, '7 70');
    const id = orders.idFor(terms);
    orders.unanswered(terms, id);
    expect(orders.idFor(terms)).toBe(id);
    expect(orders.idFor(other)).not.toBe(id);
    expect(orders.idFor(termsOf(order, '7 71'))).not.toBe(id);
    orders.accepted(terms, 0);
    expect(orders.idFor(terms)).not.toBe(id);
  });

  it('a refused order is forgotten', () => {
    const orders = placing();
    const terms = termsOf(order, '7 70');
    const id = orders.idFor(terms);
    orders.unanswered(terms, id);
    orders.refused(terms);
    expect(orders.idFor(terms)).not.toBe(id);
    expect(orders.isRepeat(terms, 0)).toBe(false);
  });
});
