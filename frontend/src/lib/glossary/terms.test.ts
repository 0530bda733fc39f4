import { expect, it } from 'vitest';
import { TERMS } from './terms';

it('explains each word in one or two plain sentences', () => {
  for (const { name, text } of Object.values(TERMS)) {
    expect(text, name).toMatch(/^[A-Z].*\.$/);
    expect(text.match(/\.( |$)/g)!.length, name).toBeLessThanOrEqual(3);
    expect(text.length, name).toBeLessThan(190);
  }
});

it('has them by the alphabet', () => {
  const names = Object.values(TERMS).map(({ name }) => name);
  expect(names).toEqual(names.toSorted((a, b) => a.localeCompare(b, 'en')));
});
