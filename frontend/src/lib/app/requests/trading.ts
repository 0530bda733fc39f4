// What a trader does, with the message that says what came of it.

import { newClientOrderId } from '$lib/connection/client-order-id';
import { Unanswered } from '$lib/connection/failures';
import { ConversionDirection, type Market } from '$lib/gen/markets_pb';
import { Side, type Order, type OrderPreviewed } from '$lib/gen/orders_pb';
import { cautionOf } from '$lib/state/trading/caution';
import { isAtOnce, type Draft, type Estimate } from '$lib/state/positions/margin';
import { Placing, termsOf } from '$lib/state/trading/placing';
import { noticeOf, outcomeOf, sideWord, sizeAtPrice } from '$lib/state/words';
import { formatMoney, formatQuantityShort, priceDigits } from '$lib/units';
import { desk } from '$lib/app/page/desk.svelte';
import { exchange } from '$lib/app/exchange.svelte';
import { toasts, type Tone } from '$lib/app/alerts/toasts.svelte';

const tone = (side: Side): Tone => (side === Side.BUY ? 'buy' : 'sell');
const digitsOf = (market: Market | undefined) => priceDigits(market?.tickSize ?? 1);

const placing = new Placing(newClientOrderId);

const termsOfDraft = (market: Market, draft: Draft): string =>
  termsOf(orderOf(market, draft), `${exchange.user?.userId ?? 0n} ${exchange.accountId}`);

/** What to ask before this order is sent: why it may be a slip, or what the trader wants to be asked. */
export function doubtsAbout(
  market: Market,
  draft: Draft,
  expected: Estimate | undefined,
): string | undefined {
  return slipIn(market, draft, expected) ?? (desk.asks ? ASKED : undefined);
}

/** To whoever wants to be asked, where nothing speaks against it. */
export const ASKED =
  'You chose to be asked before orders and cancels. You can change that in the menu at the top right.';

function slipIn(market: Market, draft: Draft, expected: Estimate | undefined): string | undefined {
  if (placing.isRepeat(termsOfDraft(market, draft), performance.now())) {
    return 'You placed the same order less than a second ago. This places it again.';
  }
  const { side, price } = draft;
  const quotes = exchange.ticker(market.marketId) ?? {};
  if (!isAtOnce(draft)) return cautionOf({ side, price }, quotes, market);
  if (!expected || expected.filled === 0) return undefined;
  const average = Number(expected.filledValue) / expected.filled;
  return cautionOf({ side, price: average, isAverage: true }, quotes, market);
}

/** Rejects with the exchange's sentence: the ticket shows it beside what was typed. */
export async function placeOrder(market: Market, draft: Draft): Promise<void> {
  const terms = termsOfDraft(market, draft);
  const clientOrderId = placing.idFor(terms);
  const value = { ...orderOf(market, draft), clientOrderId };
  try {
    const { event } = await exchange.request({ case: 'placeOrder', value });
    placing.accepted(terms, performance.now());
    if (event.case !== 'orderChanged') return;
    toasts.show(tone(draft.side), market.name, outcomeOf(event.value, digitsOf(market)));
  } catch (failure) {
    if (failure instanceof Unanswered) placing.unanswered(terms, clientOrderId);
    else placing.refused(terms);
    throw failure;
  }
}

/** What the exchange says the order would do; rejects with its sentence if it would refuse it. */
export async function previewOrder(market: Market, draft: Draft): Promise<OrderPreviewed | undefined> {
  const value = { order: orderOf(market, draft) };
  const { event } = await exchange.request({ case: 'previewOrder', value });
  return event.case === 'orderPreviewed' ? event.value : undefined;
}

function orderOf({ marketId }: Market, draft: Draft) {
  return { marketId, ...draft };
}

/** Only what is named changes; the quantity is the whole order's, with what is filled. */
export async function replaceOrder(
  order: Order,
  changes: { price?: number; quantity?: number },
): Promise<void> {
  const market = exchange.market(order.marketId);
  const value = { orderId: order.orderId, ...changes };
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
  const fee = event.value.fee > 0n ? ` Fee ${formatMoney(event.value.fee)}.` : '';
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
    if (fills.length > 0) void tellByEar(order.side, market?.name ?? '', text ?? '');
    if (text && !answered) toasts.show(tone(order.side), market?.name ?? '', text);
  });
}

/** Few want it, so its code comes with the first fill. Where it can't be fetched, the layout says so. */
async function tellByEar(side: Side, market: string, text: string): Promise<void> {
  const { alerts } = (await import('$lib/app/alerts/alerts.svelte').catch(() => undefined)) ?? {};
  alerts?.fill(side, market, text);
}
