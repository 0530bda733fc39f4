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
    text: 'Someone offers at 55: you pay 55 now and receive 100 if the coin shows heads. Choose Buy, enter price 55 and quantity 1, and place the order.',
    done: ({ position, settled }) => position > 0n || settled,
  },
  {
    title: 'Sell at a higher price',
    text: 'You hold one contract. Its profit is −5 for now: you bought at the offer, 55, and it is valued at 50, in the middle between bid and offer. The difference between bid and offer is the spread. Now sell it at 70. Nobody buys at 70 yet, so your order waits in the book, marked as yours.',
    done: ({ ownOrders, settled }) => ownOrders > 0 || settled,
  },
  {
    title: 'Cancel an order',
    text: 'You can cancel or replace a waiting order at any time. Find it under your open orders and press Cancel.',
    done: ({ ownOrders }) => ownOrders === 0,
  },
  {
    title: 'Settle the market',
    text: 'Heads! The person who created a market settles it. Here, that is you. Press Settle…, enter 100, and everyone is paid for what they hold.',
    done: ({ settled }) => settled,
  },
];

/** The step one is at: never back, even if the reason for having come this far is gone. */
export function stepAt(from: number, progress: Progress): number {
  let step = from;
  while (STEPS[step]?.done(progress) === true) step += 1;
  return step;
}
