// The book as a ladder shows it: levels with their depth, own orders marked.

import { Side } from '$lib/gen/orders_pb';
import { levels, type Book } from './book';

export interface Rung {
  price: number;
  /** What rests at this price. */
  total: number;
  /** What rests at this price or a better one. */
  depth: number;
  /** Own quantity in `total`. */
  mine: number;
}

/** The best `count` levels of a side, best first. */
export function rungs(book: Book, side: Side, count: number, own: ReadonlySet<bigint>): Rung[] {
  let depth = 0;
  return levels(book, side)
    .slice(0, count)
    .map(({ price, total, orders }) => {
      depth += total;
      let mine = 0;
      for (const { orderId, remaining } of orders.values()) if (own.has(orderId)) mine += remaining;
      return { price, total, depth, mine };
    });
}
