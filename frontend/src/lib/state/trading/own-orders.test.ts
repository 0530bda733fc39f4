import { create } from '@bufbuild/protobuf';
import { expect, it } from 'vitest';
import { OrderSchema } from '$lib/gen/orders_pb';
import { inReach, movedTo, nextOf, stacked } from './own-orders';

const order = (id: number, price: number, market = 1) =>
  create(OrderSchema, { orderId: BigInt(id), marketId: BigInt(market), price });
const ids = (orders: readonly { orderId: bigint }[]) => orders.map(({ orderId }) => Number(orderId));

const all = [order(1, 4_000), order(2, 6_000), order(3, 4_000), order(4, 5_000, 2)];

it('goes through those of one market from the highest price down', () => {
  expect(ids(inReach(all, 1n))).toEqual([2, 1, 3]);
});

it('goes round, and begins anew where the chosen one is gone', () => {
  const orders = inReach(all, 1n);
  expect(nextOf(orders, [])?.orderId).toBe(2n);
  expect(nextOf(orders, [orders[0]!])?.orderId).toBe(1n);
  expect(nextOf(orders, [orders[2]!])?.orderId).toBe(2n);
  expect(nextOf(orders, [order(9, 1)])?.orderId).toBe(2n);
  expect(nextOf([], [])).toBeUndefined();
});

it('moves nothing that is there already', () => {
  const [high, low] = inReach(all, 1n);
  expect(movedTo([high!], 6_000)).toBeUndefined();
  expect(movedTo([high!, low!], 6_000)).toBe(6_000);
  expect(movedTo([high!], undefined)).toBeUndefined();
  expect(movedTo([], 6_000)).toBeUndefined();
});

it.each([
  [[], []],
  [
    [10, 50],
    [10, 50],
  ],
  [
    [10, 12, 14],
    [10, 30, 50],
  ],
  [
    [-30, 95],
    [0, 80],
  ],
  [
    [70, 95, 99],
    [40, 60, 80],
  ],
])('stacks %j as %j', (wanted, places) => expect(stacked(wanted, 20, 100)).toEqual(places));
