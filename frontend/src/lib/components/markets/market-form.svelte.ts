// A market as it is typed: plain, a basket, or an option.

import { exchange } from '$lib/app/exchange.svelte';
import type { MarketDraft } from '$lib/app/markets';
import { MarketStatus, OptionKind, OptionStyle, type Market } from '$lib/gen/markets_pb';
import { basketRange, optionRange } from '$lib/state/derived';
import type { Range } from '$lib/state/margin';
import { parseCash, parseHundredths, type Parsed } from '$lib/units';
import { AdminTerms } from './admin-terms.svelte';

export type Kind = 'plain' | 'basket' | 'option';

/** A line of a basket as it is typed. */
export class Part {
  marketId = $state<bigint>();
  multiplier = $state('1');

  readonly value = $derived(
    /^[+\-\u2212]?\d{1,6}$/.test(this.multiplier.trim()) ? toNumber(this.multiplier) : 0,
  );
}

export class MarketForm {
  kind = $state<Kind>('plain');
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
  readonly terms = new AdminTerms();

  readonly #min = $derived(parseHundredths(this.min, 'price'));
  readonly #max = $derived(parseHundredths(this.max, 'price'));
  readonly #tick = $derived(parseHundredths(this.tick, 'tick size'));
  readonly #fee = $derived(parseCash(this.fee));
  readonly #strike = $derived(parseHundredths(this.strike, 'price'));

  readonly problems = $derived({
    name: this.name.trim() === '' ? 'Give the market a name.' : '',
    tick: reasonOf(this.#tick) || (this.#tick.ok && this.#tick.value < 1 ? 'At least 0.01.' : ''),
    min: this.kind === 'plain' ? reasonOf(this.#min) || this.#offTick(this.#min) : '',
    max: this.kind === 'plain' ? reasonOf(this.#max) || this.#offTick(this.#max) || this.#order() : '',
    parts: this.kind === 'basket' ? this.#partsProblem() : '',
    fee:
      this.kind !== 'basket'
        ? ''
        : this.#fee.ok
          ? this.#fee.value < 0n
            ? 'Not below 0.'
            : ''
          : this.#fee.reason,
    underlying: this.kind === 'option' && this.underlyingId === undefined ? 'Choose a market.' : '',
    strike: this.kind === 'option' ? reasonOf(this.#strike) : '',
  });
  readonly sound = $derived(Object.values(this.problems).every((problem) => problem === ''));

  /** The range that a derived market will have; undefined while that is not clear. */
  readonly range: Range | undefined = $derived.by(() => {
    if (this.kind === 'plain' || !this.sound) return undefined;
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
      description: this.description.trim(),
      tickSize: value(this.#tick),
      ...(exchange.elevated ? this.terms.values : {}),
    };
    switch (this.kind) {
      case 'plain':
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
    return parsed.value % this.#tick.value === 0 ? '' : 'Must be a multiple of the tick size.';
  }

  #order(): string {
    if (!this.#min.ok || !this.#max.ok) return '';
    return this.#min.value < this.#max.value ? '' : 'Must be above the lowest.';
  }

  #partsProblem(): string {
    const ids = this.parts.map(({ marketId }) => marketId);
    if (ids.length === 0 || ids.includes(undefined)) return 'Choose a market on each line.';
    if (new Set(ids).size < ids.length) return 'Each market once: use the number of times for more.';
    if (this.parts.some(({ value }) => value === 0)) return 'The number of times is a whole number, not 0.';
    return '';
  }
}

function reasonOf(parsed: Parsed): string {
  return parsed.ok ? '' : parsed.reason;
}

function toNumber(typed: string): number {
  return Number(typed.trim().replace('\u2212', '-'));
}
