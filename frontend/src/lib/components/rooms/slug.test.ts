import { expect, it } from 'vitest';
import { slugFrom } from './slug';

it.each([
  ['Class 7b, Monday', 'class-7b-monday'],
  ['  Zürich – Übung  ', 'zurich-ubung'],
  ['!!!', ''],
  ['x'.repeat(39) + ' y', 'x'.repeat(39)],
])('makes an address of “%s”', (name, slug) => {
  expect(slugFrom(name)).toBe(slug);
});
