import { expect, it } from 'vitest';
import { alertWords, conditionWords, isReached, wayTo } from './price-alerts';

const rules = { minPrice: 0, maxPrice: 10_000, tickSize: 25 };
const above = { market: '1', above: true, price: 6_000 };
const below = { market: '1', above: false, price: 4_000 };

it.each([
  [above, undefined, false],
  [above, 5_999, false],
  [above, 6_000, true],
  [above, 7_000, true],
  [below, 4_001, false],
  [below, 4_000, true],
  [below, 0, true],
])('%j is reached by %s: %s', (alert, last, reached) => expect(isReached(alert, last)).toBe(reached));

it('says what was waited for, and what came', () => {
  expect(conditionWords(below, rules)).toBe('at or below 40.00');
  expect(alertWords(above, 6_125, rules)).toBe('The last price is 61.25, at or above 60.00.');
});

it('knows which way it is', () => {
  expect(wayTo(6_000, 5_000)).toBe(true);
  expect(wayTo(4_000, 5_000)).toBe(false);
  expect(wayTo(5_000, 5_000)).toBeUndefined();
  expect(wayTo(5_000, undefined)).toBe(true);
});
