// The time by this browser's clock, for what counts down: one timer for all that reads it, and none while nothing does.

import { createSubscriber } from 'svelte/reactivity';

const subscribe = createSubscriber((update) => {
  const timer = setInterval(update, 1_000);
  return () => clearInterval(timer);
});

/** Reactive: what reads it is drawn anew each second. */
export function nowMs(): number {
  subscribe();
  return Date.now();
}
