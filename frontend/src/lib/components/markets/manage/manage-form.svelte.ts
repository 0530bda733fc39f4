// All that can be changed of a market, as it is typed, and the requests that one Save makes of it. Others may change
// the market meanwhile: what is not touched follows them, and only what was changed here is sent.

import { Field } from '$lib/app/edits.svelte';
import { exchange } from '$lib/app/exchange.svelte';
import { setHouseBots, setMarketStatus, updateMarket, type MarketUpdate } from '$lib/app/requests/markets';
import { HouseBotStrength, MarketStatus, type HouseBotKind, type Market } from '$lib/gen/markets_pb';
import { BOTS, botsWords } from '$lib/state/listing/bots';
import { haltedDependents } from '$lib/state/listing/dependents';
import type { Step } from '$lib/state/steps';
import { STATUS_WORD } from '$lib/state/words';
import { formatDayAndTime, parseUntil, toDate, toLocalInput } from '$lib/ui/values/time';
import { formatPrice, formatQuantityShort, parseHundredths, plainNumber } from '$lib/units';
import { AdminTerms } from '$lib/components/markets/create/admin-terms.svelte';

const asTyped = (hundredths: number) => plainNumber(formatQuantityShort(hundredths));
const reasonOf = (typed: string, noun: string): string => {
  const parsed = parseHundredths(typed, noun);
  return parsed.ok ? '' : parsed.reason;
};
const valueOf = (typed: string): number => {
  const parsed = parseHundredths(typed, 'price');
  return parsed.ok ? parsed.value : 0;
};

export class ManageForm {
  readonly #market: () => Market;
  readonly status: Field<MarketStatus>;
  readonly name: Field<string>;
  readonly description: Field<string>;
  readonly closes: Field<string>;
  readonly min: Field<string>;
  readonly max: Field<string>;
  readonly tick: Field<string>;
  readonly bots: ReadonlyMap<HouseBotKind, Field<HouseBotStrength>>;
  readonly terms: AdminTerms;
  /** Opening the market opens the halted ones that depend on it too. */
  withDependents = $state(true);

  constructor(market: () => Market) {
    this.#market = market;
    this.status = new Field('the status', () => market().status);
    this.name = new Field('the name', () => market().name);
    this.description = new Field('the description', () => market().description);
    this.closes = new Field('the closing time', () => closingOf(market()));
    this.min = new Field('the lowest price', () => asTyped(market().minPrice));
    this.max = new Field('the highest price', () => asTyped(market().maxPrice));
    this.tick = new Field('the tick size', () => asTyped(market().tickSize));
    this.bots = new Map(
      BOTS.map(({ kind, name }) => [
        kind,
        new Field(
          name,
          () => market().houseBots.find((bot) => bot.kind === kind)?.strength ?? HouseBotStrength.UNSPECIFIED,
        ),
      ]),
    );
    this.terms = new AdminTerms(market);
  }

  get fields(): readonly Field<unknown>[] {
    const { status, name, description, closes, min, max, tick, bots, terms } = this;
    return [
      status,
      name,
      description,
      closes,
      min,
      max,
      tick,
      ...bots.values(),
      ...terms.fields,
    ] as Field<unknown>[];
  }

  readonly problems = $derived.by(() => {
    const until =
      this.closes.isChanged && this.closes.value !== '' ? parseUntil(this.closes.value) : undefined;
    return {
      name: this.name.value.trim() === '' ? 'Enter a name for the market.' : '',
      closes: until && !until.ok ? until.reason : '',
      min: reasonOf(this.min.value, 'price'),
      max: reasonOf(this.max.value, 'price'),
      tick: reasonOf(this.tick.value, 'tick size'),
    };
  });
  readonly sound = $derived.by(
    () => this.terms.sound && Object.values(this.problems).every((problem) => problem === ''),
  );

  /** Halted markets that depend on this one, if it is to be opened. */
  readonly dependents: Market[] = $derived.by(() =>
    this.status.isChanged && this.status.value === MarketStatus.OPEN
      ? haltedDependents([this.#market()], exchange.markets)
      : [],
  );

  /** First what keeps people from trading, last what lets them: between the two nobody trades on what is half changed. */
  steps(): Step[] {
    const market = this.#market();
    const status = this.status.value;
    const update = this.#update();
    const toStatus = (of: Market, said: string): Step => ({ said, run: () => setMarketStatus(of, status) });
    const changesStatus = this.status.isChanged;
    const word = STATUS_WORD[status].toLowerCase();
    return [
      ...(changesStatus && status !== MarketStatus.OPEN ? [toStatus(market, word)] : []),
      ...(this.#botsChanged
        ? [{ said: botsWords(this.#bots), run: () => setHouseBots(market, this.#bots) }]
        : []),
      ...(update.said.length > 0
        ? [{ said: update.said.join(', '), run: () => updateMarket(market, update.changes) }]
        : []),
      ...(changesStatus && status === MarketStatus.OPEN ? [toStatus(market, word)] : []),
      ...(this.withDependents ? this.dependents.map((each) => toStatus(each, `${each.name} ${word}`)) : []),
    ];
  }

  readonly #botsChanged = $derived.by(() => [...this.bots.values()].some(({ isChanged }) => isChanged));
  readonly #bots = $derived.by(() =>
    [...this.bots]
      .map(([kind, { value }]) => ({ kind, strength: value }))
      .filter(({ strength }) => strength !== HouseBotStrength.UNSPECIFIED),
  );

  /** What is known of the market, as one request carries it, and in words. */
  #update(): { changes: MarketUpdate; said: string[] } {
    const { name, description, closes, min, max, tick, terms } = this;
    const { visibility } = terms;
    const changes: MarketUpdate = {
      ...(name.isChanged && { name: name.value.trim() }),
      ...(description.isChanged && { description: description.value.trim() }),
      ...(closes.isChanged && { closeTimeUs: timeOf(closes.value) }),
      ...(min.isChanged && { minPrice: valueOf(min.value) }),
      ...(max.isChanged && { maxPrice: valueOf(max.value) }),
      ...(tick.isChanged && { tickSize: valueOf(tick.value) }),
      ...terms.changes,
      ...(visibility && { visibleTo: { accountIds: visibility } }),
    };
    const closing = timeOf(closes.value);
    const said = [
      name.isChanged && 'name',
      description.isChanged && 'description',
      closes.isChanged && (closing === 0n ? 'no closing time' : `closes ${formatDayAndTime(closing)}`),
      (min.isChanged || max.isChanged) &&
        `range ${formatPrice(valueOf(min.value))} to ${formatPrice(valueOf(max.value))}`,
      tick.isChanged && `tick size ${formatPrice(valueOf(tick.value))}`,
      ...terms.fields.map((field) => field.isChanged && field.name.replace(/^the /, '')),
    ];
    return { changes, said: said.filter((words) => words !== false) };
  }
}

/** The closing time as its field holds it. */
function closingOf({ closeTimeUs }: Market): string {
  return closeTimeUs === 0n ? '' : toLocalInput(toDate(closeTimeUs), { seconds: true });
}

function timeOf(typed: string): bigint {
  const until = typed === '' ? undefined : parseUntil(typed);
  return until?.ok ? until.value : 0n;
}
