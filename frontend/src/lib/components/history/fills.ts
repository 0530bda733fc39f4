// A trade as one of its two accounts sees it.

import { exchange } from '$lib/app/exchange.svelte';
import type { Trade } from '$lib/gen/markets_pb';

export function sideIn({ buyerAccountId }: Trade, accountId: bigint): { word: string; tone: string } {
  return buyerAccountId === accountId
    ? { word: 'Bought', tone: 'text-buy' }
    : { word: 'Sold', tone: 'text-sell' };
}

/** Whom it was with; 0: that is not told. */
export const otherOf = ({ buyerAccountId, sellerAccountId }: Trade, accountId: bigint): bigint =>
  buyerAccountId === accountId ? sellerAccountId : buyerAccountId;

export function otherIn(trade: Trade, accountId: bigint): string {
  const other = otherOf(trade, accountId);
  return other === 0n ? 'anonymous' : exchange.nameOfAccount(other) || `account ${other}`;
}
