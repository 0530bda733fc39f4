// What happened, in a sentence with its numbers.

import { MarketStatus } from '$lib/gen/markets_pb';
import { TransferKind } from '$lib/gen/money_pb';
import {
  OrderReason,
  OrderStatus,
  Side,
  TimeInForce,
  type Fill,
  type Order,
  type OrderChanged,
} from '$lib/gen/orders_pb';
import { AccountRole, JoinPolicy, Role } from '$lib/gen/rooms_pb';
import { averagePrice, cashOf, formatAverage, formatPrice, formatQuantityShort } from '$lib/units';

export const sideWord = (side: Side) => (side === Side.BUY ? 'Buy' : 'Sell');
const pastWord = (side: Side) => (side === Side.BUY ? 'Bought' : 'Sold');

export const STATUS_WORD: Record<MarketStatus, string> = {
  [MarketStatus.UNSPECIFIED]: '',
  [MarketStatus.OPEN]: 'Open',
  [MarketStatus.CANCEL_ONLY]: 'Cancel only',
  [MarketStatus.HALTED]: 'Halted',
  [MarketStatus.SETTLED]: 'Settled',
};

/** What a status means for whoever trades there. */
export const STATUS_EFFECT: Record<MarketStatus, string> = {
  [MarketStatus.UNSPECIFIED]: '',
  [MarketStatus.OPEN]: 'Orders are accepted and matched.',
  [MarketStatus.CANCEL_ONLY]: 'You can cancel orders but not place new ones.',
  [MarketStatus.HALTED]: 'You can neither place nor cancel orders. Orders in the book stay.',
  [MarketStatus.SETTLED]: 'Trading has ended and positions have been paid out.',
};

export const ROLE_WORD: Record<Role, string> = {
  [Role.UNSPECIFIED]: 'Not a member',
  [Role.SPECTATOR]: 'Spectator',
  [Role.TRADER]: 'Trader',
  [Role.ADMIN]: 'Admin',
};

export const ACCOUNT_ROLE_WORD: Record<AccountRole, string> = {
  [AccountRole.UNSPECIFIED]: '',
  [AccountRole.TRADER]: 'Trader',
  [AccountRole.MANAGER]: 'Manager',
  [AccountRole.OWNER]: 'Owner',
};

export const JOIN_POLICY_WORD: Record<JoinPolicy, string> = {
  [JoinPolicy.UNSPECIFIED]: '',
  [JoinPolicy.OPEN]: 'Open',
  [JoinPolicy.INVITE]: 'By invitation',
  [JoinPolicy.CLOSED]: 'Closed',
};

export const TRANSFER_WORD: Record<TransferKind, string> = {
  [TransferKind.UNSPECIFIED]: '',
  [TransferKind.OPENING]: 'Opening balance',
  [TransferKind.TRANSFER]: 'Transfer',
  [TransferKind.GRANT]: 'Grant',
  [TransferKind.CODE]: 'Code',
  [TransferKind.FEE]: 'Fee',
};

/** What each means stands in the glossary, under its term. */
export const TIME_IN_FORCE = [
  { value: TimeInForce.GOOD_TILL_CANCELLED, short: 'GTC', name: 'Good till cancelled', term: 'gtc' },
  { value: TimeInForce.GOOD_TILL_TIME, short: 'GTT', name: 'Good till time', term: 'gtt' },
  { value: TimeInForce.IMMEDIATE_OR_CANCEL, short: 'IOC', name: 'Immediate or cancel', term: 'ioc' },
  { value: TimeInForce.FILL_OR_KILL, short: 'FOK', name: 'Fill or kill', term: 'fok' },
] as const;

/** "5 at 42.00" */
export function sizeAtPrice(quantity: number, price: number, digits: number): string {
  return `${formatQuantityShort(quantity)} at ${formatPrice(price, digits)}`;
}

interface Traded {
  quantity: number;
  value: bigint;
}

const tradedIn = (fills: readonly Fill[]): Traded => ({
  quantity: fills.reduce((sum, fill) => sum + fill.quantity, 0),
  value: fills.reduce((sum, fill) => sum + cashOf(fill.price, fill.quantity), 0n),
});

/** "Bought 5 @ 41.80", at the average of several prices. */
function tradedWords(side: Side, { quantity, value }: Traded): string {
  const average = formatAverage(averagePrice(value, BigInt(quantity)));
  return `${pastWord(side)} ${formatQuantityShort(quantity)} @ ${average}`;
}

/** The answer to placing or replacing an order. */
export function outcomeOf(change: OrderChanged, digits: number): string {
  const words = change.order ? wordsOf(change.order, change, digits) : 'Done.';
  return change.existing ? `This order was already placed. ${words}` : words;
}

function wordsOf(order: Order, { existing, fills }: OrderChanged, digits: number): string {
  const side = sideWord(order.side);
  // Of an order that was there already, all that it has traded; else what it traded now.
  const traded = existing ? { quantity: order.filled, value: order.filledValue } : tradedIn(fills);
  const words = traded.quantity > 0 ? tradedWords(order.side, traded) : '';
  const plural = (quantity: number, one: string, many: string) =>
    `${formatQuantityShort(quantity)} ${quantity === 100 ? one : many}`;
  switch (order.status) {
    case OrderStatus.LIVE: {
      const price = formatPrice(order.price, digits);
      if (!words) return `${side} ${sizeAtPrice(order.remaining, order.price, digits)} is in the book.`;
      return `${words}. The other ${plural(order.remaining, 'is', 'are')} waiting at ${price}.`;
    }
    case OrderStatus.FILLED:
      return words ? `${words} · filled` : `${side} order filled.`;
    default: {
      const unfilled = order.quantity - order.filled;
      if (order.reason === OrderReason.UNFILLED_REST) {
        if (!words) return `${side} order cancelled: nothing matched at your price.`;
        const rest = plural(unfilled, 'was', 'were');
        return `${words}. The other ${rest} cancelled: nothing more matched at your price.`;
      }
      return `${side} order for ${formatQuantityShort(unfilled)} cancelled.`;
    }
  }
}

/** What others did to an order of ours; undefined when it is not worth a message. */
export function noticeOf({ order, fills }: OrderChanged, digits: number): string | undefined {
  if (!order) return undefined;
  if (fills.length > 0) {
    const rest = order.remaining > 0 ? `${formatQuantityShort(order.remaining)} left` : 'filled';
    return `${tradedWords(order.side, tradedIn(fills))} · ${rest}`;
  }
  const size = sizeAtPrice(order.quantity - order.filled, order.price, digits);
  const why = CANCELLED_BECAUSE[order.reason];
  return why && `${sideWord(order.side)} ${size} cancelled: ${why}.`;
}

export const CANCELLED_BECAUSE: Partial<Record<OrderReason, string>> = {
  [OrderReason.SELF_MATCH]: 'it would have traded with your own order',
  [OrderReason.EXPIRED]: 'it expired',
  [OrderReason.CANCEL_AFTER]: 'the dead man’s switch fired',
  [OrderReason.REDUCE_ONLY]: 'it could have opened or enlarged a position',
  [OrderReason.ASSIGNED]: 'an exercise of the option was assigned to you',
  [OrderReason.MARKET_DELETED]: 'the market was deleted',
};
