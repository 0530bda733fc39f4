// Markets that this reader wants on top.

import { Kept } from '$lib/app/kept/kept.svelte';

class Stars {
  readonly #kept = new Kept<readonly string[]>('exchange.stars', []);
  readonly #ids = $derived(new Set(this.#kept.value));

  has(marketId: bigint): boolean {
    return this.#ids.has(String(marketId));
  }

  toggle(marketId: bigint): void {
    const id = String(marketId);
    this.#kept.change((ids) => (ids.includes(id) ? ids.filter((other) => other !== id) : [...ids, id]));
  }
}

export const stars = new Stars();
