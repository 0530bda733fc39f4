// The book as it was at any sequence. Questions are spaced out, so that dragging stays
// far from the limit of what one may ask; what was asked before is kept.

import { exchange } from '$lib/app/exchange.svelte';
import { bookAt, openingOf, tradesOf } from '$lib/app/requests/history';
import type { Market, Trade } from '$lib/gen/markets_pb';
import { bookFrom, type Book } from '$lib/state/trading/book';
import { Timeline } from '$lib/state/prices/timeline';
import { TradeFinder, type Around, type FoundTrade } from '$lib/state/prices/trade-finder';

/** At most so often while dragging: 100 a minute, of 180 that one may ask. */
const ASK_EVERY_MS = 600;
const BOOKS_KEPT = 200;
/** Orders on each side: more than any screen shows, and enough for its depth. */
const ORDERS_MOST = 2_000;

interface Found extends FoundTrade {
  trade: Trade;
}

export class TimeMachine {
  /** What is looked at; the book may still be that of the place before. */
  sequence = $state(0);
  first = $state(1);
  last = $state(1);
  book = $state.raw<Book>();
  /** Up to then, newest first; undefined: not known yet. */
  trades = $state.raw<Trade[]>();
  timeUs = $state<number>();
  /** Whether what is shown is what was asked for. */
  arrived = $state(false);
  problem = $state('');

  readonly #market: Market;
  readonly #timeline = new Timeline();
  readonly #finder: TradeFinder<Found>;
  readonly #books = new Map<number, Book>();
  #running = false;
  #closed = false;
  #mayAskAt = 0;

  constructor(market: Market) {
    this.#market = market;
    const now = exchange.now();
    this.last = this.sequence = Number(now.sequence);
    this.#timeline.add({ sequence: this.last, timeUs: Number(now.timeUs) });
    this.#finder = new TradeFinder((wanted) => this.#fetchTrades(wanted));
  }

  /** Finds out how far back it goes, and shows the moment before the last trade. */
  async open(): Promise<void> {
    const { marketId, createdTimeUs } = this.#market;
    try {
      const opening = await openingOf(marketId);
      this.first = Number(opening?.sequence ?? 1n);
      this.#timeline.add({ sequence: this.first, timeUs: Number(opening?.timeUs ?? createdTimeUs) });
      await this.#finder.begin();
    } catch (failure) {
      this.#fail(failure);
    }
    this.go((this.#finder.known.at(-1)?.sequence ?? this.last) - 1);
  }

  close(): void {
    this.#closed = true;
  }

  go(sequence: number): void {
    this.sequence = Math.min(this.last, Math.max(this.first, Math.round(sequence)));
    this.timeUs = this.#timeline.timeAt(this.sequence);
    this.arrived = false;
    void this.#run();
  }

  step(by: number): void {
    this.go(this.sequence + by);
  }

  /** To right after the trade before this place, or after it. */
  async stepTrade(by: 1 | -1): Promise<void> {
    const here = this.sequence;
    const around = await this.#tradesAround(by > 0 ? here : here - 1);
    const trade = by > 0 ? around?.after : around?.before;
    if (trade && here === this.sequence) this.go(trade.sequence);
  }

  /** To the last that was at a time. */
  async goToTime(timeUs: number): Promise<void> {
    try {
      await this.#finder.around(
        (trade) => trade.timeUs <= timeUs,
        (before, after) => {
          const from = before?.timeUs ?? Number(this.#market.createdTimeUs);
          return (timeUs - from) / (after.timeUs - from);
        },
      );
    } catch (failure) {
      this.#fail(failure);
    }
    const sequence = this.#timeline.sequenceAt(timeUs);
    if (sequence !== undefined) this.go(sequence);
  }

  #tradesAround(sequence: number): Promise<Around<Found> | undefined> {
    return this.#finder
      .around(
        (trade) => trade.sequence <= sequence,
        (before, after) => {
          const from = before?.sequence ?? this.first;
          return (sequence - from) / (after.sequence - from);
        },
      )
      .catch((failure: unknown) => void this.#fail(failure));
  }

  /** Fetches what is looked at, one place at a time: those that were dragged over meanwhile are left out. */
  async #run(): Promise<void> {
    if (this.#running) return;
    this.#running = true;
    try {
      while (!this.arrived && !this.#closed) {
        const wait = this.#mayAskAt - performance.now();
        if (wait > 0 && !this.#books.has(this.sequence)) await new Promise((done) => setTimeout(done, wait));
        await this.#show(this.sequence);
      }
    } catch (failure) {
      this.#fail(failure);
    } finally {
      this.#running = false;
    }
  }

  async #show(sequence: number): Promise<void> {
    let book = this.#books.get(sequence);
    if (!book) {
      this.#mayAskAt = performance.now() + ASK_EVERY_MS;
      const past = await bookAt(this.#market.marketId, sequence, ORDERS_MOST);
      book = bookFrom(past.book!);
      this.#keep(sequence, book);
    }
    this.book = book;
    this.problem = '';
    if (sequence !== this.sequence) return;
    // Now that it stands still: which trades there had been, and with them the time more exactly.
    const around = await this.#tradesAround(sequence);
    if (sequence !== this.sequence) return;
    const before = around?.before;
    this.trades = before ? (await this.#finder.upTo(before)).map(({ trade }) => trade) : [];
    this.timeUs = this.#timeline.timeAt(sequence);
    this.arrived = sequence === this.sequence;
  }

  #keep(sequence: number, book: Book): void {
    this.#books.set(sequence, book);
    for (const oldest of this.#books.keys()) {
      if (this.#books.size <= BOOKS_KEPT) break;
      this.#books.delete(oldest);
    }
  }

  async #fetchTrades(wanted: { after: bigint; newestFirst: boolean; limit: number }): Promise<Found[]> {
    const { trades } = await tradesOf({ marketId: this.#market.marketId, ...wanted });
    const found = trades.flatMap(({ trade, sequence }) =>
      trade
        ? [{ trade, tradeId: trade.tradeId, sequence: Number(sequence), timeUs: Number(trade.timeUs) }]
        : [],
    );
    this.#timeline.add(...found);
    return found;
  }

  #fail(failure: unknown): void {
    this.problem = failure instanceof Error ? failure.message : String(failure);
  }
}
