import { create } from '@bufbuild/protobuf';
import { describe, expect, it } from 'vitest';
import { PositionSchema, type Position } from '$lib/gen/rooms_pb';
import type { Mark } from './mark';
import { isSpreadLoss, openPosition } from './open-position';

const range = { minPrice: 0, maxPrice: 10_000 };
const at = (price: number, from: Mark['from'] = 'mid'): Mark => ({ price2: price * 2, from });
const position = (quantity: bigint, spent: bigint, openCost = spent, settledProfit = 0n): Position =>
  create(PositionSchema, { quantity, spent, openCost, settledProfit });

describe('an open position', () => {
  it('is nothing where nothing was traded', () => {
    expect(openPosition(range, undefined, at(5000))).toEqual({
      quantity: 0n,
      average: undefined,
      breakEven: undefined,
      realised: 0n,
      unrealised: 0n,
      profit: 0n,
    });
  });

  it('splits the profit into what was closed and what is open', () => {
    // 4 bought at 45, 1 sold at 60: 135 is left of the cost, 120 of what was spent.
    const open = openPosition(range, position(300n, 1_200_000n, 1_350_000n), at(5000));
    expect(open.average).toBe(450_000n);
    expect(open.realised).toBe(150_000n);
    expect(open.unrealised).toBe(150_000n);
    expect(open.profit).toBe(300_000n);
    expect(open.breakEven).toEqual({ at: 400_000n });
  });

  it('has the price that a short position was sold at', () => {
    const open = openPosition(range, position(-200n, -1_200_000n), at(5000));
    expect(open.average).toBe(600_000n);
    expect(open.unrealised).toBe(200_000n);
    expect(open.breakEven).toEqual({ at: 600_000n });
  });

  it('breaks even at no price outside of the range', () => {
    // 0.67 short, with more made before than it can lose: "−48.82" is no price here.
    expect(openPosition(range, position(-67n, -1_200_000n, -300_000n), at(5000)).breakEven).toBe('ahead');
    expect(openPosition(range, position(-67n, 327_094n, -300_000n), at(5000)).breakEven).toBe('behind');
    expect(openPosition(range, position(100n, -1n, 100n), at(5000)).breakEven).toBe('ahead');
    expect(openPosition(range, position(100n, 1_000_001n), at(5000)).breakEven).toBe('behind');
  });

  it('breaks even at the very ends of the range', () => {
    expect(openPosition(range, position(100n, 0n), at(5000)).breakEven).toEqual({ at: 0n });
    expect(openPosition(range, position(100n, 1_000_000n), at(5000)).breakEven).toEqual({ at: 1_000_000n });
  });

  it('is all realised when nothing is open, and when the market has settled', () => {
    expect(openPosition(range, position(0n, -50_000n, 0n), at(5000)).realised).toBe(50_000n);
    expect(openPosition(range, position(0n, 0n, 0n, 70_000n), at(5000)).realised).toBe(70_000n);
  });
});

describe('the loss of the spread', () => {
  const quotes = { bestBid: 4500, bestOffer: 5500 };

  it('is what a position begins with', () => {
    expect(isSpreadLoss(openPosition(range, position(100n, 550_000n), at(5000)), at(5000), quotes)).toBe(
      true,
    );
    expect(isSpreadLoss(openPosition(range, position(-100n, -450_000n), at(5000)), at(5000), quotes)).toBe(
      true,
    );
  });

  it('is not what the market took', () => {
    const moved = { bestBid: 3500, bestOffer: 4500 };
    expect(isSpreadLoss(openPosition(range, position(100n, 550_000n), at(4000)), at(4000), moved)).toBe(
      false,
    );
    const up = { bestBid: 5500, bestOffer: 6500 };
    expect(isSpreadLoss(openPosition(range, position(-100n, -450_000n), at(6000)), at(6000), up)).toBe(false);
  });

  it('is none where there is a profit, or no middle', () => {
    expect(isSpreadLoss(openPosition(range, position(100n, 450_000n), at(5000)), at(5000), quotes)).toBe(
      false,
    );
    const last = at(5000, 'last');
    expect(isSpreadLoss(openPosition(range, position(100n, 550_000n), last), last, {})).toBe(false);
  });
});
