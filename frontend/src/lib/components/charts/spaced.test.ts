import { expect, it } from 'vitest';
import { spaced } from './spaced';

it.each([
  [[], []],
  [
    [0, 10, 44, 50, 88],
    [0, 2, 4],
  ],
  [
    [undefined, 5, undefined, 60],
    [1, 3],
  ],
])('of %j chooses %j', (places, chosen) => expect(spaced(places, 44)).toEqual(chosen));

it('leaves out what is wider than the room that is left', () => {
  expect(spaced([0, 20, 40], [10, 30, 10])).toEqual([0, 1, 2]);
  expect(spaced([0, 20, 40], [20, 30, 10])).toEqual([0, 2]);
});
