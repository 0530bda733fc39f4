import { create } from '@bufbuild/protobuf';
import { expect, it } from 'vitest';
import { MarketSchema, MarketStatus, TickerChangedSchema, type Market } from '$lib/gen/markets_pb';
import { listed, nextSorting, NO_CHOICE, type Facts, type ListChoice } from './market-list';

const NONE: Facts = { position: 0n, profit: undefined, orders: 0, starred: false };
const market = (id: number, name: string, more: Partial<Market> = {}) =>
  create(MarketSchema, { marketId: BigInt(id), name, status: MarketStatus.OPEN, ...more } as never);

const rain = market(1, 'Rain', { category: 'Weather' });
const snow = market(2, 'Snow', { category: 'Weather', pinned: true });
const derby = market(3, 'Derby', { status: MarketStatus.HALTED });
const exam = market(4, 'Exam', { status: MarketStatus.SETTLED, description: 'The score' });
const all = [rain, snow, derby, exam];

const facts = new Map<Market, Facts>([
  [
    rain,
    {
      ...NONE,
      position: 500n,
      profit: -3n,
      ticker: create(TickerChangedSchema, { lastPrice: 40, volume24h: 9n }),
    },
  ],
  [derby, { ...NONE, orders: 2, starred: true, ticker: create(TickerChangedSchema, { bestBid: 70 }) }],
  [exam, { ...NONE, profit: 8n }],
]);
const names = (choice: Partial<ListChoice>, ...words: string[]) =>
  listed(all, { ...NO_CHOICE, ...choice }, words, (each) => facts.get(each) ?? NONE).map(({ name }) => name);

it('puts the starred ones first, then the pinned ones', () => {
  expect(names({})).toEqual(['Derby', 'Snow', 'Rain', 'Exam']);
});

it.each<[Partial<ListChoice>, string[]]>([
  [{ stage: 'open' }, ['Snow', 'Rain']],
  [{ stage: 'stopped' }, ['Derby']],
  [{ stage: 'settled' }, ['Exam']],
  [{ mine: 'position' }, ['Rain']],
  [{ mine: 'orders' }, ['Derby']],
  [{ mine: 'starred' }, ['Derby']],
  [{ category: 'Weather', mine: 'position' }, ['Rain']],
  [{ category: 'Weather', mine: 'orders' }, []],
])('shows by %j only %j', (choice, expected) => expect(names(choice)).toEqual(expected));

it('finds all words, wherever they stand', () => {
  expect(names({}, 'weather', 'sn')).toEqual(['Snow']);
  expect(names({}, 'score')).toEqual(['Exam']);
});

it.each<[ListChoice['sorting'], string[]]>([
  [{ by: 'name', down: false }, ['Derby', 'Exam', 'Rain', 'Snow']],
  [{ by: 'profit', down: true }, ['Exam', 'Rain', 'Derby', 'Snow']],
  [{ by: 'profit', down: false }, ['Rain', 'Exam', 'Derby', 'Snow']],
  [{ by: 'bid', down: true }, ['Derby', 'Snow', 'Rain', 'Exam']],
  [{ by: 'volume', down: false }, ['Rain', 'Derby', 'Snow', 'Exam']],
])('sorts by %j, what is missing last', (sorting, expected) => expect(names({ sorting })).toEqual(expected));

it('goes round with each press', () => {
  const first = nextSorting(undefined, 'last');
  expect(first).toEqual({ by: 'last', down: true });
  expect(nextSorting(first, 'last')).toEqual({ by: 'last', down: false });
  expect(nextSorting({ by: 'last', down: false }, 'last')).toBeUndefined();
  expect(nextSorting(first, 'name')).toEqual({ by: 'name', down: false });
});
