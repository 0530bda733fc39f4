import { create } from '@bufbuild/protobuf';
import { describe, expect, it } from 'vitest';
import { CandleInterval } from '$lib/gen/history_pb';
import { TradeSchema } from '$lib/gen/markets_pb';
import { addTrade, beginOf, intervalForAge, intervalOf, movedBy, prepend, type Candle } from './candles';

const minute = intervalOf(CandleInterval.CANDLE_INTERVAL_1_MINUTE);
const trade = (seconds: number, price: number, quantity = 100) =>
  create(TradeSchema, { timeUs: BigInt(seconds) * 1_000_000n, price, quantity });

describe('candles', () => {
  it('take trades in, and begin anew with the next interval', () => {
    const candles: Candle[] = [];
    for (const [seconds, price] of [
      [60, 4_000],
      [70, 4_200],
      [119, 3_900],
      [180, 4_100],
    ] as const)
      addTrade(candles, trade(seconds, price), minute);
    expect(candles).toEqual([
      { time: 60, open: 4_000, high: 4_200, low: 3_900, close: 3_900, quantity: 300n },
      { time: 180, open: 4_100, high: 4_100, low: 4_100, close: 4_100, quantity: 100n },
    ]);
  });

  it('begin at multiples of their interval since 1970', () => {
    const day = intervalOf(CandleInterval.CANDLE_INTERVAL_1_DAY);
    expect(beginOf(1_700_000_000_999_999n, minute)).toBe(1_699_999_980);
    expect(beginOf(1_700_000_000_000_000n, day) % 86_400).toBe(0);
  });

  it('show a market’s whole life at the start', () => {
    expect(intervalForAge(90).text).toBe('1s');
    expect(intervalForAge(3_000).text).toBe('15s');
    expect(intervalForAge(7 * 86_400).text).toBe('1h');
    expect(intervalForAge(3_000 * 86_400).text).toBe('1d');
  });

  it('leave a view where it is, or at the end', () => {
    const candle = (time: number): Candle => ({ time, open: 1, high: 1, low: 1, close: 1, quantity: 1n });
    const drawn = [60, 120, 180];
    const more = [0, 60, 120, 180, 240, 300].map(candle);
    expect(movedBy(drawn, more, 1)).toBe(1);
    expect(movedBy(drawn, more, 2)).toBe(3);
    expect(movedBy([], more, 0)).toBe(0);
  });

  it('are never there twice when older ones come', () => {
    const candle = (time: number): Candle => ({ time, open: 1, high: 1, low: 1, close: 1, quantity: 1n });
    const all = prepend([candle(120), candle(180)], [candle(0), candle(60), candle(120)]);
    expect(all.map(({ time }) => time)).toEqual([0, 60, 120, 180]);
  });
});
