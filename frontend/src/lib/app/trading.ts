// What a trader does, with the message that says what came of it.

import { newClientOrderId } from '$lib/connection/client-order-id';
import { ConversionDirection, type Market } from '$lib/gen/markets_pb';
import { Side, type Order, type OrderPreviewed } from '$lib/gen/orders_pb';
import type { Draft } from '$lib/state/margin';
import { noticeOf, outcomeOf, sideWord, sizeAtPrice } from '$lib/state/words';
import { formatCash, formatQuantityShort, priceDigits } from '$lib/units';
import { alerts } from './alerts.svelte';
import { exchange } from './exchange.svelte';
import { toasts, type Tone } from './toasts.svelte';

const tone = (side: Side): Tone => (side === Side.BUY ? 'buy' : 'sell');
const digitsOf = (market: Market | undefined) => priceDigits(market?.tickSize ?? 1);

/** Rejects with the exchange's sentence: the ticket shows it beside what was typed. */
export async function placeOrder(market: Market, draft: Draft): Promise<void> {
  const value = { ...orderOf(market, draft), clientOrderId: newClientOrderId() };
  const { event } = await exchange.request({ case: 'placeOrder', value });
  if (event.case !== 'orderChanged') return;
  toasts.show(tone(draft.side), market.name, outcomeOf(event.value, digitsOf(market)));
}

/** What the exchange says the order would do; rejects with its sentence if it would refuse it. */
export async function previewOrder(market: Market, draft: Draft): Promise<OrderPreviewed | undefined> {
  const value = { order: orderOf(market, draft) };
  const { event } = await exchange.request({ case: 'previewOrder', value });
  return event.case === 'orderPreviewed' ? event.value : undefined;
}

function orderOf({ marketId }: Market, { price, ...draft }: Draft) {
  return { marketId, ...draft, ...(price === undefined ? {} : { price }) };
}

export async function replaceOrder(order: Order, price: number, quantity: number): Promise<void> {
  const market = exchange.market(order.marketId);
  const value = { orderId: order.orderId, price, quantity };
  const { event } = await exchange.request({ case: 'replaceOrder', value });
  if (event.case !== 'orderChanged') return;
  toasts.show(tone(order.side), `${market?.name ?? ''} – replaced`, outcomeOf(event.value, digitsOf(market)));
}

export async function cancelOrder(order: Order): Promise<void> {
  const market = exchange.market(order.marketId);
  const size = sizeAtPrice(order.remaining, order.price, digitsOf(market));
  try {
    await exchange.request({ case: 'cancelOrder', value: { orderId: order.orderId } });
    toasts.show('done', market?.name ?? '', `${sideWord(order.side)} ${size} cancelled.`);
  } catch (failure) {
    toasts.refused('Not cancelled', failure);
  }
}

/** In one market, or (0) in all; of one side, or of both. */
export async function cancelAll(marketId: bigint, side = Side.UNSPECIFIED): Promise<void> {
  const { event } = await exchange.request({ case: 'cancelOrders', value: { marketId, side } });
  if (event.case !== 'ordersCancelled') return;
  const { count } = event.value;
  const where = marketId === 0n ? 'All markets' : (exchange.market(marketId)?.name ?? '');
  toasts.show('done', where, count === 1 ? '1 order cancelled.' : `${count} orders cancelled.`);
}

/** The account we act as creates baskets from their constituents, or redeems them. */
export async function convertBasket(
  market: Market,
  direction: ConversionDirection,
  quantity: number,
): Promise<void> {
  const value = { marketId: market.marketId, direction, quantity };
  const { event } = await exchange.request({ case: 'convertBasket', value });
  if (event.case !== 'basketConverted') return;
  const verb = direction === ConversionDirection.CREATE ? 'Created' : 'Redeemed';
  const fee = event.value.fee > 0n ? ` Fee ${formatCash(event.value.fee)}.` : '';
  toasts.show('done', market.name, `${verb} ${formatQuantityShort(event.value.quantity)}.${fee}`);
}

export async function exerciseOption(market: Market, quantity: number): Promise<void> {
  const value = { marketId: market.marketId, quantity };
  const { event } = await exchange.request({ case: 'exerciseOption', value });
  if (event.case !== 'optionExercised') return;
  toasts.show('done', market.name, `Exercised ${formatQuantityShort(event.value.quantity)}.`);
}

/** Tells the user what others did to their orders; of fills, also by the ways they chose. */
export function announceFills(): void {
  exchange.onOrderChanged((change, answered) => {
    const { order, fills } = change;
    if (!order || order.accountId !== exchange.accountId) return;
    const market = exchange.market(order.marketId);
    const text = noticeOf(change, digitsOf(market));
    if (fills.length > 0) alerts.fill(order.side, market?.name ?? '', text ?? '');
    if (text && !answered) toasts.show(tone(order.side), market?.name ?? '', text, `order ${order.orderId}`);
  });
}
