// A market's candles of one interval: the newest first from the exchange, older ones
// when somebody scrolls back to them, and then every trade as it comes.

import { candlesOf } from '$lib/app/requests/history';
import type { Market, Trade } from '$lib/gen/markets_pb';
import { addTrade, candleFrom, prepend, type Candle, type Interval } from '$lib/state/prices/candles';

const PAGE = 500;
/** Enough to fill a screen; with fewer, and more to be had, the next page is fetched at once. */
const SCREEN = 120;
/** Trades that came with a fresh snapshot: there may be others before them that we were never told of. */
const SNAPSHOT = 100;

export class CandleSource {
  candles: Candle[] = [];
  /** Whether the market's very first candle is there. */
  complete = false;
  loaded = false;
  readonly interval: Interval;
  readonly #market: Market;
  /** Everything from here on is there. */
  #from: number;
  #lastTradeId = 0n;
  #fetching: Promise<void> | undefined;

  constructor(market: Market, interval: Interval) {
    this.#market = market;
    this.interval = interval;
    this.#from = Math.floor(Date.now() / 1_000);
  }

  /** `known`: the trades that we have been told of; the answer holds those at least. */
  async load(known: readonly Trade[]): Promise<void> {
    const lastTradeId = known.at(-1)?.tradeId ?? 0n;
    const { candles, from } = await this.#read(Math.floor(Date.now() / 1_000), 0);
    this.candles = candles;
    this.#from = from;
    this.#lastTradeId = lastTradeId;
    this.complete = this.#isComplete();
    while (this.candles.length < SCREEN && !this.complete) await this.loadOlder();
    this.loaded = true;
  }

  /** One page further into the past; asks once, however often it is called meanwhile. */
  loadOlder(): Promise<void> {
    this.#fetching ??= this.#readOlder().finally(() => (this.#fetching = undefined));
    return this.#fetching;
  }

  /**
   * Takes in the trades that are new. Of one that is already in the candles (told while they
   * were asked for) only the volume would be counted twice: open, high, low and close stand.
   */
  apply(trades: readonly Trade[]): Candle[] {
    const changed = new Set<Candle>();
    const first = trades.findIndex(({ tradeId }) => tradeId > this.#lastTradeId);
    if (first < 0) return [];
    for (const trade of trades.slice(first)) changed.add(addTrade(this.candles, trade, this.interval));
    this.#lastTradeId = trades.at(-1)!.tradeId;
    return [...changed];
  }

  /** Whether trades may be missing before these: then the candles have to be read anew. */
  missed(trades: readonly Trade[]): boolean {
    const first = trades[0];
    return first !== undefined && trades.length >= SNAPSHOT && first.tradeId > this.#lastTradeId;
  }

  async #readOlder(): Promise<void> {
    // Where nothing was traded, ever larger steps: a quiet month is not asked for minute by minute.
    for (let pages = 1; !this.complete; pages *= 4) {
      const { candles, from } = await this.#read(this.#from, this.#from, pages);
      this.#from = from;
      this.complete = this.#isComplete();
      if (candles.length === 0) continue;
      this.candles = prepend(this.candles, candles);
      return;
    }
  }

  /** The last candles before a time; `to` 0 for all up to now. */
  async #read(before: number, to: number, pages = 1): Promise<{ candles: Candle[]; from: number }> {
    const { seconds } = this.interval;
    const from = Math.floor((before - PAGE * pages * seconds) / seconds) * seconds;
    const all: Candle[] = [];
    let next = from;
    do {
      const page = await candlesOf(this.#market.marketId, this.interval, next, to, PAGE * 4);
      all.push(...page.candles.map(candleFrom));
      next = Number(page.nextFromTimeUs / 1_000_000n);
    } while (next > 0);
    return { candles: all, from };
  }

  #isComplete(): boolean {
    return this.#from <= Number(this.#market.createdTimeUs / 1_000_000n);
  }
}
