// What the market page shows of the past: trades before the last ones, and all that
// the account we act as has traded here.

import { exchange } from '$lib/app/exchange.svelte';
import { tradesOf } from '$lib/app/requests/history';
import type { PastTrade } from '$lib/gen/history_pb';
import type { Market, Trade } from '$lib/gen/markets_pb';
import { Side } from '$lib/gen/orders_pb';

const PAGE = 100;
const OWN_MOST = 500;
/** How many new trades may lie between those that were fetched and the end of what is live. */
const MERGE_AFTER = 200;

export interface Fill {
  trade: Trade;
  side: Side;
}

export class MarketHistory {
  /** Fetched ones, newest first; from the oldest live one at that time on. */
  earlier = $state.raw<Trade[]>([]);
  /** Whether the first trade of all is there. */
  complete = $state(false);
  fetching = $state(false);
  problem = $state('');
  /** Of the account we act as, by the trade's id: those before this page was opened. */
  #own = $state.raw<ReadonlyMap<bigint, Fill>>(new Map());

  readonly #market: () => Market;

  constructor(market: () => Market) {
    this.#market = market;
    $effect(() => {
      const { accountId } = exchange;
      if (exchange.status === 'connected' && accountId !== 0n) void this.#loadOwn(accountId);
    });
    $effect(() => this.#keepTogether(exchange.trades(this.#market().marketId) ?? []));
  }

  /** All that is known, newest first. */
  newestFirst(live: readonly Trade[]): Trade[] {
    const newest = this.earlier[0]?.tradeId ?? 0n;
    return [...live.filter(({ tradeId }) => tradeId > newest).reverse(), ...this.earlier];
  }

  /** The side that a trade had for the account we act as; undefined: none. */
  sideOf(trade: Trade): Side | undefined {
    return exchange.ownSideOf(trade) ?? this.#own.get(trade.tradeId)?.side;
  }

  /** All that is known of what the account traded here, oldest first. */
  fills(live: readonly Trade[]): Fill[] {
    const all = new Map(this.#own);
    for (const trade of live) {
      const side = exchange.ownSideOf(trade);
      if (side !== undefined) all.set(trade.tradeId, { trade, side });
    }
    return [...all.values()].sort((a, b) => Number(a.trade.tradeId - b.trade.tradeId));
  }

  async loadEarlier(): Promise<void> {
    if (this.fetching) return;
    this.fetching = true;
    this.problem = '';
    try {
      const { marketId } = this.#market();
      // What is live now is kept with it, so that nothing is missing in between later on.
      const kept = this.newestFirst(exchange.trades(marketId) ?? []);
      const page = await tradesOf({ marketId, after: kept.at(-1)?.tradeId ?? 0n, limit: PAGE });
      this.earlier = [...kept, ...page.trades.flatMap(({ trade }) => trade ?? [])];
      this.complete = page.nextAfter === 0n;
    } catch (failure) {
      this.problem = failure instanceof Error ? failure.message : String(failure);
    } finally {
      this.fetching = false;
    }
  }

  #keepTogether(live: readonly Trade[]): void {
    const newest = this.earlier[0]?.tradeId;
    if (newest === undefined) return;
    const newer = live.filter(({ tradeId }) => tradeId > newest);
    if (newer.length > MERGE_AFTER) this.earlier = [...newer.reverse(), ...this.earlier];
  }

  async #loadOwn(accountId: bigint): Promise<void> {
    const { marketId } = this.#market();
    // Without them the page only marks less.
    const page = await tradesOf({ marketId, accountId, limit: OWN_MOST }).catch(() => undefined);
    if (!page || accountId !== exchange.accountId) return;
    this.#own = new Map(page.trades.flatMap((past) => ownFill(past, accountId)));
  }
}

function ownFill({ trade }: PastTrade, accountId: bigint): [bigint, Fill][] {
  if (!trade) return [];
  const side = trade.buyerAccountId === accountId ? Side.BUY : Side.SELL;
  return [[trade.tradeId, { trade, side }]];
}
