// What an account's position in a market has made: by what was closed, and by what is open at
// its mark. At average cost; the exchange keeps what the open position cost.

import type { Position } from '$lib/gen/rooms_pb';
import { averagePrice } from '$lib/units';
import type { Range } from './margin';
import { profitOf, valueAt, type Mark } from './mark';

/**
 * The price at which closing the open position makes the profit in this market 0; where no
 * price within the range does, whether all of them make a profit or all a loss.
 */
export type BreakEven = { at: bigint } | 'ahead' | 'behind';

export interface OpenPosition {
  quantity: bigint;
  /** As from `averagePrice`; undefined: nothing is open. */
  average: bigint | undefined;
  breakEven: BreakEven | undefined;
  /** By what was closed, and paid out. Cash units. */
  realised: bigint;
  /** By what is open, at its mark. Cash units. */
  unrealised: bigint;
  /** Both together. */
  profit: bigint;
}

export function openPosition(range: Range, position: Position | undefined, mark: Mark): OpenPosition {
  const quantity = position?.quantity ?? 0n;
  const cost = position?.openCost ?? 0n;
  const profit = profitOf(position, mark);
  const unrealised = valueAt(mark, quantity) - cost;
  return {
    quantity,
    average: quantity === 0n ? undefined : averagePrice(cost, quantity),
    breakEven: position && quantity !== 0n ? breakEven(range, position) : undefined,
    realised: profit - unrealised,
    unrealised,
    profit,
  };
}

function breakEven({ minPrice, maxPrice }: Range, { quantity, spent }: Position): BreakEven {
  const atMin = BigInt(minPrice) * quantity - spent;
  const atMax = BigInt(maxPrice) * quantity - spent;
  if (atMin > 0n && atMax > 0n) return 'ahead';
  if (atMin < 0n && atMax < 0n) return 'behind';
  return { at: averagePrice(spent, quantity) };
}

/**
 * Whether a loss is no more than what buying at the offer, or selling at the bid, begins with:
 * the position is marked in the middle of the two.
 */
export function isSpreadLoss(
  { quantity, average, unrealised }: OpenPosition,
  mark: Mark,
  { bestBid, bestOffer }: { bestBid?: number | undefined; bestOffer?: number | undefined },
): boolean {
  if (mark.from !== 'mid' || average === undefined || unrealised >= 0n) return false;
  if (bestBid === undefined || bestOffer === undefined) return false;
  return quantity > 0n ? average <= BigInt(bestOffer) * 100n : average >= BigInt(bestBid) * 100n;
}
