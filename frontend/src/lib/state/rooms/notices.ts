// What others did to what is ours, in a sentence with its numbers. Pure: names are asked for.

import { MarketStatus, OptionKind } from '$lib/gen/markets_pb';
import { TransferKind } from '$lib/gen/money_pb';
import { OrderReason } from '$lib/gen/orders_pb';
import { Role } from '$lib/gen/rooms_pb';
import type { Notice, SettledNotice } from '$lib/gen/people_pb';
import { formatCash, formatPrice, formatQuantityShort } from '$lib/units';
import { sideWord } from '$lib/state/words';

export interface NoticeNames {
  user(id: bigint): string;
  account(id: bigint): string;
  market(id: bigint): string;
  room: string;
  /** The account that needs no name: ours. */
  personalAccountId: bigint;
}

export interface NoticeWords {
  /** What it is about: a market, an account, the room. */
  title: string;
  text: string;
  /** Where one sees more of it. */
  to: { marketId: bigint } | { page: '/transfers' | '/' };
}

export function wordsOfNotice(notice: Notice, names: NoticeNames): NoticeWords {
  const { what, marketId } = notice;
  const who = notice.byUserId === 0n ? 'The exchange' : names.user(notice.byUserId) || 'An admin';
  const inMarket = (text: string): NoticeWords => ({
    title: names.market(marketId),
    text: text + forAccount(notice, names),
    to: { marketId },
  });
  switch (what.case) {
    case 'transfer':
      return moneyWords(notice, names, who);
    case 'settled':
      return inMarket(settledWords(what.value));
    case 'undone': {
      const { price, position, paid } = what.value;
      const back = paid < 0n ? 'paid back to you' : 'taken back';
      return inMarket(
        `${who} undid the settlement at ${formatPrice(price)}. ${formatCash(abs(paid))} was ${back}, and you hold ${held(position)} again.`,
      );
    }
    case 'status':
      return inMarket(`${who} ${STATUS_DEED[what.value] ?? 'changed the market'}.`);
    case 'cancelled': {
      const { reason, orders, side, price, quantity } = what.value;
      const why = ENDED_BECAUSE[reason] ?? 'the exchange cancelled them';
      const size = `${formatQuantityShort(quantity)} at ${formatPrice(price)}`;
      const those =
        orders === 1
          ? `Your order to ${sideWord(side).toLowerCase()} ${size} was cancelled`
          : `${orders} of your orders were cancelled`;
      return inMarket(`${those}: ${why}.`);
    }
    case 'assigned': {
      const { quantity, option } = what.value;
      const sold = option?.kind === OptionKind.CALL ? 'sold' : 'bought';
      const size = formatQuantityShort(quantity);
      const underlying = names.market(option?.underlyingMarketId ?? 0n);
      return inMarket(
        `${size} of the options that you were short of ${quantity === 100 ? 'was' : 'were'} exercised. You ${sold} ${size} of ${underlying} at ${formatPrice(option?.strike ?? 0)}.`,
      );
    }
    case 'role':
      return {
        title: names.room,
        text: `${who} made you ${ROLE_MEANS[what.value] ?? ''}`,
        to: { page: '/' },
      };
    case 'archived':
      return {
        title: names.room,
        text: what.value
          ? `${who} archived the room. It can be viewed but not changed.`
          : `${who} restored the room. Trading goes on.`,
        to: { page: '/' },
      };
    default:
      return {
        title: names.room,
        text: 'This page is too old to show this notice. Reload the page.',
        to: { page: '/' },
      };
  }
}

/** Whether the page says it as it happens in any case: of an order of the account that is acted as. */
export function isAnnounced({ what, accountId }: Notice, actingAs: bigint): boolean {
  return what.case === 'cancelled' && accountId === actingAs && ANNOUNCED.includes(what.value.reason);
}

const ANNOUNCED = [
  OrderReason.EXPIRED,
  OrderReason.CANCEL_AFTER,
  OrderReason.REDUCE_ONLY,
  OrderReason.ASSIGNED,
];

const abs = (cash: bigint) => (cash < 0n ? -cash : cash);
const held = (position: bigint) => formatQuantityShort(position, 'always');

function moneyWords({ what, accountId }: Notice, names: NoticeNames, who: string): NoticeWords {
  const { amount, memo, kind, toAccountId } =
    what.case === 'transfer' ? what.value : { amount: 0n, memo: '', kind: 0, toAccountId: 0n };
  const mine = accountId === names.personalAccountId ? 'you' : names.account(accountId);
  const sum = formatCash(amount);
  const came = toAccountId === accountId;
  const deed =
    kind === TransferKind.GRANT
      ? came
        ? `granted ${mine} ${sum}`
        : `took ${sum} back from ${mine}`
      : came
        ? `sent ${mine} ${sum}`
        : `sent ${sum} from ${mine} to ${names.account(toAccountId)}`;
  return {
    title: names.account(accountId),
    text: `${who} ${deed}${memo ? `: “${memo}”` : ''}.`,
    to: { page: '/transfers' },
  };
}

function settledWords({ price, position, paid, profit }: SettledNotice): string {
  const money = paid < 0n ? `paid ${formatCash(-paid)}` : `were paid ${formatCash(paid)}`;
  const made =
    profit === undefined
      ? ''
      : profit < 0n
        ? ` You lost ${formatCash(-profit)} in this market.`
        : ` You made ${formatCash(profit)} in this market.`;
  return `Settled at ${formatPrice(price)}. You held ${held(position)} and ${money}.${made}`;
}

/** Of another account than one's personal one: which. */
function forAccount({ accountId }: Notice, names: NoticeNames): string {
  return accountId === 0n || accountId === names.personalAccountId
    ? ''
    : ` (Account ${names.account(accountId)})`;
}

const STATUS_DEED: Partial<Record<MarketStatus, string>> = {
  [MarketStatus.OPEN]: 'opened the market',
  [MarketStatus.CANCEL_ONLY]: 'set the market to cancel only: you can cancel orders but not place new ones',
  [MarketStatus.HALTED]: 'halted the market: you can neither place nor cancel orders',
};

const ROLE_MEANS: Partial<Record<Role, string>> = {
  [Role.SPECTATOR]: 'a spectator. You can watch but not trade.',
  [Role.TRADER]: 'a trader. You can trade.',
  [Role.ADMIN]: 'an admin of this room. Turn on admin powers when you need them.',
};

const ENDED_BECAUSE: Partial<Record<OrderReason, string>> = {
  [OrderReason.MARKET_SETTLED]: 'the market was settled',
  [OrderReason.EXPIRED]: 'it expired',
  [OrderReason.DISCONNECTED]: 'the connection it was placed on ended',
  [OrderReason.CANCEL_AFTER]: 'the dead man’s switch fired',
  [OrderReason.REDUCE_ONLY]: 'it could have opened or enlarged a position',
  [OrderReason.ASSIGNED]: 'an exercise of the option was assigned to you',
  [OrderReason.ROOM_ARCHIVED]: 'the room was archived',
  [OrderReason.MARKET_DELETED]: 'the market was deleted',
  [OrderReason.NO_TRADER]: 'the account has no trader any more',
};
