// Own orders of one market in the order in which one goes through them, and where they are moved.

import type { Order } from '$lib/gen/orders_pb';

/** As in the ladder: the highest price first, at one price the oldest. */
export function inReach(orders: readonly Order[], marketId: bigint): Order[] {
  return orders
    .filter((order) => order.marketId === marketId)
    .sort((a, b) => b.price - a.price || Number(a.orderId - b.orderId));
}

/** The one after those that are chosen; after the last one the first. */
export function nextOf(orders: readonly Order[], chosen: readonly Order[]): Order | undefined {
  const last = chosen.at(-1)?.orderId;
  const at = orders.findIndex(({ orderId }) => orderId === last);
  return orders[(at + 1) % Math.max(1, orders.length)];
}

/** The price that at least one of them would be moved to; undefined: all of them are there. */
export function movedTo(orders: readonly Order[], price: number | undefined): number | undefined {
  return price !== undefined && orders.some((order) => order.price !== price) ? price : undefined;
}

/**
 * Where labels go that want to stand at some places, from the top down and in order, without lying over each other:
 * each `high`, all within `room`. Nobody's place is changed who has none.
 */
export function stacked(wanted: readonly number[], high: number, room: number): number[] {
  const places: number[] = [];
  for (const place of wanted) places.push(Math.max(place, (places.at(-1) ?? -Infinity) + high));
  let lowest = room - high;
  for (let index = places.length - 1; index >= 0; index -= 1) {
    places[index] = Math.min(places[index]!, lowest);
    lowest = places[index]! - high;
  }
  return places.map((place) => Math.max(0, place));
}
