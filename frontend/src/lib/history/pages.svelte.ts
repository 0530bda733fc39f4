// A long list of the past, of which more is fetched when somebody wants it.

import { untrack } from 'svelte';
import type { Question } from './questions';

const ROWS_AT_A_TIME = 25;

export class Pages<T> {
  /** Newest first; undefined until the first have come. */
  rows = $state.raw<T[]>();
  busy = $state(false);
  refused = $state('');
  #next = $state<bigint>(0n);
  readonly hasMore = $derived(this.#next !== 0n);

  constructor(
    private readonly question: Question<T>,
    private readonly idOf: (row: T) => bigint,
  ) {}

  /** Asks anew for the newest; what was fetched of the older ones stays. */
  refresh(): Promise<void> {
    return this.#ask(async () => {
      const { rows, nextAfter } = await this.question(0n, ROWS_AT_A_TIME);
      const before = this.rows ?? [];
      const oldest = rows.at(-1);
      // More came since than a page holds: between it and the old ones there would be a gap.
      const joins = oldest !== undefined && before.some((row) => this.idOf(row) >= this.idOf(oldest));
      if (!joins) {
        this.#next = nextAfter;
        this.rows = rows;
        return;
      }
      this.rows = [...rows, ...before.filter((row) => this.idOf(row) < this.idOf(oldest))];
    });
  }

  more(): Promise<void> {
    return this.#ask(async () => {
      const { rows, nextAfter } = await this.question(this.#next, ROWS_AT_A_TIME);
      this.rows = [...(this.rows ?? []), ...rows];
      this.#next = nextAfter;
    });
  }

  async #ask(work: () => Promise<void>): Promise<void> {
    // Whoever asks in an effect must not ask again because this has changed.
    if (untrack(() => this.busy)) return;
    this.busy = true;
    try {
      await work();
      this.refused = '';
    } catch (failure) {
      this.refused = failure instanceof Error ? failure.message : String(failure);
    } finally {
      this.busy = false;
    }
  }
}
