import { describe, expect, it } from 'vitest';
import { replacementOf, type Typed } from './replacement';
import { order } from '$lib/state/testing';

const rules = { minPrice: 0, maxPrice: 100_00, tickSize: 100 };
const opened = order({ price: 45_00, quantity: 10_00, remaining: 10_00 });
const filled4 = order({ price: 45_00, quantity: 10_00, remaining: 6_00, filled: 4_00 });
const typed = (fields: Partial<Typed>): Typed => ({ price: undefined, quantity: undefined, ...fields });

describe('a fill while the form is open', () => {
  it('does not make the order larger when only the price is changed', () => {
    const { changes, quantity, left, overtaken } = replacementOf(
      filled4,
      opened,
      typed({ price: '46' }),
      rules,
    );
    // The total is not even named: nor can a fill on the way enlarge it.
    expect(changes).toEqual({ price: 46_00 });
    expect([quantity, left]).toEqual([10_00, 6_00]);
    expect(overtaken).toBe('');
  });

  it('leaves the total that was typed, and shows what of it is left', () => {
    const { changes, left } = replacementOf(filled4, opened, typed({ quantity: '8' }), rules);
    expect(changes).toEqual({ quantity: 8_00 });
    expect(left).toBe(4_00);
  });

  it('says so when more is filled than the total that was typed', () => {
    const { changes, problems } = replacementOf(filled4, opened, typed({ quantity: '4' }), rules);
    expect(changes).toBeUndefined();
    expect(problems.quantity).toBe(
      '4 is already filled, so the total must be higher. To remove the rest, cancel the order.',
    );
  });
});

describe('a replacement from elsewhere while the form is open', () => {
  const elsewhere = order({ price: 50_00, quantity: 20_00, remaining: 20_00 });

  it('is followed where nothing was touched', () => {
    expect(replacementOf(elsewhere, opened, typed({}), rules)).toMatchObject({
      changes: {},
      price: 50_00,
      quantity: 20_00,
      overtaken: '',
    });
  });

  it('is said where something was touched, and what was not touched is not sent', () => {
    expect(replacementOf(elsewhere, opened, typed({ price: '46' }), rules)).toMatchObject({
      changes: { price: 46_00 },
      quantity: 20_00,
      overtaken: 'The order has been replaced. It is now 20 at 50.',
    });
  });
});

it('sends nothing when nothing is different', () => {
  expect(replacementOf(opened, opened, typed({ price: '45.0', quantity: '10' }), rules).changes).toEqual({});
});

it.each([
  ['price', '101', 'The price must be between 0 and 100.'],
  ['price', '46.5', 'The price must be a multiple of 1.'],
  ['quantity', '0', 'The quantity must be at least 0.01.'],
  ['quantity', '1,500', '\u201c1,500\u201d can be read as 1500 or as 1.5. Enter 1500 or 1.50.'],
] as const)('a wrong %s is said: %s', (field, text, reason) => {
  const { problems, changes } = replacementOf(opened, opened, typed({ [field]: text }), rules);
  expect(problems[field]).toBe(reason);
  expect(changes).toBeUndefined();
});
