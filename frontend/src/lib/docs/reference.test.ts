import { expect, it } from 'vitest';
import { blocksOf, loadReference, piecesOf, search } from './reference';

const files = await loadReference();
const names = new Set(files.flatMap(({ items }) => items.map(({ name }) => name)));

it('holds what the schema holds, comments included', () => {
  const placeOrder = files.flatMap(({ items }) => items).find(({ name }) => name === 'PlaceOrder');
  expect(placeOrder?.comment).toMatch(/^Places a limit order/);
  expect(placeOrder?.rows.find(({ name }) => name === 'price')).toMatchObject({
    number: 3,
    type: 'optional sint32',
  });
  expect(names.has('Resynchronizing.Reason')).toBe(true);
});

it('finds by all the words, wherever they stand', () => {
  const found = search(files, 'dead man’s'.replace('’', "'")).flatMap(({ items }) => items);
  expect(found.map(({ name }) => name)).toContain('CancelAfter');
  expect(search(files, 'no such words at all')).toEqual([]);
  expect(search(files, '  ')).toHaveLength(files.length);
});

it('links the messages that a comment names, and no ordinary word', () => {
  expect(piecesOf('Answered by OrderChanged. Order it.', names)).toEqual([
    { text: 'Answered by ' },
    { text: 'OrderChanged', ref: 'OrderChanged' },
    { text: '. Order it.' },
  ]);
  expect(piecesOf('Only in JavaScript.', names)).toEqual([{ text: 'Only in JavaScript.' }]);
});

it('keeps the table of units as it is', () => {
  const [units] = blocksOf(files[0]?.intro ?? '').filter(({ preformatted }) => preformatted);
  expect(units?.text).toMatch(/price {6}1\/100/);
});
