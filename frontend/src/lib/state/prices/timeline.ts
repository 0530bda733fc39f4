// Which sequence a time was at, and the other way round. The exchange counts its
// commands; a trade is known by both its sequence and its time, and so is now. In
// between, commands are taken to have come evenly.

export interface Anchor {
  sequence: number;
  timeUs: number;
}

/** Anchors in order, each at a later sequence than the one before, and never at an earlier time. */
export class Timeline {
  #anchors: Anchor[] = [];

  get first(): Anchor | undefined {
    return this.#anchors[0];
  }

  get last(): Anchor | undefined {
    return this.#anchors.at(-1);
  }

  add(...anchors: Anchor[]): void {
    const bySequence = new Map([...this.#anchors, ...anchors].map((anchor) => [anchor.sequence, anchor]));
    this.#anchors = [...bySequence.values()].sort((a, b) => a.sequence - b.sequence);
  }

  /** What is known on both sides of a sequence. */
  around(sequence: number): { before: Anchor | undefined; after: Anchor | undefined } {
    const next = this.#anchors.findIndex((anchor) => anchor.sequence > sequence);
    if (next < 0) return { before: this.last, after: undefined };
    return { before: this.#anchors[next - 1], after: this.#anchors[next] };
  }

  /** When a sequence was: exactly if it is known, else by its neighbours. */
  timeAt(sequence: number): number | undefined {
    const { before, after } = this.around(sequence);
    if (!before || !after) return (before ?? after)?.timeUs;
    const share = (sequence - before.sequence) / (after.sequence - before.sequence);
    return before.timeUs + share * (after.timeUs - before.timeUs);
  }

  /** The last sequence at a time, as far as is known. */
  sequenceAt(timeUs: number): number | undefined {
    const next = this.#anchors.findIndex((anchor) => anchor.timeUs > timeUs);
    if (next < 0) return this.last?.sequence;
    const after = this.#anchors[next]!;
    const before = this.#anchors[next - 1];
    if (!before) return after.sequence;
    const share = (timeUs - before.timeUs) / (after.timeUs - before.timeUs);
    return Math.floor(before.sequence + share * (after.sequence - before.sequence));
  }
}
