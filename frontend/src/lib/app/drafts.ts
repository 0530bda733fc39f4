// What is typed into tickets, by market: kept in this tab while one looks elsewhere or
// loads the page anew, gone with it, and with signing out.

const KEY = 'exchange.drafts';
const KEPT_MOST = 50;

type Drafts = Record<string, unknown>;

function all(): Drafts {
  try {
    return JSON.parse(sessionStorage.getItem(KEY) ?? '{}') as Drafts;
  } catch {
    return {};
  }
}

export const draftOf = <T>(marketId: bigint): T | undefined => all()[`${marketId}`] as T | undefined;

/** undefined: there is nothing to keep. */
export function keepDraft(marketId: bigint, draft: unknown): void {
  const { [`${marketId}`]: _, ...others } = all();
  const kept = Object.entries(others).slice(-KEPT_MOST);
  const drafts = Object.fromEntries(draft === undefined ? kept : [...kept, [`${marketId}`, draft]]);
  try {
    sessionStorage.setItem(KEY, JSON.stringify(drafts));
  } catch {
    // Then it is kept as long as the market is on the screen.
  }
}

export function forgetDrafts(): void {
  try {
    sessionStorage.removeItem(KEY);
  } catch {
    // Nothing was kept either.
  }
}
