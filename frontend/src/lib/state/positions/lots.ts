// What an open position is made of, first in, first out: what closes takes the oldest first, so
// what is open are the newest on its side, as many as it holds.

import type { Trade } from '$lib/gen/markets_pb';
import { plainTime } from '$lib/ui/values/time';
import { cashOf, formatCash, formatPrice, formatQuantity, plainNumber } from '$lib/units';

/** What is left of one trade. */
export interface Lot {
  tradeId: bigint;
  timeUs: bigint;
  price: number;
  /** Long is positive, short negative. */
  quantity: bigint;
}

export interface Lots {
  /** Newest first. */
  lots: readonly Lot[];
  /** What of the position these trades do not explain: converted, assigned, or older than they are. */
  rest: bigint;
}

/** `trades`: the account's in the market, newest first. */
export function lotsOf(trades: readonly Trade[], accountId: bigint, position: bigint): Lots {
  const long = position > 0n;
  let rest = long ? position : -position;
  const lots: Lot[] = [];
  for (const { tradeId, timeUs, price, quantity, buyerAccountId } of trades) {
    if (rest === 0n) break;
    if ((buyerAccountId === accountId) !== long) continue;
    const taken = BigInt(quantity) < rest ? BigInt(quantity) : rest;
    rest -= taken;
    lots.push({ tradeId, timeUs, price, quantity: long ? taken : -taken });
  }
  return { lots, rest: long ? rest : -rest };
}

/** What the lots cost, together: cash units. */
export const costOf = (lots: readonly Lot[]): bigint =>
  lots.reduce((sum, { price, quantity }) => sum + cashOf(price, quantity), 0n);

export const quantityOf = (lots: readonly Lot[]): bigint =>
  lots.reduce((sum, { quantity }) => sum + quantity, 0n);

/** As a file; with a byte order mark, as spreadsheets guess another encoding without it. */
export function lotsCsv(lots: readonly Lot[]): string {
  const rows = lots.map(({ tradeId, timeUs, price, quantity }) => [
    String(tradeId),
    plainTime(timeUs),
    plainNumber(formatQuantity(quantity)),
    plainNumber(formatPrice(price)),
    plainNumber(formatCash(cashOf(price, quantity))),
  ]);
  const lines = [['trade_id', 'time', 'quantity', 'price', 'cost'], ...rows].map((row) => row.join(','));
  return `\uFEFF${lines.join('\r\n')}\r\n`;
}
