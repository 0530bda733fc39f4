// Questions about the past, page by page, newest first.

import { exchange } from '$lib/app/exchange.svelte';
import type { Request } from '$lib/connection/requests';
import type { AuditEntry, EquitySample, PastTrade } from '$lib/gen/history_pb';
import type { Transfer } from '$lib/gen/money_pb';
import type { Order } from '$lib/gen/orders_pb';

export interface Answer<T> {
  rows: T[];
  /** Where the next page begins; 0: there is no more. */
  nextAfter: bigint;
}

/** Asks for the rows after a position (0: the newest). */
export type Question<T> = (after: bigint, limit: number) => Promise<Answer<T>>;

const page = (after: bigint, limit: number) => ({ after, limit, newestFirst: true });

async function ask(request: Request) {
  return (await exchange.request(request)).event;
}

/** An account's, in one market or (0) in all. */
export const tradesOf =
  (accountId: bigint, marketId = 0n): Question<PastTrade> =>
  async (after, limit) => {
    const event = await ask({ case: 'getTrades', value: { accountId, marketId, page: page(after, limit) } });
    if (event.case !== 'tradesPage') return { rows: [], nextAfter: 0n };
    return { rows: event.value.trades, nextAfter: event.value.nextAfter };
  };

/** Whatever became of them. */
export const ordersOf =
  (accountId: bigint, marketId: bigint): Question<Order> =>
  async (after, limit) => {
    const event = await ask({ case: 'getOrders', value: { accountId, marketId, page: page(after, limit) } });
    if (event.case !== 'ordersPage') return { rows: [], nextAfter: 0n };
    return { rows: event.value.orders, nextAfter: event.value.nextAfter };
  };

export const transfersOf =
  (accountId: bigint): Question<Transfer> =>
  async (after, limit) => {
    const event = await ask({ case: 'getTransfers', value: { accountId, page: page(after, limit) } });
    if (event.case !== 'transfersPage') return { rows: [], nextAfter: 0n };
    return { rows: event.value.transfers, nextAfter: event.value.nextAfter };
  };

/** What of the audit log; what is absent does not matter. */
export interface AuditWanted {
  userId?: bigint;
  marketId?: bigint;
  action?: string;
  fromTimeUs?: bigint;
  toTimeUs?: bigint;
}

export const auditTrail =
  (wanted: AuditWanted): Question<AuditEntry> =>
  async (after, limit) => {
    const event = await ask({ case: 'getAuditTrail', value: { ...wanted, page: page(after, limit) } });
    if (event.case !== 'auditPage') return { rows: [], nextAfter: 0n };
    return { rows: event.value.entries, nextAfter: event.value.nextAfter };
  };

/** More than a chart has pixels to tell apart. */
const RANKED_POINTS = 400;
const MINUTE_US = 60_000_000n;

/** What a ranked account made since the room was opened, as the leaderboard told everyone; oldest first. */
export async function rankedCurveOf(accountId: bigint, sinceUs: bigint): Promise<EquitySample[]> {
  const span = BigInt(Date.now()) * 1_000n - sinceUs;
  const minutes = span / (MINUTE_US * BigInt(RANKED_POINTS));
  const intervalUs = (minutes < 1n ? 1n : minutes) * MINUTE_US;
  const value = { accountId, asRanked: true, intervalUs, page: page(0n, SAMPLES_AT_A_TIME) };
  const event = await ask({ case: 'getEquityCurve', value });
  return event.case === 'equityPage' ? event.value.samples.reverse() : [];
}

const SAMPLES_AT_A_TIME = 1_000;
/** A week of minutes, and a little more. */
const SAMPLES_MAX = 11_000;

/** What an account was worth, oldest first: the last samples, as many as a chart can use. */
export async function equityOf(accountId: bigint): Promise<EquitySample[]> {
  const samples: EquitySample[] = [];
  let after = 0n;
  do {
    const value = { accountId, page: page(after, SAMPLES_AT_A_TIME) };
    const event = await ask({ case: 'getEquityCurve', value });
    if (event.case !== 'equityPage') break;
    samples.push(...event.value.samples);
    after = event.value.nextAfter;
  } while (after !== 0n && samples.length < SAMPLES_MAX);
  return samples.reverse();
}
