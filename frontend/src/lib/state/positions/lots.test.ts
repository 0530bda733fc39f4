import { create } from '@bufbuild/protobuf';
import { expect, it } from 'vitest';
import { TradeSchema, type Trade } from '$lib/gen/markets_pb';
import { costOf, lotsCsv, lotsOf, quantityOf } from './lots';

const ME = 1n;
let last = 0n;
/** Bought if it is positive. */
const trade = (quantity: number, price: number): Trade =>
  create(TradeSchema, {
    tradeId: (last += 1n),
    price,
    quantity: Math.abs(quantity),
    buyerAccountId: quantity > 0 ? ME : 2n,
    sellerAccountId: quantity > 0 ? 2n : ME,
  });
const shown = (trades: Trade[], position: number) => {
  const { lots, rest } = lotsOf(trades.toReversed(), ME, BigInt(position));
  return [...lots.map(({ quantity, price }) => [Number(quantity), price]), Number(rest)];
};

it('leaves the newest of what was bought', () => {
  expect(shown([trade(300, 4_000), trade(200, 5_000), trade(-100, 6_000)], 400)).toEqual([
    [200, 5_000],
    [200, 4_000],
    0,
  ]);
  expect(shown([trade(300, 4_000), trade(-300, 5_000)], 0)).toEqual([0]);
});

it('begins anew where the position turned', () => {
  expect(shown([trade(300, 4_000), trade(-500, 5_000), trade(-100, 5_500)], -300)).toEqual([
    [-100, 5_500],
    [-200, 5_000],
    0,
  ]);
});

it('says what the trades do not explain', () => {
  expect(shown([trade(300, 4_000)], 500)).toEqual([[300, 4_000], 200]);
  expect(shown([], -100)).toEqual([-100]);
});

it('adds up', () => {
  const { lots } = lotsOf([trade(200, 5_000), trade(300, 4_000)], ME, 400n);
  expect(quantityOf(lots)).toBe(400n);
  expect(costOf(lots)).toBe(1_800_000n);
});

it('is a file of plain numbers', () => {
  const lot = { tradeId: 7n, timeUs: 1_000_000n, price: 123_450, quantity: -1_200_00n };
  expect(lotsCsv([lot])).toBe(
    '\uFEFFtrade_id,time,quantity,price,cost\r\n7,1970-01-01T00:00:01.000Z,-1200.00,1234.50,-1481400.00\r\n',
  );
});
