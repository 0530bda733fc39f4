// One market's order book: every live order, first in line first at each price.

import type { BookChanged, BookOrder, BookSnapshot } from '$lib/gen/markets_pb';
import { Side } from '$lib/gen/orders_pb';

export interface RestingOrder {
  readonly orderId: bigint;
  readonly side: Side;
  readonly price: number;
  readonly remaining: number;
  readonly accountId: bigint;
}

export interface Level {
  readonly price: number;
  total: number;
  /** In line order: a Map keeps the order of insertion, and setting a key again keeps its place. */
  readonly orders: Map<bigint, RestingOrder>;
}

export interface Book {
  readonly orders: Map<bigint, RestingOrder>;
  readonly bids: Map<number, Level>;
  readonly offers: Map<number, Level>;
}

export function emptyBook(): Book {
  return { orders: new Map(), bids: new Map(), offers: new Map() };
}

export function bookFrom(snapshot: BookSnapshot): Book {
  const book = emptyBook();
  const add = (side: Side) => (order: BookOrder) => join(book, { ...order, side });
  snapshot.bids.forEach(add(Side.BUY));
  snapshot.offers.forEach(add(Side.SELL));
  return book;
}

/**
 * The rule of BookChanged: remaining 0 leaves; an unknown order joins last in
 * line; same price and not more than before keeps its place; anything else goes
 * to the end of the line.
 */
export function changeBook(book: Book, change: BookChanged): void {
  const before = book.orders.get(change.orderId);
  const keepsPlace =
    before !== undefined &&
    change.remaining > 0 &&
    before.side === change.side &&
    before.price === change.price &&
    change.remaining <= before.remaining;
  if (before && keepsPlace) {
    const after = resting(change);
    const level = sideOf(book, before.side).get(before.price)!;
    level.orders.set(after.orderId, after);
    level.total += after.remaining - before.remaining;
    book.orders.set(after.orderId, after);
    return;
  }
  if (before) leave(book, before);
  if (change.remaining > 0) join(book, resting(change));
}

/** Best price first. */
export function levels(book: Book, side: Side): Level[] {
  const all = [...sideOf(book, side).values()];
  return all.sort(side === Side.BUY ? (a, b) => b.price - a.price : (a, b) => a.price - b.price);
}

/** What stands before this order in line at its price. */
export function quantityAhead(book: Book, orderId: bigint): number {
  const order = book.orders.get(orderId);
  let ahead = 0;
  if (!order) return 0;
  for (const other of sideOf(book, order.side).get(order.price)?.orders.values() ?? []) {
    if (other.orderId === orderId) break;
    ahead += other.remaining;
  }
  return ahead;
}

function resting(change: BookChanged): RestingOrder {
  const { orderId, side, price, remaining, accountId } = change;
  return { orderId, side, price, remaining, accountId };
}

function sideOf(book: Book, side: Side): Map<number, Level> {
  return side === Side.BUY ? book.bids : book.offers;
}

function join(book: Book, order: RestingOrder): void {
  const side = sideOf(book, order.side);
  let level = side.get(order.price);
  if (!level) side.set(order.price, (level = { price: order.price, total: 0, orders: new Map() }));
  level.orders.set(order.orderId, order);
  level.total += order.remaining;
  book.orders.set(order.orderId, order);
}

function leave(book: Book, order: RestingOrder): void {
  const side = sideOf(book, order.side);
  const level = side.get(order.price)!;
  level.orders.delete(order.orderId);
  level.total -= order.remaining;
  if (level.orders.size === 0) side.delete(order.price);
  book.orders.delete(order.orderId);
}
