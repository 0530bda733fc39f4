// What somebody chose, kept in this browser under their name (and, where it is about a room, the
// room's), for nobody else to see. All tabs follow.

import { auth } from '$lib/auth/auth.svelte';
import { onStored, recall, remember } from './storage';

type All<T> = Record<string, T>;

export class Kept<T> {
  readonly #key: string;
  readonly #none: T;
  readonly #whose: () => string;
  #all = $state.raw<All<T>>({});

  /** `none`: what it is until somebody chooses. */
  constructor(key: string, none: T, whose: () => string = () => auth.identity) {
    this.#key = key;
    this.#none = none;
    this.#whose = whose;
    const read = () => (this.#all = this.#read());
    read();
    onStored(key, read);
  }

  get value(): T {
    return this.#all[this.#whose()] ?? this.#none;
  }

  /** Changed from what is kept now: another tab may have changed it meanwhile. */
  change(to: (now: T) => T): void {
    const all = this.#read();
    const whose = this.#whose();
    this.#all = { ...all, [whose]: to(all[whose] ?? this.#none) };
    remember(this.#key, this.#all);
  }

  /** An older page kept one list for all: it is nobody's any more. */
  #read(): All<T> {
    const all = recall<All<T> | unknown[]>(this.#key);
    return all === undefined || Array.isArray(all) ? {} : all;
  }
}
