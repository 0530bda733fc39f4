// What markets traded at in the last 24 hours, for small pictures: asked for one after the other,
// only for those on the screen, so that a long list leaves the exchange's allowance to what one does.

import { candlesOf } from '$lib/app/requests/history';
import { exchange } from '$lib/app/exchange.svelte';
import { CandleInterval } from '$lib/gen/history_pb';
import { intervalOf } from '$lib/state/prices/candles';

export const DAY_S = 86_400;
const INTERVAL = intervalOf(CandleInterval.CANDLE_INTERVAL_15_MINUTES);
const CANDLES = DAY_S / INTERVAL.seconds + 1;
/** 60 a minute at most, of the 180 questions that one may ask. */
const ASKED_EVERY_MS = 1_000;
/** The first ones of a page come at once. */
const AT_ONCE = 12;
/** What is drawn so small need not be newer. */
const GOOD_FOR_MS = 5 * 60_000;

export interface Spark {
  /** Seconds since 1970, and prices. */
  points: readonly { time: number; price: number }[];
  from: number;
}

type Tell = (spark: Spark) => void;

const known = new Map<bigint, { spark: Spark; askedAt: number }>();
const wanted = new Map<bigint, Tell>();
let asking = false;
let spared = AT_ONCE;

/** Tells what is known, and what is newer when it has come. Returns how to want it no more. */
export function wantSpark(marketId: bigint, tell: Tell): () => void {
  const before = known.get(marketId);
  if (before) tell(before.spark);
  if (before && performance.now() - before.askedAt < GOOD_FOR_MS) return () => {};
  wanted.set(marketId, tell);
  if (!asking) void askAll();
  return () => {
    if (wanted.get(marketId) === tell) wanted.delete(marketId);
  };
}

async function askAll(): Promise<void> {
  asking = true;
  try {
    for (let next = first(); next && exchange.status === 'connected'; next = first()) {
      const [marketId, tell] = next;
      wanted.delete(marketId);
      const from = Math.floor(Date.now() / 1_000) - DAY_S;
      const page = await candlesOf(marketId, INTERVAL, from, 0, CANDLES);
      const points = page.candles.map(({ timeUs, close }) => ({
        time: Number(timeUs / 1_000_000n) + INTERVAL.seconds,
        price: close,
      }));
      const spark = { points, from };
      known.set(marketId, { spark, askedAt: performance.now() });
      tell(spark);
      if (spared > 0) spared -= 1;
      else await new Promise((resolve) => setTimeout(resolve, ASKED_EVERY_MS));
    }
  } catch {
    // A picture less. Whoever comes into view next asks again.
  } finally {
    asking = false;
  }
}

const first = (): [bigint, Tell] | undefined => wanted.entries().next().value;
