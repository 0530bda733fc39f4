// What is typed into tickets, by market: kept in this tab while one looks elsewhere or
// loads the page anew, gone with it, and with signing out. A tab that is loaded anew as
// another user has none of it.

import { auth } from '$lib/auth/auth.svelte';
import { recall, remember } from './storage';

const KEY = 'exchange.drafts';
const KEPT_MOST = 50;
const ofThisTab = () => sessionStorage;

interface Kept {
  user: string;
  drafts: Record<string, unknown>;
}

function all(): Kept['drafts'] {
  const kept = recall<Kept>(KEY, ofThisTab);
  return kept?.user === auth.identity ? kept.drafts : {};
}

export const draftOf = <T>(marketId: bigint): T | undefined => all()[`${marketId}`] as T | undefined;

/** undefined: there is nothing to keep. */
export function keepDraft(marketId: bigint, draft: unknown): void {
  if (auth.identity === '') return;
  const { [`${marketId}`]: _, ...others } = all();
  const kept = Object.entries(others).slice(-KEPT_MOST);
  const drafts = Object.fromEntries(draft === undefined ? kept : [...kept, [`${marketId}`, draft]]);
  remember(KEY, { user: auth.identity, drafts }, ofThisTab);
}

export function forgetDrafts(): void {
  remember(KEY, undefined, ofThisTab);
}
