// What an account is worth and has made: the one definition, as the exchange has it too (Account.Equity and
// Account.PublicEquity).
//
// Profit is equity less money received without trading; equity is cash and every position at its market's mark. That is
// what the account's members, its equity curve and elevated admins see. Public profit is what the leaderboard ranks by:
// it counts positions in markets that are anonymous, or that only some see, at what they cost until those settle, or the
// list would tell who holds them.

import type { Market } from '$lib/gen/markets_pb';
import type { OpenPosition } from './open-position';

export interface Worth {
  equity: bigint;
  profit: bigint;
  publicProfit: bigint;
}

/** A position with what it is worth at the mark, and has made. */
export interface Valued {
  market: Pick<Market, 'anonymous' | 'visibleToAccountIds'>;
  value: bigint;
  open: Pick<OpenPosition, 'profit' | 'realised' | 'unrealised'>;
  settled: boolean;
}

export function worthOf(
  { cash, received }: { cash: bigint; received: bigint },
  holdings: readonly Valued[],
): Worth {
  const equity = holdings.reduce((sum, { value }) => sum + value, cash);
  const publicEquity = holdings.reduce((sum, holding) => sum + publicValueOf(holding), cash);
  return { equity, profit: equity - received, publicProfit: publicEquity - received };
}

function publicValueOf({ market, value, open, settled }: Valued): bigint {
  const isPrivate = market.anonymous || market.visibleToAccountIds.length > 0;
  // Worth less what it made is what it cost.
  return isPrivate && !settled ? value - open.profit : value;
}

/** What was made by closing and by settlements, and what open positions have made at their marks. */
export function madeIn(holdings: readonly Valued[]): { realised: bigint; unrealised: bigint } {
  return {
    realised: holdings.reduce((sum, { open }) => sum + open.realised, 0n),
    unrealised: holdings.reduce((sum, { open }) => sum + open.unrealised, 0n),
  };
}
