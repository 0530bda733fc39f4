import { create } from '@bufbuild/protobuf';
import { expect, it } from 'vitest';
import { MarketSchema } from '$lib/gen/markets_pb';
import { categoriesOf, groupsOf, matches, pinnedFirst } from './labels';

const market = (marketId: bigint, category: string, group = '', pinned = false) =>
  create(MarketSchema, { marketId, category, group, pinned });
const markets = [
  market(1n, 'Weather', 'Zurich'),
  market(2n, 'Sport', 'Football', true),
  market(3n, ''),
  market(4n, 'Weather', 'Bern'),
];

it('lists labels once, in order, leaving out the empty one', () => {
  expect(categoriesOf(markets)).toEqual(['Sport', 'Weather']);
  expect(groupsOf(markets, 'Weather')).toEqual(['Bern', 'Zurich']);
  expect(groupsOf(markets, '')).toEqual(['Bern', 'Football', 'Zurich']);
});

it('filters by what is chosen, and by nothing if nothing is', () => {
  const ids = (category: string, group: string) =>
    markets.filter((each) => matches(each, { category, group })).map(({ marketId }) => marketId);
  expect(ids('', '')).toEqual([1n, 2n, 3n, 4n]);
  expect(ids('Weather', '')).toEqual([1n, 4n]);
  expect(ids('Weather', 'Bern')).toEqual([4n]);
});

it('puts starred markets first, then pinned ones, and leaves the rest as it was', () => {
  const ids = (starred: bigint) =>
    pinnedFirst(markets, ({ marketId }) => marketId === starred).map(({ marketId }) => marketId);
  expect(ids(0n)).toEqual([2n, 1n, 3n, 4n]);
  expect(ids(4n)).toEqual([4n, 2n, 1n, 3n]);
});
