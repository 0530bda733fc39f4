// Finds the trades around a place of the past (a sequence, or a time) in a history that
// can only be asked for page by page, by the trade's id. Where to ask is guessed from
// what is known on both sides; each question comes much closer.

export interface FoundTrade {
  tradeId: bigint;
  sequence: number;
  timeUs: number;
}

/** Up to `limit` trades with a larger id (a smaller one with newestFirst), nearest first. */
export type FetchTrades<T extends FoundTrade> = (wanted: {
  after: bigint;
  newestFirst: boolean;
  limit: number;
}) => Promise<T[]>;

/** The trades on both sides of a place. */
export interface Around<T> {
  before: T | undefined;
  after: T | undefined;
}

const PAGE = 50;
/** Each question halves what is left at the very least. */
const QUESTIONS_MOST = 12;

export class TradeFinder<T extends FoundTrade> {
  readonly #fetch: FetchTrades<T>;
  readonly #byId = new Map<bigint, T>();
  /** By id; 0 stands for the beginning. */
  readonly #next = new Map<bigint, bigint>();

  constructor(fetch: FetchTrades<T>) {
    this.#fetch = fetch;
  }

  /** All that is known, oldest first. */
  get known(): T[] {
    return [...this.#byId.values()].sort((a, b) => (a.tradeId < b.tradeId ? -1 : 1));
  }

  /** Both ends of the history. */
  async begin(newest = 1_000): Promise<void> {
    const last = await this.#fetch({ after: 0n, newestFirst: true, limit: newest });
    this.#learn(last.toReversed());
    if (last.length < newest) this.#next.set(0n, last.at(-1)?.tradeId ?? 0n);
    else await this.#ask(0n);
  }

  /**
   * The last trade for which `isBefore` holds and the one that follows it, which is exact
   * unless the exchange was asked too often for it. `share` says how far from one known
   * trade to another the place lies, from 0 to 1.
   */
  async around(
    isBefore: (trade: T) => boolean,
    share: (before: T | undefined, after: T) => number,
  ): Promise<Around<T>> {
    for (let asked = 0; ; asked += 1) {
      const { known } = this;
      const before = known.findLast(isBefore);
      const after = known.find((trade) => !isBefore(trade));
      const id = before?.tradeId ?? 0n;
      const found = { before, after };
      if (asked === QUESTIONS_MOST) return found;
      if (!after) {
        // Nothing later is known: whatever came since is asked for once.
        if ((await this.#ask(id)) === 0) return found;
        continue;
      }
      if (this.#next.get(id) === after.tradeId) return found;
      const gap = after.tradeId - id;
      const guess = BigInt(Math.floor(Math.min(1, Math.max(0, share(before, after))) * Number(gap)));
      // Half a page before the guess, so that the place is in the middle of the page; where
      // guesses do not help (ids that are not evenly spread), the middle does.
      const start = asked % 3 === 2 ? gap / 2n : guess - BigInt(PAGE / 2);
      await this.#ask(gap <= BigInt(PAGE) || start < 0n ? id : id + start);
    }
  }

  /** Trades that end with this one and follow each other, newest first; asks for them if need be. */
  async upTo(last: T, count = PAGE): Promise<T[]> {
    let run = this.#runUpTo(last, count);
    if (run.length < count && this.#next.get(0n) !== run.at(-1)!.tradeId) {
      const page = await this.#fetch({ after: last.tradeId, newestFirst: true, limit: count });
      this.#learn([...page.toReversed(), last]);
      if (page.length < count) this.#next.set(0n, page.at(-1)?.tradeId ?? last.tradeId);
      run = this.#runUpTo(last, count);
    }
    return run;
  }

  #runUpTo(last: T, count: number): T[] {
    const before = new Map([...this.#next].map(([id, next]) => [next, id]));
    const run = [last];
    while (run.length < count) {
      const trade = this.#byId.get(before.get(run.at(-1)!.tradeId) ?? 0n);
      if (!trade) break;
      run.push(trade);
    }
    return run;
  }

  /** The page that follows an id, known as a trade's or not. */
  async #ask(id: bigint): Promise<number> {
    const page = await this.#fetch({ after: id, newestFirst: false, limit: PAGE });
    this.#learn(page);
    const first = page[0];
    if (first && (id === 0n || this.#byId.has(id))) this.#next.set(id, first.tradeId);
    return page.length;
  }

  #learn(inOrder: readonly T[]): void {
    inOrder.forEach((trade, index) => {
      this.#byId.set(trade.tradeId, trade);
      const next = inOrder[index + 1];
      if (next) this.#next.set(trade.tradeId, next.tradeId);
    });
  }
}
