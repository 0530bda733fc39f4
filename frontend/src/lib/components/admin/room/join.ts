// The one link that leads into a room: what it has to carry, and why it can't lead in, if it can't.

import { JoinPolicy } from '$lib/gen/rooms_pb';

/** As the exchange makes them up: without letters and digits that look or sound like another. */
const ALPHABET = 'ABCDEFGHJKMNPQRSTUVWXYZ23456789';

/** A join code that nobody guesses, such as K7MP2-XQ9RT. */
export function makeUpCode(): string {
  let code = '';
  while (code.length < 10) {
    const [byte = 255] = crypto.getRandomValues(new Uint8Array(1));
    // Each letter equally often.
    if (byte < 256 - (256 % ALPHABET.length)) code += ALPHABET[byte % ALPHABET.length];
  }
  return `${code.slice(0, 5)}-${code.slice(5)}`;
}

export interface JoinFacts {
  policy: JoinPolicy;
  archived: boolean;
  /** Of the room; empty: it has none. */
  roomCode: string;
  /** Whether signing up needs a code. */
  signUpNeedsCode: boolean;
  /** The exchange's own, if this page may know it; empty: it has none, or is not told. */
  exchangeCode: string;
}

/** Why nobody new gets in by the link as it is. */
export type Hindrance = 'archived' | 'closed' | 'no-room-code' | 'no-sign-up-code';

export interface JoinWay {
  /** What the link carries; empty: nothing is needed. */
  code: string;
  hindrance?: Hindrance;
}

export function joinWay({ policy, archived, roomCode, signUpNeedsCode, exchangeCode }: JoinFacts): JoinWay {
  if (archived) return { code: '', hindrance: 'archived' };
  if (policy === JoinPolicy.CLOSED) return { code: '', hindrance: 'closed' };
  // The room's code lets people sign up as well as in.
  if (policy === JoinPolicy.INVITE)
    return roomCode === '' ? { code: '', hindrance: 'no-room-code' } : { code: roomCode };
  if (!signUpNeedsCode) return { code: '' };
  const code = exchangeCode || roomCode;
  return code === '' ? { code, hindrance: 'no-sign-up-code' } : { code };
}

/** Whether only this computer can open a page at this address. */
export const isOnlyHere = (address: string): boolean =>
  ['localhost', '127.0.0.1', '[::1]'].includes(new URL(address).hostname);

/** Addresses to choose from for a link: those that others can open, the one this page was opened at first. */
export function addressesFor(here: string, told: readonly string[]): string[] {
  return [...new Set(isOnlyHere(here) ? told : [here, ...told])];
}

/** A code as it is read from a wall: the exchange keeps it without its hyphen. */
export const grouped = (code: string): string => code.replace(/^(\w{5})(\w{5})$/, '$1-$2');

/** Without what everybody's browser adds by itself: "school.edu/join/class-7". */
export const readable = (address: string): string => address.replace(/^https?:\/\//, '');
