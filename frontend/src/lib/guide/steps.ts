// The guided first trade, step by step. Each ends with what the trader did, not with "next":
// what it says is always true of the market on the screen.

export interface Progress {
  /** Of the practice market. */
  position: bigint;
  ownOrders: number;
  settled: boolean;
}

export interface Step {
  title: string;
  text: string;
  /** Whether what it asks for has been done. */
  done: (progress: Progress) => boolean;
}

export const STEPS: readonly Step[] = [
  {
    title: 'Buy',
    text: 'Someone offers at 55: you would pay 55 now, and be paid 100 if the coin shows heads. Choose Buy, price 55, quantity 1, and place the order.',
    done: ({ position, settled }) => position > 0n || settled,
  },
  {
    title: 'Offer it for more',
    text: 'You hold a contract; its profit moves with the market. Now sell at 70. Nobody pays that yet, so your order waits in the book, marked as yours.',
    done: ({ ownOrders, settled }) => ownOrders > 0 || settled,
  },
  {
    title: 'Change your mind',
    text: 'An order that waits can be cancelled or replaced at any time: press Cancel beside it, under your open orders.',
    done: ({ ownOrders }) => ownOrders === 0,
  },
  {
    title: 'The answer is known',
    text: 'Heads! Whoever created a market settles it; here that is you. Press Settle…, enter 100, and everyone is paid for what they hold.',
    done: ({ settled }) => settled,
  },
];

/** The step one is at: never back, even if the reason for having come this far is gone. */
export function stepAt(from: number, progress: Progress): number {
  let step = from;
  while (STEPS[step]?.done(progress) === true) step += 1;
  return step;
}
