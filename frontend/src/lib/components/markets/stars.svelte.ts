// Markets that this reader wants on top. Kept in this browser, for nobody else to see.

import { recall, remember } from '$lib/app/storage';

const KEY = 'exchange.stars';

class Stars {
  #ids = $state.raw<ReadonlySet<string>>(new Set(recall<string[]>(KEY)));

  has(marketId: bigint): boolean {
    return this.#ids.has(String(marketId));
  }

  toggle(marketId: bigint): void {
    const ids = new Set(this.#ids);
    if (!ids.delete(String(marketId))) ids.add(String(marketId));
    this.#ids = ids;
    remember(KEY, [...ids]);
  }
}

export const stars = new Stars();
