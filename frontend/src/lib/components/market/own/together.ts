// Several own orders at one price, cancelled or moved in one command.

import { exchange } from '$lib/app/exchange.svelte';
import { toasts } from '$lib/app/alerts/toasts.svelte';
import type { MessageInitShape } from '@bufbuild/protobuf';
import type { BatchItemSchema, Order } from '$lib/gen/orders_pb';
import { formatPrice, priceDigits } from '$lib/units';

type Item = MessageInitShape<typeof BatchItemSchema>;

export function cancelTogether(orders: readonly Order[]): Promise<void> {
  const items = orders.map(({ orderId }): Item => ({ request: { case: 'cancel', value: { orderId } } }));
  return send(orders, items, 'cancelled');
}

export function moveTogether(orders: readonly Order[], price: number): Promise<void> {
  const items = orders.map(({ orderId }): Item => ({
    request: { case: 'replace', value: { orderId, price } },
  }));
  const digits = priceDigits(exchange.market(orders[0]?.marketId ?? 0n)?.tickSize ?? 1);
  return send(orders, items, `moved to ${formatPrice(price, digits)}`);
}

/** Rejects with the exchange's sentence if there was one order that it refused. */
async function send(orders: readonly Order[], items: Item[], done: string): Promise<void> {
  const { event } = await exchange.request({ case: 'orderBatch', value: { items } });
  if (event.case !== 'batchApplied') return;
  const failed = event.value.results.flatMap(({ result }) => (result.case === 'failed' ? result.value : []));
  const name = exchange.market(orders[0]?.marketId ?? 0n)?.name ?? '';
  const count = items.length - failed.length;
  if (count > 0) toasts.show('done', name, `${count === 1 ? '1 order' : `${count} orders`} ${done}.`);
  if (failed[0]) throw new Error(failed[0].message);
}
