// What happened, in a sentence with its numbers.

import { MarketStatus } from '$lib/gen/markets_pb';
import { TransferKind } from '$lib/gen/money_pb';
import {
  OrderReason,
  OrderStatus,
  Side,
  TimeInForce,
  type Order,
  type OrderChanged,
} from '$lib/gen/orders_pb';
import { AccountRole, JoinPolicy, Role } from '$lib/gen/rooms_pb';
import { averagePrice, formatCash, formatPrice, formatQuantityShort } from '$lib/units';

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
  [MarketStatus.OPEN]: 'Orders are taken and matched.',
  [MarketStatus.CANCEL_ONLY]: 'Orders can be cancelled; new ones are refused.',
  [MarketStatus.HALTED]: 'Orders are neither taken nor cancelled; those in the book stay.',
  [MarketStatus.SETTLED]: 'Over: positions were paid out.',
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

export const TIME_IN_FORCE: readonly { value: TimeInForce; short: string; name: string; meaning: string }[] =
  [
    {
      value: TimeInForce.GOOD_TILL_CANCELLED,
      short: 'GTC',
      name: 'Good till cancelled',
      meaning: 'Rests in the book until filled or cancelled.',
    },
    {
      value: TimeInForce.GOOD_TILL_TIME,
      short: 'GTT',
      name: 'Good till time',
      meaning: 'Rests in the book until filled, cancelled, or the time below.',
    },
    {
      value: TimeInForce.IMMEDIATE_OR_CANCEL,
      short: 'IOC',
      name: 'Immediate or cancel',
      meaning: 'Fills what it can at once; cancels the rest.',
    },
    {
      value: TimeInForce.FILL_OR_KILL,
      short: 'FOK',
      name: 'Fill or kill',
      meaning: 'Fills whole at once, or is refused.',
    },
  ];

/** "5 at 42.00" */
export function sizeAtPrice(quantity: number, price: number, digits: number): string {
  return `${formatQuantityShort(quantity)} at ${formatPrice(price, digits)}`;
}

/** "Bought 5 at 41.80 for 209.00", from the order's fills so far. */
export function filledWords(order: Order): string {
  const average = formatCash(averagePrice(order.filledValue, BigInt(order.filled)));
  const money = formatCash(order.filledValue);
  return `${pastWord(order.side)} ${formatQuantityShort(order.filled)} at ${average} for ${money}`;
}

/** The answer to placing or replacing an order. */
export function outcomeOf({ order, existing }: OrderChanged, digits: number): string {
  if (!order) return 'Done.';
  const side = sideWord(order.side);
  const words = wordsOf(order, side, digits);
  return existing ? `Already placed. ${words}` : words;
}

function wordsOf(order: Order, side: string, digits: number): string {
  const rest = sizeAtPrice(order.remaining, order.price, digits);
  switch (order.status) {
    case OrderStatus.LIVE:
      if (order.filled === 0) return `${side} ${rest} is in the book.`;
      return `${filledWords(order)}. ${rest} more is in the book.`;
    case OrderStatus.FILLED:
      return `${filledWords(order)}.`;
    default: {
      const unfilled = formatQuantityShort(order.quantity - order.filled);
      if (order.reason === OrderReason.UNFILLED_REST) {
        if (order.filled === 0) return `${side}: nothing to trade with within your price. Cancelled.`;
        return `${filledWords(order)}. The other ${unfilled} was cancelled: the book held no more.`;
      }
      return `${side} order over ${unfilled} cancelled.`;
    }
  }
}

/** What others did to an order of ours; undefined when it is not worth a message. */
export function noticeOf({ order, fills }: OrderChanged, digits: number): string | undefined {
  if (!order) return undefined;
  if (fills.length > 0) {
    const rest = order.remaining > 0 ? ` ${formatQuantityShort(order.remaining)} left.` : ' All of it.';
    return `${filledWords(order)}.${rest}`;
  }
  const size = sizeAtPrice(order.quantity - order.filled, order.price, digits);
  const why = CANCELLED_BECAUSE[order.reason];
  return why && `${sideWord(order.side)} ${size} cancelled: ${why}.`;
}

const CANCELLED_BECAUSE: Partial<Record<OrderReason, string>> = {
  [OrderReason.SELF_MATCH]: 'it would have traded with your own order',
  [OrderReason.EXPIRED]: 'its time has come',
  [OrderReason.CANCEL_AFTER]: 'the dead man’s switch went off',
  [OrderReason.REDUCE_ONLY]: 'it could have opened or enlarged a position',
  [OrderReason.ASSIGNED]: 'an exercise of the option was assigned to you',
};
