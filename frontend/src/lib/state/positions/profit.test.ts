import { expect, it } from 'vitest';
import { madeIn, worthOf } from './profit';

const holding = (
  value: bigint,
  profit: bigint,
  more: { anonymous?: boolean; hidden?: boolean; settled?: boolean } = {},
) => ({
  market: { anonymous: more.anonymous ?? false, visibleToAccountIds: more.hidden ? [1n] : [] },
  value,
  open: {
    profit,
    realised: more.settled ? profit : 0n,
    unrealised: more.settled ? 0n : profit,
  },
  settled: more.settled ?? false,
});

it('counts every position at its mark, and in public those that others may not see at what they cost', () => {
  const account = { cash: 900n, received: 1_000n };
  // Bought for 100 each; one is worth 120 now, the others 60.
  const all = [
    holding(120n, 20n),
    holding(60n, -40n, { anonymous: true }),
    holding(60n, -40n, { hidden: true }),
    holding(0n, 7n, { anonymous: true, settled: true }),
  ];
  expect(worthOf(account, all)).toEqual({ equity: 1_140n, profit: 140n, publicProfit: 220n });
  expect(worthOf(account, [all[0]!])).toEqual({ equity: 1_020n, profit: 20n, publicProfit: 20n });
});

it('tells what was realised from what is not', () => {
  const partlySold = { ...holding(60n, 15n), open: { profit: 15n, realised: 5n, unrealised: 10n } };
  expect(madeIn([holding(120n, 20n), partlySold, holding(0n, 7n, { settled: true })])).toEqual({
    realised: 12n,
    unrealised: 30n,
  });
});
