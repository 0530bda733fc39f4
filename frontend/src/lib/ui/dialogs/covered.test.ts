import { expect, it } from 'vitest';
import { coveredBelow } from './covered';

it.each([
  ['no keyboard', 844, { height: 844, offsetTop: 0, scale: 1 }, 0],
  ['a keyboard over the page', 844, { height: 508, offsetTop: 0, scale: 1 }, 336],
  ['the page pushed up under it', 844, { height: 508, offsetTop: 120, scale: 1 }, 216],
  ['a page that shrank for it', 508, { height: 508, offsetTop: 0, scale: 1 }, 0],
  ['zoomed in', 844, { height: 422, offsetTop: 100, scale: 2 }, 0],
  ['bounced beyond the end', 844, { height: 844, offsetTop: 30, scale: 1 }, 0],
])('%s', (_, windowHeight, viewport, covered) => {
  expect(coveredBelow(windowHeight, viewport)).toBe(covered);
});
