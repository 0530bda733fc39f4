// What has become of an order.

import { OrderReason, OrderStatus, type Order } from '$lib/gen/orders_pb';
import { CANCELLED_BECAUSE } from '$lib/state/words';

const ENDED_BECAUSE: Partial<Record<OrderReason, string>> = {
  ...CANCELLED_BECAUSE,
  [OrderReason.REQUESTED]: 'you or another trader of your account cancelled it',
  [OrderReason.UNFILLED_REST]: 'nothing more matched at its price',
  [OrderReason.MARKET_SETTLED]: 'the market settled',
  [OrderReason.DISCONNECTED]: 'the connection that placed it ended',
  [OrderReason.ROOM_ARCHIVED]: 'the room was archived',
  [OrderReason.NO_TRADER]: 'the account has no trader any more',
};

/** What has become of an order, in a word, and why it ended; why is empty where the word says it. */
export function fateOf({ status, reason }: Order): { word: string; why: string } {
  if (status === OrderStatus.LIVE) return { word: 'Open', why: '' };
  if (status === OrderStatus.FILLED) return { word: 'Filled', why: '' };
  const why = ENDED_BECAUSE[reason];
  return { word: 'Cancelled', why: why ? `Cancelled: ${why}.` : '' };
}
