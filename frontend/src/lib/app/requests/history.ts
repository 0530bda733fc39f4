// Asking for the past. A question that came too soon is asked again when it may be.

import { Refused } from '$lib/connection/failures';
import type { Request } from '$lib/connection/requests';
import type { ServerMessage } from '$lib/gen/exchange_pb';
import { ErrorCode } from '$lib/gen/failures_pb';
import type { CandlesPage, PastBook, StatusChange, TradesPage } from '$lib/gen/history_pb';
import type { Interval } from '$lib/state/prices/candles';
import { exchange } from '$lib/app/exchange.svelte';

const TRIES = 3;
const WAIT_MOST_MS = 10_000;

async function ask<C extends ServerMessage['event']['case']>(
  request: Request,
  expected: C,
): Promise<Extract<ServerMessage['event'], { case: C }>['value']> {
  for (let tried = 1; ; tried += 1) {
    try {
      const { event } = await exchange.request(request);
      if (event.case === expected) return event.value as never;
      throw new Error(`The exchange gave an unexpected answer (${event.case} to ${request.case}).`);
    } catch (failure) {
      if (!(failure instanceof Refused) || !isPassing(failure) || tried === TRIES) throw failure;
      await new Promise((resolve) => setTimeout(resolve, Math.min(failure.retryAfterMs, WAIT_MOST_MS)));
    }
  }
}

const isPassing = ({ code }: Refused) =>
  [ErrorCode.RATE_LIMITED, ErrorCode.OVERLOADED, ErrorCode.STOPPING].includes(code);

/** Candles that begin from one time on and before another, in whole seconds; `to` 0: up to now. */
export function candlesOf(
  marketId: bigint,
  { value: interval }: Interval,
  from: number,
  to: number,
  limit: number,
): Promise<CandlesPage> {
  const us = (seconds: number) => BigInt(Math.max(0, seconds)) * 1_000_000n;
  const value = { marketId, interval, fromTimeUs: us(from), toTimeUs: us(to), limit };
  return ask({ case: 'getCandles', value }, 'candlesPage');
}

export interface TradesWanted {
  marketId: bigint;
  /** Only those of this account. */
  accountId?: bigint;
  /** Those on the far side of this trade; 0: from the end. */
  after?: bigint;
  newestFirst?: boolean;
  limit: number;
}

export function tradesOf(wanted: TradesWanted): Promise<TradesPage> {
  const { marketId, accountId = 0n, after = 0n, newestFirst = true, limit } = wanted;
  const value = { marketId, accountId, page: { after, limit, newestFirst } };
  return ask({ case: 'getTrades', value }, 'tradesPage');
}

export function bookAt(marketId: bigint, sequence: number, limit: number): Promise<PastBook> {
  return ask({ case: 'getBook', value: { marketId, sequence: BigInt(sequence), limit } }, 'pastBook');
}

/** The first status a market was given, which it was opened with. */
export async function openingOf(marketId: bigint): Promise<StatusChange | undefined> {
  const value = { marketId, page: { limit: 1 } };
  const { changes } = await ask({ case: 'getStatusChanges', value }, 'statusChangesPage');
  return changes[0];
}
