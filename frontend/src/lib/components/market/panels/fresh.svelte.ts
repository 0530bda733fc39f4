// Lists of the past that follow what happens now.

import { untrack } from 'svelte';
import { exchange } from '$lib/app/exchange.svelte';

/** What comes in a burst is asked for once. */
const CALM_MS = 800;

/** Asks at once, when the connection is back, and whenever something of `what` has changed. For a component's life. */
export function keepFresh(
  pages: { refresh(): Promise<void>; rows: unknown[] | undefined },
  what: () => unknown,
): void {
  $effect(() => {
    if (exchange.status === 'connected') void untrack(() => pages.refresh());
  });
  $effect(() => {
    what();
    if (untrack(() => pages.rows) === undefined) return;
    const timer = setTimeout(() => void pages.refresh(), CALM_MS);
    return () => clearTimeout(timer);
  });
}
