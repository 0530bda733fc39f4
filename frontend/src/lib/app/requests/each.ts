// The same for each of many, one after the other.

import { Refused } from '$lib/connection/failures';
import { ErrorCode } from '$lib/gen/failures_pb';

export interface Outcome<T> {
  done: T[];
  refused: { item: T; reason: string }[];
}

const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

/** Waits as long as the exchange says where it was asked too often. What is refused keeps nothing from the others. */
export async function forEach<T>(
  items: readonly T[],
  act: (item: T) => Promise<unknown>,
  wait = pause,
): Promise<Outcome<T>> {
  const outcome: Outcome<T> = { done: [], refused: [] };
  for (const item of items) {
    try {
      await patiently(() => act(item), wait);
      outcome.done.push(item);
    } catch (failure) {
      outcome.refused.push({ item, reason: failure instanceof Error ? failure.message : String(failure) });
    }
  }
  return outcome;
}

async function patiently(act: () => Promise<unknown>, wait: (ms: number) => Promise<void>): Promise<void> {
  for (;;) {
    try {
      await act();
      return;
    } catch (failure) {
      if (!(failure instanceof Refused) || failure.code !== ErrorCode.RATE_LIMITED) throw failure;
      await wait(failure.retryAfterMs);
    }
  }
}
