// What a trader does, with the message that says what came of it.

import { create } from '@bufbuild/protobuf';
import { newClientOrderId } from '$lib/connection/client-order-id';
import type { Market } from '$lib/gen/markets_pb';
import {
  CancelOrderSchema,
  CancelOrdersSchema,
  PlaceOrderSchema,
  ReplaceOrderSchema,
  Side,
  type Order,
} from '$lib/gen/orders_pb';
import { CreateMarketSchema, SettleMarketSchema } from '$lib/gen/markets_pb';
import type { Draft } from '$lib/state/margin';
import { noticeOf, outcomeOf, sideWord, sizeAtPrice } from '$lib/state/words';
import { formatPrice, priceDigits } from '$lib/units';
import { exchange } from './exchange.svelte';
import { toasts, type Tone } from './toasts.svelte';

const tone = (side: Side): Tone => (side === Side.BUY ? 'buy' : 'sell');
const digitsOf = (market: Market | undefined) => priceDigits(market?.tickSize ?? 1);

/** Rejects with the exchange's sentence: the ticket shows it beside what was typed. */
export async function placeOrder(market: Market, draft: Draft): Promise<void> {
  const value = create(PlaceOrderSchema, {
    marketId: market.marketId,
    ...draft,
    clientOrderId: newClientOrderId(),
  });
  const { event } = await exchange.request({ case: 'placeOrder', value });
  if (event.case !== 'orderChanged') return;
  toasts.show(tone(draft.side), market.name, outcomeOf(event.value, digitsOf(market)));
}

export async function replaceOrder(order: Order, price: number, quantity: number): Promise<void> {
  const market = exchange.market(order.marketId);
  const value = create(ReplaceOrderSchema, { orderId: order.orderId, price, quantity });
  const { event } = await exchange.request({ case: 'replaceOrder', value });
  if (event.case !== 'orderChanged') return;
  toasts.show(tone(order.side), `${market?.name ?? ''} – replaced`, outcomeOf(event.value, digitsOf(market)));
}

export async function cancelOrder(order: Order): Promise<void> {
  const market = exchange.market(order.marketId);
  const size = sizeAtPrice(order.remaining, order.price, digitsOf(market));
  try {
    const value = create(CancelOrderSchema, { orderId: order.orderId });
    await exchange.request({ case: 'cancelOrder', value });
    toasts.show('done', market?.name ?? '', `${sideWord(order.side)} ${size} cancelled.`);
  } catch (failure) {
    toasts.refused('Not cancelled', failure);
  }
}

export async function cancelAll(marketId: bigint): Promise<void> {
  const value = create(CancelOrdersSchema, { marketId });
  const { event } = await exchange.request({ case: 'cancelOrders', value });
  if (event.case !== 'ordersCancelled') return;
  const { count } = event.value;
  const where = marketId === 0n ? 'All markets' : (exchange.market(marketId)?.name ?? '');
  toasts.show('done', where, count === 1 ? '1 order cancelled.' : `${count} orders cancelled.`);
}

export async function settleMarket(market: Market, price: number): Promise<void> {
  const value = create(SettleMarketSchema, { marketId: market.marketId, price });
  await exchange.request({ case: 'settleMarket', value });
  toasts.show(
    'done',
    market.name,
    `Settled at ${formatPrice(price, digitsOf(market))}. Everyone has been paid.`,
  );
}

export interface MarketDraft {
  name: string;
  description: string;
  minPrice: number;
  maxPrice: number;
  tickSize: number;
}

export async function createMarket(draft: MarketDraft): Promise<bigint | undefined> {
  const { event } = await exchange.request({
    case: 'createMarket',
    value: create(CreateMarketSchema, draft),
  });
  if (event.case !== 'marketChanged') return undefined;
  toasts.show('done', draft.name, 'The market is open.');
  return event.value.market?.marketId;
}

/** Tells the user what others did to their orders. */
export function announceFills(): void {
  exchange.onOrderChanged((change, answered) => {
    const { order } = change;
    if (answered || !order || order.accountId !== exchange.accountId) return;
    const market = exchange.market(order.marketId);
    const text = noticeOf(change, digitsOf(market));
    if (text) toasts.show(tone(order.side), market?.name ?? '', text, `order ${order.orderId}`);
  });
}
