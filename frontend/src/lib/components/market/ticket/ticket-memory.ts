// How a user likes the ticket, and how much they last traded: kept in this browser, by user.

import { recall, remember } from '$lib/app/kept/storage';
import { auth } from '$lib/auth/auth.svelte';
import type { TimeInForce } from '$lib/gen/orders_pb';

export interface Choices {
  /** Whether what stands under More is shown. */
  more: boolean;
  timeInForce: TimeInForce;
  wantsPostOnly: boolean;
  reduceOnly: boolean;
}

interface Kept {
  choices?: Choices;
  /** As typed, by room and market; under the room alone, the last one there. The latest comes last. */
  quantities?: Record<string, string>;
}

const QUANTITIES_MOST = 100;

const key = () => `exchange.ticket ${auth.identity}`;
const all = (): Kept => recall<Kept>(key()) ?? {};

export const choicesKept = (): Choices | undefined => all().choices;

export function keepChoices(choices: Choices): void {
  if (auth.identity !== '') remember(key(), { ...all(), choices });
}

/** The last one in the market, else in its room; else none. */
export function lastQuantity(roomId: bigint, marketId: bigint): string {
  const { quantities = {} } = all();
  return quantities[`${roomId} ${marketId}`] ?? quantities[`room ${roomId}`] ?? '';
}

export function keepQuantity(roomId: bigint, marketId: bigint, quantity: string): void {
  if (auth.identity === '') return;
  const here = [`${roomId} ${marketId}`, `room ${roomId}`];
  const others = Object.entries(all().quantities ?? {}).filter(([where]) => !here.includes(where));
  const quantities = [...others, ...here.map((where) => [where, quantity])].slice(-QUANTITIES_MOST);
  remember(key(), { ...all(), quantities: Object.fromEntries(quantities) });
}
