import { create } from '@bufbuild/protobuf';
import { expect, it } from 'vitest';
import { MarketSchema, MarketStatus, OptionKind, TickerChangedSchema } from '$lib/gen/markets_pb';
import { PositionSchema } from '$lib/gen/rooms_pb';
import { markOf, profitOf, valueAt } from './mark';

const market = create(MarketSchema, {
  marketId: 1n,
  minPrice: 0,
  maxPrice: 10_000,
  status: MarketStatus.OPEN,
});
const ticker = (fields: { bestBid?: number; bestOffer?: number; lastPrice?: number }) => ({
  market: (id: bigint) => (id === 1n ? market : undefined),
  ticker: (id: bigint) => (id === 1n ? create(TickerChangedSchema, fields) : undefined),
});

it('marks at settlement, else mid, else last, else the middle of the range', () => {
  const settled = create(MarketSchema, { ...market, status: MarketStatus.SETTLED, settlementPrice: 100 });
  expect(markOf(settled, ticker({ lastPrice: 5 }))).toEqual({ price2: 200, from: 'settlement' });
  expect(markOf(market, ticker({ bestBid: 4000, bestOffer: 4101, lastPrice: 5 }))).toEqual({
    price2: 8101,
    from: 'mid',
  });
  expect(markOf(market, ticker({ bestBid: 4000, lastPrice: 4050 }))).toEqual({ price2: 8100, from: 'last' });
  expect(markOf(market, ticker({}))).toEqual({ price2: 10_000, from: 'range' });
  // A trade from before the range was mended.
  expect(markOf(market, ticker({ lastPrice: 10_001 }))).toEqual({ price2: 10_000, from: 'range' });
});

it('marks what derives from others by their marks', () => {
  const basket = create(MarketSchema, {
    marketId: 2n,
    derivedFrom: { case: 'basket', value: { constituents: [{ marketId: 1n, multiplier: -2 }] } },
  });
  expect(markOf(basket, ticker({ bestBid: 4000, bestOffer: 4101 }))).toEqual({
    price2: -16_202,
    from: 'basket',
  });
  const call = create(MarketSchema, {
    marketId: 3n,
    derivedFrom: {
      case: 'option',
      value: { underlyingMarketId: 1n, kind: OptionKind.CALL, strike: 4000 },
    },
  });
  expect(markOf(call, ticker({ bestBid: 4000, bestOffer: 4101 }))).toEqual({ price2: 100, from: 'option' });
});

it('reckons profit as value less spent, with what settlement brought', () => {
  const mark = markOf(market, ticker({ bestBid: 4000, bestOffer: 4101 }));
  expect(valueAt(mark, 200n)).toBe(810_100n);
  const position = create(PositionSchema, { quantity: 200n, spent: 800_000n, settledProfit: 5n });
  expect(profitOf(position, mark)).toBe(10_105n);
});
