// Fields of a form about something that others can change too, and what to send of them.

import { edited, isChanged, isOvertaken, same, shown, type Edit } from '$lib/state/edits';

/** One field: what is so, or what was put there instead. */
export class Field<T> {
  /** As a sentence names it: "The name". */
  readonly name: string;
  readonly #now: () => T;
  #edit = $state.raw<Edit<T>>();

  constructor(name: string, now: () => T) {
    this.name = name;
    this.#now = now;
  }

  get value(): T {
    return shown(this.#edit, this.#now());
  }

  set value(value: T) {
    this.#edit = edited(this.#edit, value, this.#now());
  }

  get isChanged(): boolean {
    return isChanged(this.#edit, this.#now());
  }

  get isOvertaken(): boolean {
    return isOvertaken(this.#edit, this.#now());
  }

  /** From now on it is typed over what is so now. */
  seen(): void {
    if (this.#edit) this.#edit = { ...this.#edit, seen: this.#now() };
  }

  reset(): void {
    this.#edit = undefined;
  }

  /** It was sent with this value and is so now: what was typed since then stays. */
  sent(value: T): void {
    if (same(this.value, value)) this.reset();
    else this.seen();
  }
}

/** What the fields hold now; called when the exchange has taken that, it keeps what was typed since then. */
export function sending(fields: readonly Field<never>[] | readonly Field<unknown>[]): () => void {
  const values = fields.map((field) => field.value);
  return () => fields.forEach((field, index) => (field as Field<unknown>).sent(values[index]));
}

/**
 * Rejects once where somebody else changed a field that was changed here too; the next press
 * means it.
 */
export function askIfOvertaken(fields: readonly Field<never>[] | readonly Field<unknown>[]): void {
  const overtaken = fields.filter((field) => field.isOvertaken);
  if (overtaken.length === 0) return;
  for (const field of overtaken) field.seen();
  const names = overtaken.map(({ name }) => name).join(', ');
  throw new Error(`Somebody else has changed ${names}. Press again to replace that with what you entered.`);
}
