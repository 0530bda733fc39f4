// What only an elevated admin says about a market, as it is typed. Of a market that is there
// already, others may change it meanwhile: what is not touched follows them.

import { Field } from '$lib/app/edits.svelte';
import type { Market } from '$lib/gen/markets_pb';
import { formatQuantityShort, parseQuantity, plainNumber } from '$lib/units';

const limit = (value = 0) => (value === 0 ? '' : plainNumber(formatQuantityShort(value)));

export class AdminTerms {
  readonly category: Field<string>;
  readonly group: Field<string>;
  readonly pinned: Field<boolean>;
  readonly anonymous: Field<boolean>;
  readonly maxOrder: Field<string>;
  readonly maxPosition: Field<string>;
  /** Whether only some see it. */
  readonly restricted: Field<boolean>;
  readonly visibleTo: Field<ReadonlySet<bigint>>;

  /** @param market What is so now; undefined: a market that is still to be made. */
  constructor(market: () => Market | undefined) {
    this.category = new Field('the category', () => market()?.category ?? '');
    this.group = new Field('the group', () => market()?.group ?? '');
    this.pinned = new Field('the pinning', () => market()?.pinned ?? false);
    this.anonymous = new Field('the anonymity', () => market()?.anonymous ?? false);
    this.maxOrder = new Field('the largest order', () => limit(market()?.maxOrder));
    this.maxPosition = new Field('the largest position', () => limit(market()?.maxPosition));
    this.restricted = new Field('the visibility', () => (market()?.visibleToAccountIds.length ?? 0) > 0);
    this.visibleTo = new Field('the accounts that see it', () => new Set(market()?.visibleToAccountIds));
  }

  get fields(): readonly Field<unknown>[] {
    const { category, group, pinned, anonymous, maxOrder, maxPosition, restricted, visibleTo } = this;
    return [
      category,
      group,
      pinned,
      anonymous,
      maxOrder,
      maxPosition,
      restricted,
      visibleTo,
    ] as Field<unknown>[];
  }

  readonly problems = $derived.by(() => ({
    maxOrder: problemOf(this.maxOrder.value),
    maxPosition: problemOf(this.maxPosition.value),
    visibleTo:
      this.restricted.value && this.visibleTo.value.size === 0
        ? 'Select at least one account that can see it.'
        : '',
  }));
  readonly sound = $derived(Object.values(this.problems).every((problem) => problem === ''));

  /** As a request carries it: only what differs from what is so. */
  readonly changes = $derived.by(() => {
    const { category, group, pinned, anonymous, maxOrder, maxPosition } = this;
    return {
      ...(category.isChanged && { category: category.value.trim() }),
      ...(group.isChanged && { group: group.value.trim() }),
      ...(pinned.isChanged && { pinned: pinned.value }),
      ...(anonymous.isChanged && { anonymous: anonymous.value }),
      ...(maxOrder.isChanged && { maxOrder: limitOf(maxOrder.value) }),
      ...(maxPosition.isChanged && { maxPosition: limitOf(maxPosition.value) }),
    };
  });

  /** Whom it is shown to, empty for everyone; undefined: as it is. */
  readonly visibility: bigint[] | undefined = $derived.by(() => {
    const { restricted, visibleTo } = this;
    if (!restricted.isChanged && !(restricted.value && visibleTo.isChanged)) return undefined;
    return restricted.value ? [...visibleTo.value] : [];
  });

  toggle(accountId: bigint): void {
    const visibleTo = new Set(this.visibleTo.value);
    if (!visibleTo.delete(accountId)) visibleTo.add(accountId);
    this.visibleTo.value = visibleTo;
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
