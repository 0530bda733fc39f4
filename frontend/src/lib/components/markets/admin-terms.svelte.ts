// What only an elevated admin says about a market, as it is typed.

import type { Market } from '$lib/gen/markets_pb';
import { formatQuantityShort, parseQuantity } from '$lib/units';

export class AdminTerms {
  category = $state('');
  group = $state('');
  pinned = $state(false);
  anonymous = $state(false);
  maxOrder = $state('');
  maxPosition = $state('');
  /** Whether only some see it. */
  restricted = $state(false);
  visibleTo = $state.raw<ReadonlySet<bigint>>(new Set());

  constructor(market?: Market) {
    if (!market) return;
    const limit = (value: number) => (value === 0 ? '' : formatQuantityShort(value).replaceAll(',', ''));
    this.category = market.category;
    this.group = market.group;
    this.pinned = market.pinned;
    this.anonymous = market.anonymous;
    this.maxOrder = limit(market.maxOrder);
    this.maxPosition = limit(market.maxPosition);
    this.restricted = market.visibleToAccountIds.length > 0;
    this.visibleTo = new Set(market.visibleToAccountIds);
  }

  readonly problems = $derived({
    maxOrder: problemOf(this.maxOrder),
    maxPosition: problemOf(this.maxPosition),
    visibleTo: this.restricted && this.visibleTo.size === 0 ? 'Choose who sees it.' : '',
  });
  readonly sound = $derived(Object.values(this.problems).every((problem) => problem === ''));

  /** As a request carries it. */
  readonly values = $derived({
    category: this.category.trim(),
    group: this.group.trim(),
    pinned: this.pinned,
    anonymous: this.anonymous,
    maxOrder: limitOf(this.maxOrder),
    maxPosition: limitOf(this.maxPosition),
    visibleToAccountIds: this.restricted ? [...this.visibleTo] : [],
  });

  toggle(accountId: bigint): void {
    const visibleTo = new Set(this.visibleTo);
    if (!visibleTo.delete(accountId)) visibleTo.add(accountId);
    this.visibleTo = visibleTo;
  }
}

/** Empty: no limit. */
function problemOf(typed: string): string {
  if (typed.trim() === '') return '';
  const parsed = parseQuantity(typed);
  return parsed.ok ? '' : parsed.reason;
}

function limitOf(typed: string): number {
  const parsed = parseQuantity(typed);
  return parsed.ok ? parsed.value : 0;
}
