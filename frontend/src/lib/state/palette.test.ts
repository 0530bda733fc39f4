import { expect, it } from 'vitest';
import { found } from './palette';

const all = [
  { text: 'Go to Markets', also: 'page' },
  { text: 'Snow in March' },
  { text: 'Rain' },
  { text: 'Training' },
  { text: 'Dark theme', also: 'night' },
];
const names = (typed: string, most = 9) => found(all, typed, most).map(({ text }) => text);

it.each([
  ['', ['Go to Markets', 'Snow in March', 'Rain', 'Training', 'Dark theme']],
  ['rain', ['Rain', 'Training']],
  ['mar', ['Go to Markets', 'Snow in March']],
  ['mar sn', ['Snow in March']],
  ['NIGHT', ['Dark theme']],
  ['page', ['Go to Markets']],
  ['fog', []],
])('finds by “%s” %j', (typed, expected) => expect(names(typed)).toEqual(expected));

it('finds no more than there is room for', () => expect(names('', 2)).toHaveLength(2));
