// A new price or total for an order that may change while one types: what was not touched
// follows the order, and only what was touched is sent. So nothing grows that nobody made
// larger, whatever fills meanwhile, even on the way.

import type { Order } from '$lib/gen/orders_pb';
import {
  formatPrice,
  formatQuantityShort,
  parsePrice,
  parseQuantity,
  priceDigits,
  type PriceRules,
} from '$lib/units';

/** The order as the form showed it when a field was first touched. */
export type Seen = Pick<Order, 'price' | 'quantity'>;

/** What was typed; undefined: not touched. */
export interface Typed {
  price: string | undefined;
  quantity: string | undefined;
}

export interface Replacement {
  problems: { price: string; quantity: string };
  /** What to send: only what differs from the order as it is. Undefined while a field is wrong. */
  changes: { price?: number; quantity?: number } | undefined;
  /** What the order would be like; of a field that is wrong, as it is. */
  price: number;
  quantity: number;
  /** What would be left in the book, before it trades at its new price. */
  left: number;
  /** What somebody else changed since a field was touched, as a sentence; empty: nothing. */
  overtaken: string;
}

export function replacementOf(order: Order, seen: Seen, typed: Typed, rules: PriceRules): Replacement {
  const price = typed.price === undefined ? undefined : parsePrice(typed.price, rules);
  const total = typed.quantity === undefined ? undefined : parseQuantity(typed.quantity);
  const newPrice = price?.ok ? price.value : order.price;
  const newTotal = total?.ok ? total.value : order.quantity;
  const problems = {
    price: price && !price.ok ? price.reason : '',
    quantity: total && !total.ok ? total.reason : tooSmall(newTotal, order),
  };
  const changes: { price?: number; quantity?: number } = {};
  if (newPrice !== order.price) changes.price = newPrice;
  if (newTotal !== order.quantity) changes.quantity = newTotal;
  return {
    problems,
    changes: problems.price || problems.quantity ? undefined : changes,
    price: newPrice,
    quantity: newTotal,
    left: Math.max(0, newTotal - order.filled),
    overtaken: overtakenBy(order, seen, typed, rules),
  };
}

function tooSmall(total: number, { filled }: Order): string {
  if (total > filled) return '';
  return `${formatQuantityShort(filled)} is already filled, so the total must be higher. To remove the rest, cancel the order.`;
}

/** Replaced from elsewhere (another tab, a bot, whoever shares the account) while a field was being typed into. */
function overtakenBy(order: Order, seen: Seen, typed: Typed, rules: PriceRules): string {
  const touched = typed.price !== undefined || typed.quantity !== undefined;
  if (!touched || (order.price === seen.price && order.quantity === seen.quantity)) return '';
  const now = `${formatQuantityShort(order.quantity)} at ${formatPrice(order.price, priceDigits(rules.tickSize))}`;
  return `The order has been replaced. It is now ${now}.`;
}
