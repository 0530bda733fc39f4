import { describe, expect, it } from 'vitest';
import { drawable, looksOf, styleOf } from './curves';

it('draws one point a second, the last one', () => {
  const points = [
    { timeUs: 1_000_000n, cash: 10_000n },
    { timeUs: 1_900_000n, cash: 25_000n },
    { timeUs: 3_000_000n, cash: -5_000n },
  ];
  expect(drawable(points)).toEqual([
    { time: 1, value: 2.5 },
    { time: 3, value: -0.5 },
  ]);
});

it('gives ten places ten looks', () => {
  const looks = Array.from({ length: 10 }, (_, index) => JSON.stringify(styleOf(index)));
  expect(new Set(looks).size).toBe(10);
});

describe('the looks of accounts', () => {
  it('stay with them whatever their places', () => {
    const before = looksOf([1n, 2n, 3n]);
    expect(looksOf([3n, 1n, 2n], before)).toEqual(before);
    expect(looksOf([3n, 9n, 1n], before).get(3n)).toBe(before.get(3n));
  });

  it('are never alike, even where ids would say so', () => {
    const ids = Array.from({ length: 10 }, (_, index) => BigInt(index) * 10n + 7n);
    expect(new Set(looksOf(ids).values()).size).toBe(10);
  });
});
