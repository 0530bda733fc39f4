// Questions about the past, page by page, newest first.

import { exchange } from '$lib/app/exchange.svelte';
import type { Request } from '$lib/connection/requests';
import type { AuditEntry, EquitySample, PastTrade } from '$lib/gen/history_pb';
import type { Transfer } from '$lib/gen/money_pb';

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

export const tradesOf =
  (accountId: bigint): Question<PastTrade> =>
  async (after, limit) => {
    const event = await ask({ case: 'getTrades', value: { accountId, page: page(after, limit) } });
    if (event.case !== 'tradesPage') return { rows: [], nextAfter: 0n };
    return { rows: event.value.trades, nextAfter: event.value.nextAfter };
  };

export const transfersOf =
  (accountId: bigint): Question<Transfer> =>
  async (after, limit) => {
    const event = await ask({ case: 'getTransfers', value: { accountId, page: page(after, limit) } });
    if (event.case !== 'transfersPage') return { rows: [], nextAfter: 0n };
    return { rows: event.value.transfers, nextAfter: event.value.nextAfter };
  };

export const auditTrail: Question<AuditEntry> = async (after, limit) => {
  const event = await ask({ case: 'getAuditTrail', value: { page: page(after, limit) } });
  if (event.case !== 'auditPage') return { rows: [], nextAfter: 0n };
  return { rows: event.value.entries, nextAfter: event.value.nextAfter };
};

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
