import { describe, expect, it } from 'vitest';
import {
  formatCash,
  formatPrice,
  formatQuantityShort,
  parseCash,
  parseHundredths,
  parsePrice,
  parseQuantity,
  parseWhole,
  readingOf,
  stepPrice,
  withOtherSign,
} from './units';

describe('what was typed becomes an integer, exactly', () => {
  // What each means, and how it is shown before it is sent; empty where it is plain.
  it.each([
    ['42', 4200, ''],
    ['42.5', 4250, ''],
    ['0.07', 7, ''],
    ['.5', 50, ''],
    ['5.', 500, ''],
    ['-3.25', -325, ''],
    ['\u22123.25', -325, ''],
    ['4.10', 410, ''],
    ['4.1000', 410, ''],
    ['0.500', 50, ''],
    ['-0', 0, ''],
    ['+7', 700, ''],
    // The decimal comma.
    ['42,5', 4250, '42.50'],
    ['42,50', 4250, '42.50'],
    ['0,5', 50, '0.50'],
    [',5', 50, '0.50'],
    ['5,', 500, '5.00'],
    ['-3,25', -325, '\u22123.25'],
    ['4,1000', 410, '4.10'],
    ['1000,50', 100_050, '1,000.50'],
    // After a zero, or after more than three digits, nothing is a group.
    ['0,500', 50, '0.50'],
    ['0,050', 5, '0.05'],
    ['00,500', 50, '0.50'],
    ['012,500', 1250, '12.50'],
    ['1000,500', 100_050, '1,000.50'],
    ['1000.500', 100_050, ''],
    // Groups, where nothing else can be meant.
    ['1,000.50', 100_050, '1,000.50'],
    ['1.000,50', 100_050, '1,000.50'],
    ['1,000,000', 100_000_000, '1,000,000.00'],
    ['1.000.000', 100_000_000, '1,000,000.00'],
    ['1 000', 100_000, '1,000.00'],
    ['1\u202f000', 100_000, '1,000.00'],
    ['1\u00a0000,5', 100_050, '1,000.50'],
    ["1'000", 100_000, '1,000.00'],
    ['1\u2019000.5', 100_050, '1,000.50'],
    ['1_000', 100_000, '1,000.00'],
    ['-1 000', -100_000, '\u22121,000.00'],
    [' 12 345.6 ', 1_234_560, '12,345.60'],
  ])('%s', (typed, value, shown) => {
    expect(parseHundredths(typed, 'price')).toEqual({ ok: true, value });
    expect(readingOf(typed)).toBe(shown);
  });

  it.each([
    ['1,500', '1500', '1.5', ' or 1.50'],
    ['1.500', '1500', '1.5', ' or 1.50'],
    ['1,000', '1000', '1', ' or 1.00'],
    ['-1,500', '-1500', '-1.5', ' or -1.50'],
    ['12,345', '12345', '12.345', ', or at most two decimals'],
    ['42.123', '42123', '42.123', ', or at most two decimals'],
  ])('%s can be read two ways, and both are said', (typed, large, small, or) => {
    const reason = `\u201c${typed}\u201d can be read as ${large} or as ${small}. Enter ${large}${or}.`;
    expect(parseHundredths(typed, 'price')).toEqual({ ok: false, reason });
    expect(parseQuantity(typed)).toEqual({ ok: false, reason });
    expect(parseCash(typed)).toEqual({ ok: false, reason });
    expect(parseWhole(typed, 'number', 0, 1_000_000)).toEqual({ ok: false, reason });
    expect(readingOf(typed)).toBe('');
  });

  it.each([
    ...['', ' ', '.', ',', '-', 'abc', '3s', '1e5', '1.2.3', '1,2,3', '--1', '1 2', '1,00,000', '1,0000,000'],
    ...[
      '0,000,100',
      '1,000,00',
      '1 000 00',
      '10 00',
      "1'00",
      ',000,000',
      '1,000 000',
      '1,000.000.000',
      '1;5',
    ],
  ])('refuses %j', (typed) => {
    expect(parseHundredths(typed, 'price').ok).toBe(false);
    expect(readingOf(typed)).toBe('');
  });

  it('refuses rather than rounds', () => {
    expect(parseHundredths('42.1234', 'price')).toEqual({
      ok: false,
      reason: 'A price has at most two decimals (0.01).',
    });
  });
});

describe('prices of a market', () => {
  const rules = { minPrice: 0, maxPrice: 10_000, tickSize: 50 };

  it('are within the range and on the tick', () => {
    expect(parsePrice('42.50', rules)).toEqual({ ok: true, value: 4250 });
    expect(parsePrice('42.25', rules)).toEqual({ ok: false, reason: 'The price must be a multiple of 0.5.' });
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

it('counts are whole', () => {
  expect(parseWhole('12', 'number of uses', 1, 1_000_000)).toEqual({ ok: true, value: 12 });
  expect(parseWhole('1,000,000', 'number of uses', 1, 1_000_000)).toEqual({ ok: true, value: 1_000_000 });
  expect(parseWhole('2.0', 'number of uses', 1, 1_000_000)).toEqual({ ok: true, value: 2 });
  expect(parseWhole('-3', 'number', -1_000, 1_000)).toEqual({ ok: true, value: -3 });
  for (const typed of ['0', '1.5', '1000001', '99999999999999999999']) {
    expect(parseWhole(typed, 'number of uses', 1, 1_000_000)).toEqual({
      ok: false,
      reason: 'The number of uses is a whole number, 1 to 1,000,000.',
    });
  }
});

it('turns the sign round, for keyboards without a minus', () => {
  expect(['', '5', '+5', '-5', '\u22125', ' 5'].map(withOtherSign)).toEqual([
    '-',
    '-5',
    '-5',
    '5',
    '5',
    '-5',
  ]);
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
