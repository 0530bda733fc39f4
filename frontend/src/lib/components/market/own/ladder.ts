// Own orders in the ladder: all of them at one price are one.

import type { Side } from '$lib/gen/orders_pb';
import { clicked, grab, onOwnKeydown } from './hold';
import type { OwnOrders } from './own-orders.svelte';

/** The price of the row that the pointer is over. */
function rowAt({ clientX, clientY }: PointerEvent): number | undefined {
  const row = document.elementFromPoint(clientX, clientY)?.closest<HTMLElement>('[data-price]');
  return row?.dataset['price'] === undefined ? undefined : Number(row.dataset['price']);
}

export function onLadder(event: Event, own: OwnOrders, side: Side, price: number): void {
  const orders = own.orders.filter((order) => order.side === side && order.price === price);
  if (orders.length === 0) return;
  if (event.type === 'pointerdown') grab(event as PointerEvent, own, orders, rowAt);
  else if (event.type === 'keydown') onOwnKeydown(event as KeyboardEvent, own, orders);
  else clicked(own, orders);
}
