// A market as it is typed, from a template: a yes-or-no question, a number, a basket, or an option.

import { exchange } from '$lib/app/exchange.svelte';
import type { MarketDraft } from '$lib/app/requests/markets';
import { MarketStatus, OptionKind, OptionStyle, type Market } from '$lib/gen/markets_pb';
import { basketRange, optionRange } from '$lib/state/listing/derived';
import type { Range } from '$lib/state/positions/margin';
import { parseUntil } from '$lib/ui/values/time';
import { parseCash, parseHundredths, parseWhole, type Parsed } from '$lib/units';
import { AdminTerms } from './admin-terms.svelte';

export type Kind = 'yes-or-no' | 'number' | 'basket' | 'option';

/** A question of yes or no is priced in whole per cent. */
export const PER_CENT = { minPrice: 0, maxPrice: 100_00, tickSize: 1_00 };

const MULTIPLIER_MAX = 10_000;

/** A line of a basket as it is typed. */
export class Part {
  marketId = $state<bigint>();
  multiplier = $state('1');

  readonly #parsed = $derived(parseWhole(this.multiplier, 'weight', -MULTIPLIER_MAX, MULTIPLIER_MAX));
  readonly value = $derived(this.#parsed.ok ? this.#parsed.value : 0);
  readonly problem = $derived(
    !this.#parsed.ok ? this.#parsed.reason : this.value === 0 ? 'The weight must not be 0.' : '',
  );
}

export class MarketForm {
  kind = $state<Kind>('yes-or-no');
  name = $state('');
  description = $state('');
  tick = $state('0.01');
  min = $state('0');
  max = $state('100');
  parts = $state.raw<Part[]>([new Part(), new Part()]);
  fee = $state('0');
  underlyingId = $state<bigint>();
  optionKind = $state(OptionKind.CALL);
  optionStyle = $state(OptionStyle.EUROPEAN);
  strike = $state('');
  /** When it halts by itself, as its field holds it; empty: never. */
  closes = $state('');
  readonly terms = new AdminTerms(() => undefined);

  readonly #min = $derived(parseHundredths(this.min, 'price'));
  readonly #max = $derived(parseHundredths(this.max, 'price'));
  readonly #tick = $derived(parseHundredths(this.tick, 'tick size'));
  readonly #fee = $derived(parseCash(this.fee));
  readonly #strike = $derived(parseHundredths(this.strike, 'price'));
  readonly #closes = $derived(this.closes === '' ? undefined : parseUntil(this.closes));

  readonly problems = $derived({
    name: this.name.trim() === '' ? 'Enter a name for the market.' : '',
    tick:
      reasonOf(this.#tick) ||
      (this.#tick.ok && this.#tick.value < 1 ? 'The tick size must be at least 0.01.' : ''),
    closes: this.#closes && !this.#closes.ok ? this.#closes.reason : '',
    min: this.kind === 'number' ? reasonOf(this.#min) || this.#offTick(this.#min) : '',
    max: this.kind === 'number' ? reasonOf(this.#max) || this.#offTick(this.#max) || this.#order() : '',
    parts: this.kind === 'basket' ? this.#partsProblem() : '',
    fee:
      this.kind !== 'basket'
        ? ''
        : this.#fee.ok
          ? this.#fee.value < 0n
            ? 'The fee must not be negative.'
            : ''
          : this.#fee.reason,
    underlying: this.kind === 'option' && this.underlyingId === undefined ? 'Choose a market.' : '',
    strike: this.kind === 'option' ? reasonOf(this.#strike) : '',
  });
  readonly sound = $derived(Object.values(this.problems).every((problem) => problem === ''));

  /** It is worth what other markets say, and settles with them. */
  readonly follows = $derived(this.kind === 'basket' || this.kind === 'option');

  /** The range that a derived market will have; undefined while that is not clear. */
  readonly range: Range | undefined = $derived.by(() => {
    if (!this.follows || !this.sound) return undefined;
    if (this.kind === 'option') {
      const underlying = exchange.market(this.underlyingId ?? 0n);
      const strike = this.#strike.ok ? this.#strike.value : 0;
      return underlying && optionRange({ kind: this.optionKind, strike }, underlying);
    }
    return basketRange(
      this.parts.flatMap(({ marketId, value }) => {
        const range = exchange.market(marketId ?? 0n);
        return range ? [{ multiplier: value, range }] : [];
      }),
    );
  });

  addPart(): void {
    this.parts = [...this.parts, new Part()];
  }

  removePart(part: Part): void {
    this.parts = this.parts.filter((other) => other !== part);
  }

  /** What can be derived from. */
  readonly candidates: Market[] = $derived.by(() =>
    exchange.markets.filter(({ status }) => status !== MarketStatus.SETTLED),
  );

  /** As a request carries it. */
  draft(): MarketDraft {
    const value = (parsed: Parsed) => (parsed.ok ? parsed.value : 0);
    const common = {
      name: this.name.trim(),
      description: this.follows ? '' : this.description.trim(),
      category: this.terms.category.value.trim(),
      group: this.terms.group.value.trim(),
      closeTimeUs: this.#closes?.ok ? this.#closes.value : 0n,
      tickSize: value(this.#tick),
      ...(exchange.elevated
        ? { ...this.terms.changes, visibleToAccountIds: this.terms.visibility ?? [] }
        : {}),
    };
    switch (this.kind) {
      case 'yes-or-no':
        return { ...common, ...PER_CENT };
      case 'number':
        return { ...common, minPrice: value(this.#min), maxPrice: value(this.#max) };
      case 'basket': {
        const constituents = this.parts.map((part) => ({
          marketId: part.marketId ?? 0n,
          multiplier: part.value,
        }));
        const fee = this.#fee.ok ? this.#fee.value : 0n;
        return { ...common, derivedFrom: { case: 'basket', value: { constituents, fee } } };
      }
      case 'option':
        return {
          ...common,
          derivedFrom: {
            case: 'option',
            value: {
              underlyingMarketId: this.underlyingId ?? 0n,
              kind: this.optionKind,
              style: this.optionStyle,
              strike: value(this.#strike),
            },
          },
        };
    }
  }

  #offTick(parsed: Parsed): string {
    if (!parsed.ok || !this.#tick.ok || this.#tick.value < 1) return '';
    return parsed.value % this.#tick.value === 0 ? '' : 'The price must be a multiple of the tick size.';
  }

  #order(): string {
    if (!this.#min.ok || !this.#max.ok) return '';
    return this.#min.value < this.#max.value ? '' : 'The highest price must be above the lowest.';
  }

  #partsProblem(): string {
    const ids = this.parts.map(({ marketId }) => marketId);
    if (ids.length === 0 || ids.includes(undefined)) return 'Choose a market on every line.';
    if (new Set(ids).size < ids.length)
      return 'Each market can appear only once. Use the weight to count it more than once.';
    return this.parts.find(({ problem }) => problem !== '')?.problem ?? '';
  }
}

function reasonOf(parsed: Parsed): string {
  return parsed.ok ? '' : parsed.reason;
}
