import { expect, it } from 'vitest';
import { Side, TimeInForce } from '$lib/gen/orders_pb';
import { emptyBook } from '$lib/state/trading/book';
import { estimate } from './margin';
import { isYesNo, outcomeOf, outcomeWords } from './outcome';

const yesNo = { minPrice: 0, maxPrice: 10_000, tickSize: 100 };
const frost = { minPrice: -5_000, maxPrice: 2_000, tickSize: 100 };

it('knows a market of yes or no', () => {
  expect(isYesNo(yesNo)).toBe(true);
  expect(isYesNo(frost)).toBe(false);
  expect(isYesNo({ ...yesNo, maxPrice: 100_000 })).toBe(false);
  expect(isYesNo({ ...yesNo, tickSize: 25 })).toBe(false);
});

it('says what an order wins and loses', () => {
  expect(outcomeWords(yesNo, Side.BUY, 100, 420_000n, 2)).toBe(
    'Win 58.00 if yes (100), lose 42.00 if no (0).',
  );
  expect(outcomeWords(yesNo, Side.SELL, 200, 840_000n, 2)).toBe(
    'Win 84.00 if no (0), lose 116.00 if yes (100).',
  );
  expect(outcomeWords(yesNo, Side.BUY, 100, 0n, 0)).toBe('Win 100.00 if yes (100), lose 0.00 if no (0).');
});

it('says it of any range', () => {
  expect(outcomeWords(frost, Side.BUY, 100, -100_000n, 0)).toBe(
    'At best +30.00 (settles at 20), at worst −40.00 (at −50).',
  );
  expect(outcomeWords(frost, Side.SELL, 100, -100_000n, 0)).toBe(
    'At best +40.00 (settles at −50), at worst −30.00 (at 20).',
  );
});

it('loses at most what the margin holds for the order', () => {
  for (const side of [Side.BUY, Side.SELL]) {
    for (const range of [yesNo, frost]) {
      const draft = {
        side,
        price: 1234,
        quantity: 567,
        timeInForce: TimeInForce.GOOD_TILL_CANCELLED,
        postOnly: false,
        reduceOnly: false,
        expiresTimeUs: 0n,
      };
      const now = { range, position: 0n, orders: [], available: 0n, book: emptyBook() };
      const { atRisk, value, resting } = estimate(draft, now);
      const { atMax, atMin } = outcomeOf(range, side, resting, value);
      expect(atMin < atMax ? -atMin : -atMax).toBe(atRisk);
    }
  }
});
