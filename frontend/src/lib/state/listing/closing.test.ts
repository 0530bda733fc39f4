import { expect, it } from 'vitest';
import { closingWords } from './closing';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

it.each([
  [2 * HOUR + 5 * MINUTE, 'Closes in 2 h 05 min'],
  [2 * HOUR + 4 * MINUTE + SECOND, 'Closes in 2 h 05 min'],
  [45 * MINUTE, 'Closes in 45 min'],
  [5 * MINUTE + SECOND, 'Closes in 6 min'],
  [5 * MINUTE, 'Closes in 5:00'],
  [4 * MINUTE + 32 * SECOND, 'Closes in 4:32'],
  [900, 'Closes in 0:01'],
  [0, 'Closing now'],
  [-5 * MINUTE, 'Closing now'],
  [HOUR, 'Closes in 1 h 00 min'],
  [24 * HOUR, 'Closes in 1 d 0 h'],
  [75 * HOUR, 'Closes in 3 d 3 h'],
])('says %i ms as %s', (leftMs, words) => {
  expect(closingWords(leftMs)).toBe(words);
});
