import { describe, expect, it } from 'vitest';
import { TradeFinder, type FetchTrades, type FoundTrade } from './trade-finder';

/** A history with gaps in ids, and trades in bursts; counts what it is asked. */
function history(count: number) {
  const trades: FoundTrade[] = [];
  let [tradeId, sequence, timeUs] = [0n, 0, 1_000_000];
  for (let index = 0; index < count; index += 1) {
    const burst = index % 97 < 60;
    tradeId += burst ? 1n : BigInt(1 + (index % 7));
    sequence += burst ? 1 : 40;
    timeUs += burst ? 10 : 900_000;
    trades.push({ tradeId, sequence, timeUs });
  }
  let asked = 0;
  const fetch: FetchTrades<FoundTrade> = async ({ after, newestFirst, limit }) => {
    asked += 1;
    if (!newestFirst) return trades.filter((trade) => trade.tradeId > after).slice(0, limit);
    const older = after === 0n ? trades : trades.filter((trade) => trade.tradeId < after);
    return older.slice(-limit).toReversed();
  };
  return { trades, fetch, asked: () => asked };
}

const bySequence = (sequence: number) =>
  [
    (trade: FoundTrade) => trade.sequence <= sequence,
    (before: FoundTrade | undefined, after: FoundTrade) =>
      (sequence - (before?.sequence ?? 0)) / (after.sequence - (before?.sequence ?? 0)),
  ] as const;

describe('the trade finder', () => {
  it('finds the neighbours of any place, with few questions', async () => {
    const { trades, fetch, asked } = history(30_000);
    const finder = new TradeFinder(fetch);
    await finder.begin();
    for (const index of [0, 1, 777, 15_000, 22_345, 29_500, 29_998]) {
      const before = asked();
      const found = await finder.around(...bySequence(trades[index]!.sequence));
      expect(found).toEqual({ before: trades[index], after: trades[index + 1] });
      expect(asked() - before).toBeLessThanOrEqual(8);
    }
  });

  it('knows what is before the first trade and after the last', async () => {
    const { trades, fetch } = history(5_000);
    const finder = new TradeFinder(fetch);
    await finder.begin();
    expect(await finder.around(...bySequence(0))).toEqual({ before: undefined, after: trades[0] });
    expect(await finder.around(...bySequence(1e9))).toEqual({ before: trades.at(-1), after: undefined });
  });

  it('asks nothing twice', async () => {
    const { trades, fetch, asked } = history(5_000);
    const finder = new TradeFinder(fetch);
    await finder.begin();
    await finder.around(...bySequence(trades[2_000]!.sequence));
    const before = asked();
    await finder.around(...bySequence(trades[2_000]!.sequence));
    expect(asked()).toBe(before);
  });

  it('lists what led up to a trade without a hole', async () => {
    const { trades, fetch } = history(5_000);
    const finder = new TradeFinder(fetch);
    await finder.begin();
    const { before } = await finder.around(...bySequence(trades[2_000]!.sequence));
    expect(await finder.upTo(before!, 50)).toEqual(trades.slice(1_951, 2_001).toReversed());
    expect(await finder.upTo(trades[10]!, 50)).toEqual(trades.slice(0, 11).toReversed());
  });

  it('copes with a market nobody traded in, and with a single trade', async () => {
    const none = new TradeFinder(history(0).fetch);
    await none.begin();
    expect(await none.around(...bySequence(5))).toEqual({ before: undefined, after: undefined });
    const one = history(1);
    const finder = new TradeFinder(one.fetch);
    await finder.begin();
    expect(await finder.around(...bySequence(0))).toEqual({ before: undefined, after: one.trades[0] });
  });
});
