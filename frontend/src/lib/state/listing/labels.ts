// Markets sorted by the labels that admins gave them.

import type { Market } from '$lib/gen/markets_pb';

export interface LabelFilter {
  category: string;
  group: string;
}

export const NO_FILTER: LabelFilter = { category: '', group: '' };

/** The reader's starred ones first, then those an admin pinned; otherwise in the order they came. */
export function pinnedFirst(
  markets: readonly Market[],
  isStarred: (market: Market) => boolean = () => false,
): Market[] {
  const rank = (market: Market) => (isStarred(market) ? 2 : Number(market.pinned));
  return [...markets].sort((a, b) => rank(b) - rank(a));
}

export function categoriesOf(markets: readonly Market[]): string[] {
  return distinct(markets.map(({ category }) => category));
}

/** Of one category, or (empty) of all. */
export function groupsOf(markets: readonly Market[], category: string): string[] {
  return distinct(
    markets.filter((market) => !category || market.category === category).map(({ group }) => group),
  );
}

export function matches({ category, group }: Market, filter: LabelFilter): boolean {
  return (!filter.category || category === filter.category) && (!filter.group || group === filter.group);
}

function distinct(labels: readonly string[]): string[] {
  return [...new Set(labels)].filter(Boolean).sort((a, b) => a.localeCompare(b));
}
