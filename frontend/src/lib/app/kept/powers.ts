// That admin powers were on in this tab: they come back after a reload and in another room, for a
// while. Only the wish is kept; each time, the exchange decides.

import { recall, remember } from './storage';

const KEY = 'exchange.powers';
/** Since they were used last. */
export const POWERS_LAST_MS = 15 * 60_000;

interface Kept {
  user: string;
  until: number;
}

const ofThisTab = () => sessionStorage;

/** They were turned on, or used. */
export function keepPowers(user: string, now = Date.now()): void {
  if (user !== '') remember(KEY, { user, until: now + POWERS_LAST_MS } satisfies Kept, ofThisTab);
}

export const forgetPowers = (): void => remember(KEY, undefined, ofThisTab);

export function hadPowers(user: string, now = Date.now()): boolean {
  const kept = recall<Kept>(KEY, ofThisTab);
  return kept !== undefined && user !== '' && kept.user === user && now < kept.until;
}

/** Looking is no use of them, or a page that is left open would keep them for ever. */
export const isUse = (request: string): boolean =>
  !/^(get|preview|actAs|enterRoom|setElevated)/.test(request);
