// How somebody wants their desk, in this browser.

import { Kept } from '$lib/app/kept/kept.svelte';

const kept = new Kept('exchange.desk', { asks: false });

export const desk = {
  /** Whether orders and cancels are asked about before they are sent. */
  get asks(): boolean {
    return kept.value.asks;
  },
  set asks(asks: boolean) {
    kept.change(() => ({ asks }));
  },
};
