// The room that was open last, so that a page that is loaded again is where it was: this
// tab's if it had one, otherwise the browser's. Each user has their own.

import { recall, remember } from './storage';

const KEY = 'exchange.room';
const ofThisTab = () => sessionStorage;

interface Kept {
  user: string;
  slug: string;
}

/** undefined: the exchange's main room. */
export function lastRoom(user: string): string | undefined {
  const kept = [recall<Kept>(KEY, ofThisTab), recall<Kept>(KEY)];
  return kept.find((each) => each?.user === user)?.slug;
}

export function keepRoom(user: string, slug: string | undefined): void {
  if (user === '') return;
  const kept: Kept | undefined = slug === undefined ? undefined : { user, slug };
  remember(KEY, kept, ofThisTab);
  remember(KEY, kept);
}
