// The room that the guided first trade happens in: the trader's own, with an account on the
// other side that is theirs too, so that nobody is needed and nothing is at stake.

import { goto } from '$app/navigation';
import { MAIN_ROOM, marketAddress, roomPath } from '$lib/app/addresses';
import { exchange } from '$lib/app/exchange.svelte';
import { recall, remember } from '$lib/app/kept/storage';
import { auth } from '$lib/auth/auth.svelte';
import { toasts } from '$lib/app/alerts/toasts.svelte';
import type { ServerMessage } from '$lib/gen/exchange_pb';
import type { Request } from '$lib/connection/requests';
import { Side } from '$lib/gen/orders_pb';
import { JoinPolicy, WhoMayCreateMarkets } from '$lib/gen/rooms_pb';

const KEY = 'exchange.guide';
const dismissedKey = () => `exchange.guide.dismissed ${auth.identity}`;

interface Kept {
  user: string;
  state: GuideState;
}

export interface GuideState {
  roomId: string;
  marketId: string;
  /** Where to go back to. */
  cameFrom: string;
  step: number;
}

const OPENING_BALANCE = 10_000_0000n;
/** What the other side begins with: price and side of its orders, ten contracts each. */
const BOOK = [
  { side: Side.SELL, price: 55_00 },
  { side: Side.SELL, price: 60_00 },
  { side: Side.BUY, price: 45_00 },
  { side: Side.BUY, price: 40_00 },
];

class Guide {
  #kept = $state.raw(recall<Kept>(KEY));

  get state(): GuideState | undefined {
    return this.#kept?.user === auth.identity ? this.#kept.state : undefined;
  }

  keep(state: GuideState | undefined): void {
    this.#kept = state && { user: auth.identity, state };
    remember(KEY, this.#kept);
  }
}

/** Where somebody is in it, if they are; also after the page was loaded anew. */
export const guide = new Guide();

export const isDismissed = (what: string): boolean =>
  recall<string[]>(dismissedKey())?.includes(what) === true;
export function dismiss(what: string): void {
  remember(dismissedKey(), [...(recall<string[]>(dismissedKey()) ?? []), what]);
}

type Case = NonNullable<ServerMessage['event']['case']>;

async function ask<C extends Case>(request: Request, answer: C) {
  const { event } = await exchange.request(request);
  if (event.case !== answer) throw new Error('The exchange gave an unexpected answer. Try again.');
  return event as Extract<typeof event, { case: C }>;
}

/** Opens the practice room, with a market and somebody to trade with, and goes there. */
export const beginGuide = (): Promise<void> => exchange.move(openPractice);

async function openPractice(): Promise<void> {
  const cameFrom = exchange.room?.slug ?? '';
  const slug = `practice-${Date.now().toString(36)}`;
  const opened = await ask(
    {
      case: 'openRoom',
      value: {
        slug,
        name: 'Practice',
        joinPolicy: JoinPolicy.CLOSED,
        openingBalance: OPENING_BALANCE,
        whoMayCreateMarkets: WhoMayCreateMarkets.ANYONE,
      },
    },
    'roomChanged',
  );
  const roomId = opened.value.room?.roomId ?? 0n;
  const entered = await ask({ case: 'enterRoom', value: { roomId } }, 'roomEntered');
  const made = await ask(
    {
      case: 'createMarket',
      value: {
        name: 'Practice: will the coin show heads?',
        description: 'Heads: it settles at 100. Tails: at 0. You toss the coin.',
        minPrice: 0,
        maxPrice: 100_00,
        tickSize: 100,
      },
    },
    'marketChanged',
  );
  const marketId = made.value.market?.marketId ?? 0n;
  const other = await ask({ case: 'openAccount', value: { name: 'The other side' } }, 'accountChanged');
  const toAccountId = other.value.account?.accountId ?? 0n;
  const memo = 'To trade with';
  await exchange.request({
    case: 'makeTransfer',
    value: { toAccountId, amount: OPENING_BALANCE / 2n, memo },
  });
  await exchange.request({ case: 'actAs', value: { accountId: toAccountId } });
  for (const { side, price } of BOOK) {
    const order = { marketId, side, price, quantity: 10_00 };
    await exchange.request({ case: 'placeOrder', value: order });
  }
  await exchange.request({ case: 'actAs', value: { accountId: entered.value.accountId } });
  guide.keep({ roomId: String(roomId), marketId: String(marketId), cameFrom, step: 0 });
  await goto(marketAddress(marketId));
}

/** Back to where one came from. The practice room goes to the archive: it counts no more. */
export async function leaveGuide({ cameFrom }: GuideState): Promise<void> {
  try {
    // For this room and now: not as a power that is kept.
    await exchange.request({ case: 'setElevated', value: { elevated: true } });
    await exchange.request({ case: 'updateRoom', value: { archived: true } });
  } catch (failure) {
    toasts.refused('The practice room is still open', failure);
  }
  guide.keep(undefined);
  dismiss('first-trade');
  await goto(roomPath(cameFrom || MAIN_ROOM));
}
