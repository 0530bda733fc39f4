// The book as a depth chart shows it: what rests at a price or a better one.

import { Side } from '$lib/gen/orders_pb';
import { levels, type Book } from '$lib/state/trading/book';

export interface DepthStep {
  price: number;
  /** What rests at this price or a better one. */
  depth: number;
}

export interface Depth {
  /** Best price first, as the offers. */
  bids: DepthStep[];
  offers: DepthStep[];
  /** The prices that are drawn, around the middle; undefined: the book is empty. */
  from: number;
  to: number;
  /** The most that is drawn. */
  most: number;
}

/** Of each side, what lies so far out that it would make the rest a thin spike is left out. */
const SHARE_DRAWN = 0.95;

function stepsOf(book: Book, side: Side): DepthStep[] {
  let depth = 0;
  return levels(book, side).map(({ price, total }) => ({ price, depth: (depth += total) }));
}

/** The price at which a share of a side's whole depth is reached. */
function reach(steps: readonly DepthStep[], share: number): number | undefined {
  const whole = steps.at(-1)?.depth ?? 0;
  return steps.find(({ depth }) => depth >= whole * share)?.price;
}

export function depthOf(book: Book, range: { minPrice: number; maxPrice: number }): Depth | undefined {
  const bids = stepsOf(book, Side.BUY);
  const offers = stepsOf(book, Side.SELL);
  const best = [bids[0]?.price, offers[0]?.price].filter((price) => price !== undefined);
  if (best.length === 0) return undefined;
  const middle = best.reduce((sum, price) => sum + price, 0) / best.length;
  const outermost = [reach(bids, SHARE_DRAWN), reach(offers, SHARE_DRAWN)].filter(
    (price) => price !== undefined,
  );
  // As far to one side as to the other, so that a lopsided book looks lopsided.
  const far = Math.max(...outermost.map((price) => Math.abs(price - middle)), 1) * 1.05;
  const from = Math.max(range.minPrice, Math.floor(middle - far));
  const to = Math.min(range.maxPrice, Math.ceil(middle + far));
  const drawn = [...bids, ...offers].filter(({ price }) => price >= from && price <= to);
  return { bids, offers, from, to, most: Math.max(...drawn.map(({ depth }) => depth), 1) };
}

/** What one would have to take to move the price to this one. */
export function depthAt(depth: Depth, price: number): { side: Side; depth: number } | undefined {
  const bid = depth.bids.findLast((step) => step.price >= price);
  if (bid) return { side: Side.BUY, depth: bid.depth };
  const offer = depth.offers.findLast((step) => step.price <= price);
  return offer && { side: Side.SELL, depth: offer.depth };
}

/** Round numbers between two bounds, about `count` of them. */
export function ticks(from: number, to: number, count: number): number[] {
  const rough = (to - from) / count;
  if (!(rough > 0)) return [];
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map((times) => times * power).find((size) => size >= rough)!;
  const whole = Math.max(1, Math.round(step));
  const all: number[] = [];
  for (let tick = Math.ceil(from / whole) * whole; tick <= to; tick += whole) all.push(tick);
  return all;
}
