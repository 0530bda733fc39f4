// Candles: what a market traded at by intervals of time, kept up with each trade.

import { CandleInterval, type Candle as WireCandle } from '$lib/gen/history_pb';
import type { Trade } from '$lib/gen/markets_pb';

export interface Candle {
  /** When its interval begins; whole seconds since 1970. */
  readonly time: number;
  open: number;
  high: number;
  low: number;
  close: number;
  quantity: bigint;
}

export interface Interval {
  value: CandleInterval;
  text: string;
  seconds: number;
}

export const INTERVALS: readonly Interval[] = [
  { value: CandleInterval.CANDLE_INTERVAL_1_SECOND, text: '1s', seconds: 1 },
  { value: CandleInterval.CANDLE_INTERVAL_5_SECONDS, text: '5s', seconds: 5 },
  { value: CandleInterval.CANDLE_INTERVAL_15_SECONDS, text: '15s', seconds: 15 },
  { value: CandleInterval.CANDLE_INTERVAL_1_MINUTE, text: '1m', seconds: 60 },
  { value: CandleInterval.CANDLE_INTERVAL_5_MINUTES, text: '5m', seconds: 300 },
  { value: CandleInterval.CANDLE_INTERVAL_15_MINUTES, text: '15m', seconds: 900 },
  { value: CandleInterval.CANDLE_INTERVAL_1_HOUR, text: '1h', seconds: 3_600 },
  { value: CandleInterval.CANDLE_INTERVAL_4_HOURS, text: '4h', seconds: 14_400 },
  { value: CandleInterval.CANDLE_INTERVAL_1_DAY, text: '1d', seconds: 86_400 },
];

export const intervalOf = (value: CandleInterval): Interval =>
  INTERVALS.find((interval) => interval.value === value) ?? INTERVALS[3]!;

/** How many candles show a market's whole life well; with more, none of them is seen. */
const SEEN_MOST = 200;

/** The finest interval that still shows the whole life of a market of this age. */
export function intervalForAge(seconds: number): Interval {
  return INTERVALS.find((interval) => seconds / interval.seconds <= SEEN_MOST) ?? INTERVALS.at(-1)!;
}

const secondsOf = (timeUs: bigint): number => Number(timeUs / 1_000_000n);

export function candleFrom({ timeUs, open, high, low, close, quantity }: WireCandle): Candle {
  return { time: secondsOf(timeUs), open, high, low, close, quantity };
}

/** The beginning of the interval that a time is in: a multiple of it since 1970. */
export function beginOf(timeUs: bigint, { seconds }: Interval): number {
  return Math.floor(secondsOf(timeUs) / seconds) * seconds;
}

/** Adds a trade to the last candle or begins the next one; returns the candle. */
export function addTrade(candles: Candle[], { timeUs, price, quantity }: Trade, interval: Interval): Candle {
  const time = beginOf(timeUs, interval);
  const last = candles.at(-1);
  if (last && last.time >= time) {
    last.high = Math.max(last.high, price);
    last.low = Math.min(last.low, price);
    last.close = price;
    last.quantity += BigInt(quantity);
    return last;
  }
  const next = { time, open: price, high: price, low: price, close: price, quantity: BigInt(quantity) };
  candles.push(next);
  return next;
}

/**
 * By how many candles a view has to move so that it shows what it showed, or goes on showing the end if it did.
 * `times`: of the candles that were drawn; `to`: the place among them that the view ended at.
 */
export function movedBy(times: readonly number[], candles: readonly Candle[], to: number): number {
  const [first, last] = [times[0], times.at(-1)];
  if (first === undefined || last === undefined) return 0;
  const inFront = candles.filter(({ time }) => time < first).length;
  const behind = candles.filter(({ time }) => time > last).length;
  return to >= times.length - 1 ? inFront + behind : inFront;
}

/** Older candles in front of those that are there. */
export function prepend(candles: readonly Candle[], older: readonly Candle[]): Candle[] {
  const first = candles[0]?.time ?? Infinity;
  return [...older.filter(({ time }) => time < first), ...candles];
}
