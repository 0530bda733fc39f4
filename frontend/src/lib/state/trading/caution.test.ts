import { describe, expect, it } from 'vitest';
import { Side } from '$lib/gen/orders_pb';
import { cautionOf, isFarThrough } from './caution';

const percent = { minPrice: 0, maxPrice: 100_00, tickSize: 1 };
const wide = { minPrice: 0, maxPrice: 1_000_000_00, tickSize: 1 };
const below = { minPrice: -100_00, maxPrice: 100_00, tickSize: 100 };

describe('an order far through the market asks first', () => {
  it.each([
    ['buy at 99, offer 30', Side.BUY, 99_00, { bestOffer: 30_00 }, percent, true],
    ['sell at 1, bid 70', Side.SELL, 1_00, { bestBid: 70_00 }, percent, true],
    ['ten times the offer in a wide range', Side.BUY, 1000_00, { bestOffer: 100_00 }, wide, true],
    ['a hundredth of the bid in a wide range', Side.SELL, 1_00, { bestBid: 100_00 }, wide, true],
    ['below zero', Side.BUY, 20_00, { bestOffer: -50_00 }, below, true],
    ['at the offer', Side.BUY, 30_00, { bestOffer: 30_00 }, percent, false],
    ['a little through', Side.BUY, 35_00, { bestOffer: 30_00 }, percent, false],
    ['a few ticks through a tiny price', Side.BUY, 10, { bestOffer: 2 }, percent, false],
    ['in the book', Side.BUY, 1_00, { bestOffer: 30_00 }, percent, false],
    ['above the bid', Side.SELL, 99_00, { bestBid: 30_00 }, percent, false],
    ['nobody on the other side', Side.BUY, 99_00, { bestBid: 1_00 }, percent, false],
  ])('%s', (_, side, price, quotes, rules, far) => {
    expect(isFarThrough({ side, price }, quotes, rules)).toBe(far);
    expect(cautionOf({ side, price }, quotes, rules) !== undefined).toBe(far);
  });

  it('with the numbers', () => {
    expect(cautionOf({ side: Side.BUY, price: 99_00 }, { bestOffer: 30_00 }, percent)).toBe(
      'The best offer is 30.00. Your price of 99.00 is 69.00 above it.',
    );
    expect(
      cautionOf({ side: Side.SELL, price: 20_00 }, { bestBid: 50_00 }, { ...percent, tickSize: 100 }),
    ).toBe('The best bid is 50. Your price of 20 is 30 below it.');
    expect(
      cautionOf({ side: Side.BUY, price: 61_66.7, isAverage: true }, { bestOffer: 30_00 }, percent),
    ).toBe('The best offer is 30.00. The order would trade at about 61.67 on average, 31.67 above it.');
  });
});
