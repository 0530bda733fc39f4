// One press, one order: which orders were sent lately, and which of them never had an answer.

/** The same order within this is likely the same wish. */
const REPEATED_WITHIN_MS = 1_000;

/** What makes two orders the same: for whom, where, and every term. */
export function termsOf(order: object, as: string): string {
  const sorted = Object.entries(order).sort(([a], [b]) => (a < b ? -1 : 1));
  return JSON.stringify([as, sorted], (_, value) => (typeof value === 'bigint' ? `${value}n` : value));
}

export class Placing {
  readonly #newId: () => string;
  /** The last one that was accepted. */
  #placed: { terms: string; atMs: number } | undefined;
  /** Whether these were carried out is not known. */
  readonly #unanswered = new Map<string, string>();

  constructor(newId: () => string) {
    this.#newId = newId;
  }

  /** Whether this very order was accepted less than a second ago. */
  isRepeat(terms: string, nowMs: number): boolean {
    return this.#placed?.terms === terms && nowMs - this.#placed.atMs < REPEATED_WITHIN_MS;
  }

  /**
   * The client order id to send it under: a new one, unless the answer to the same order never
   * came. Then that one's, so that it cannot be carried out twice.
   */
  idFor(terms: string): string {
    return this.#unanswered.get(terms) ?? this.#newId();
  }

  accepted(terms: string, nowMs: number): void {
    this.#unanswered.delete(terms);
    this.#placed = { terms, atMs: nowMs };
  }

  refused(terms: string): void {
    this.#unanswered.delete(terms);
  }

  unanswered(terms: string, id: string): void {
    this.#unanswered.set(terms, id);
  }
}
