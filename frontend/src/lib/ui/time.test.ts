import { expect, it } from 'vitest';
import { formatSpan } from './time';

it.each([
  [0, '0:00'],
  [59_001, '1:00'],
  [123_000, '2:03'],
  [86_400_000, '24:00:00'],
])('says %i ms as %s', (ms, text) => {
  expect(formatSpan(ms)).toBe(text);
});
