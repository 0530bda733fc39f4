import { expect, it } from 'vitest';
import { drawable, styleOf } from './curves';

it('draws one point a second, the last one', () => {
  const points = [
    { timeUs: 1_000_000n, cash: 10_000n },
    { timeUs: 1_900_000n, cash: 25_000n },
    { timeUs: 3_000_000n, cash: -5_000n },
  ];
  expect(drawable(points, 0)).toEqual([
    { time: 1, value: 2.5 },
    { time: 3, value: -0.5 },
  ]);
});

it('gives ten places ten looks', () => {
  const looks = Array.from({ length: 10 }, (_, index) => JSON.stringify(styleOf(index)));
  expect(new Set(looks).size).toBe(10);
});
