import { describe, expect, it } from 'vitest';
import {
  formatCash,
  formatPrice,
  formatQuantityShort,
  parseCash,
  parseHundredths,
  parsePrice,
  parseQuantity,
  stepPrice,
} from './units';

describe('what was typed becomes an integer, exactly', () => {
  it.each([
    ['42', 4200],
    ['42.5', 4250],
    ['42,5', 4250],
    ['0.07', 7],
    ['.5', 50],
    ['5.', 500],
    ['-3.25', -325],
    ['\u22123.25', -325],
    ['1,000', 100_000],
    ['1,000.50', 100_050],
    ["1'000", 100_000],
    [' 12 345.6 ', 1_234_560],
    ['4.10', 410],
    ['4.1000', 410],
    ['-0', 0],
  ])('%s', (typed, value) => {
    expect(parseHundredths(typed, 'price')).toEqual({ ok: true, value });
  });

  it.each(['', 'abc', '1.2.3', '--1', '.', '1e5', '1,2,3'])('refuses %j', (typed) => {
    expect(parseHundredths(typed, 'price').ok).toBe(false);
  });

  it('refuses rather than rounds', () => {
    expect(parseHundredths('42.123', 'price')).toEqual({
      ok: false,
      reason: 'A price has at most two decimals (0.01).',
    });
  });
});

describe('prices of a market', () => {
  const rules = { minPrice: 0, maxPrice: 10_000, tickSize: 50 };

  it('are within the range and on the tick', () => {
    expect(parsePrice('42.50', rules)).toEqual({ ok: true, value: 4250 });
    expect(parsePrice('42.25', rules)).toEqual({ ok: false, reason: 'Prices here go in steps of 0.5.' });
    expect(parsePrice('100.5', rules)).toEqual({
      ok: false,
      reason: 'The price must be between 0.0 and 100.0.',
    });
  });

  it('step by ticks and stop at the ends', () => {
    expect(stepPrice(4250, 1, rules)).toBe(4300);
    expect(stepPrice(4260, 1, rules)).toBe(4300);
    expect(stepPrice(4260, -1, rules)).toBe(4250);
    expect(stepPrice(10_000, 1, rules)).toBe(10_000);
    expect(stepPrice(-120, -1, { minPrice: -170, maxPrice: 0, tickSize: 50 })).toBe(-150);
  });
});

it('quantities have limits', () => {
  expect(parseQuantity('0').ok).toBe(false);
  expect(parseQuantity('1,000,000')).toEqual({ ok: true, value: 100_000_000 });
  expect(parseQuantity('1,000,000.01').ok).toBe(false);
});

it('takes sums of money to the cent', () => {
  expect(parseCash('1,000.50')).toEqual({ ok: true, value: 10_005_000n });
  expect(parseCash('0.005')).toMatchObject({ ok: false, reason: 'A sum has at most two decimals (0.01).' });
});

describe('formatting', () => {
  it('groups, pads, and shows the sign', () => {
    expect(formatPrice(4250)).toBe('42.50');
    expect(formatPrice(4200, 0)).toBe('42');
    expect(formatPrice(4250, 0)).toBe('42.5');
    expect(formatPrice(-5)).toBe('\u22120.05');
    expect(formatQuantityShort(500)).toBe('5');
    expect(formatQuantityShort(-550n, 'always')).toBe('\u22125.50');
  });

  it('never rounds cash away', () => {
    expect(formatCash(12_345_678_900n)).toBe('1,234,567.89');
    expect(formatCash(1n)).toBe('0.0001');
    expect(formatCash(5_000n, 'always')).toBe('+0.50');
    expect(formatCash(0n, 'always')).toBe('0.00');
    expect(formatCash(-9_223_372_036_854_775_808n)).toBe('\u2212922,337,203,685,477.5808');
  });
});
