import { create } from '@bufbuild/protobuf';
import { describe, expect, it } from 'vitest';
import { MarketSchema, OptionKind, OptionSchema, OptionStyle } from '$lib/gen/markets_pb';
import { basketRange, derivesFrom, intrinsic, optionRange, optionWords } from './derived';

describe('options', () => {
  it('are worth what exercising them would bring, and never less than nothing', () => {
    expect(intrinsic(OptionKind.CALL, 6000, 7500)).toBe(1500);
    expect(intrinsic(OptionKind.CALL, 6000, 5000)).toBe(0);
    expect(intrinsic(OptionKind.PUT, 6000, 5000)).toBe(1000);
  });

  it('range over what their underlying can settle at', () => {
    const underlying = { minPrice: 0, maxPrice: 10_000 };
    expect(optionRange({ kind: OptionKind.CALL, strike: 6000 }, underlying)).toEqual({
      minPrice: 0,
      maxPrice: 4000,
    });
    expect(optionRange({ kind: OptionKind.PUT, strike: 6000 }, underlying)).toEqual({
      minPrice: 0,
      maxPrice: 6000,
    });
  });

  it('are called by style, kind and strike', () => {
    const option = create(OptionSchema, { kind: OptionKind.PUT, style: OptionStyle.AMERICAN, strike: 6000 });
    expect(optionWords(option, undefined)).toBe('American put at 60.00');
  });
});

describe('baskets', () => {
  it('range over the sum of their parts, a negative part upside down', () => {
    const range = { minPrice: 1000, maxPrice: 5000 };
    expect(
      basketRange([
        { multiplier: 2, range },
        { multiplier: -1, range },
      ]),
    ).toEqual({ minPrice: -3000, maxPrice: 9000 });
  });
});

it('knows what follows from what', () => {
  const basket = create(MarketSchema, {
    derivedFrom: { case: 'basket', value: { constituents: [{ marketId: 4n, multiplier: 1 }] } },
  });
  expect(derivesFrom(basket, 4n)).toBe(true);
  expect(derivesFrom(basket, 5n)).toBe(false);
  expect(derivesFrom(create(MarketSchema), 4n)).toBe(false);
});
