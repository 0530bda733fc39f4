// What the ticket says about an order before it is sent.

import { Side, TimeInForce } from '$lib/gen/orders_pb';
import { isAtOnce, type Draft } from '$lib/state/positions/margin';
import { TIME_IN_FORCE, sideWord, sizeAtPrice } from '$lib/state/words';

/** "Buy 5 at 42.00", "Buy 5 at 43.00 or better" */
export function wordsFor(draft: Draft, digits: number): string {
  const { side, price, quantity } = draft;
  return `${sideWord(side)} ${sizeAtPrice(quantity, price, digits)}${isAtOnce(draft) ? ' or better' : ''}`;
}

interface Chosen {
  rests: boolean;
  timeInForce: TimeInForce;
  postOnly: boolean;
  reduceOnly: boolean;
}

/** What is chosen beyond the plain, so that it is seen while the choices are not. */
export function choiceWords({ timeInForce, postOnly, reduceOnly }: Chosen): string {
  const isPlain =
    timeInForce === TimeInForce.GOOD_TILL_CANCELLED || timeInForce === TimeInForce.IMMEDIATE_OR_CANCEL;
  const name = TIME_IN_FORCE.find(({ value }) => value === timeInForce)?.name.toLowerCase();
  return [isPlain ? '' : name, postOnly && 'post only', reduceOnly && 'reduce only']
    .filter(Boolean)
    .join(', ');
}

export const SIDES = [
  { value: Side.BUY, text: 'Buy', chosen: 'bg-buy-solid text-white' },
  { value: Side.SELL, text: 'Sell', chosen: 'bg-sell-solid text-white' },
];

/** By the time in force that each begins with. */
export const KINDS = [
  {
    value: TimeInForce.GOOD_TILL_CANCELLED,
    text: 'At a price',
    title: 'You set the price. The part that does not trade at once waits in the book.',
  },
  {
    value: TimeInForce.IMMEDIATE_OR_CANCEL,
    text: 'At once',
    title: 'The order trades now, at the best prices. The part that can’t trade now is cancelled.',
  },
];
