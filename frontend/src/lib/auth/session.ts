// What the browser keeps of a sign-in, for all of its tabs; and what a tab that belongs to
// one user does when it finds another's there, or none.

import type { BuiltInSession } from './api';

/** With OpenID Connect the library keeps its own tokens; here stands only whose they are. */
export type Kept =
  ({ mode: 'built-in' } & BuiltInSession) | { mode: 'oidc'; subject?: string; name?: string };

/** The same for the same user, however often they sign in. Empty: not known. */
export function identityOf(kept: Kept | undefined): string {
  if (kept?.mode === 'built-in') return `name ${kept.name}`;
  return kept?.subject ? `subject ${kept.subject}` : '';
}

export type Verdict =
  /** It is the tab's own user, maybe with a newer token. */
  | { own: true; kept: Kept }
  /** The tab ends, with this sentence; and who is signed in instead, if anybody. */
  | { own: false; reason: string; other: string };

/** Whether a tab that is signed in as `mine` may go on when the browser keeps `stored`. */
export function judge(mine: Kept, stored: Kept | undefined): Verdict {
  if (!stored) return { own: false, reason: 'This browser was signed out in another tab.', other: '' };
  const [me, them] = [identityOf(mine), identityOf(stored)];
  const unknown = mine.mode === stored.mode && (me === '' || them === '');
  return me === them || unknown ? { own: true, kept: stored } : { own: false, ...endedBy(mine, stored) };
}

/** For a tab that was one user's when another signs in in the same browser. */
export function endedBy(
  mine: { name?: string } | undefined,
  other: { name?: string },
): { reason: string; other: string } {
  const [me, them] = [mine?.name || 'somebody else', other.name || 'Somebody else'];
  const reason = `${them} signed in in another tab of this browser, so ${me} was signed out of this tab.`;
  return { reason, other: them };
}
