// What is typed into the order ticket. It outlives the form: closing the sheet on
// a phone, a lost connection or a refusal leaves every field as it was.

import { draftOf, keepDraft } from '$lib/app/kept/drafts';
import { exchange } from '$lib/app/exchange.svelte';
import { doubtsAbout, placeOrder, previewOrder } from '$lib/app/requests/trading';
import { Refused } from '$lib/connection/failures';
import { MarketStatus, type Market } from '$lib/gen/markets_pb';
import { Side, TimeInForce, type OrderPreviewed } from '$lib/gen/orders_pb';
import { mostAffordable, shareOf, worstAcceptable } from '$lib/state/positions/affordable';
import { emptyBook } from '$lib/state/trading/book';
import { estimate, type Draft, type Situation } from '$lib/state/positions/margin';
import { parseUntil, toLocalInput } from '$lib/ui/values/time';
import {
  formatPrice,
  formatQuantityShort,
  parsePrice,
  parseQuantity,
  plainNumber,
  priceDigits,
  stepPrice,
} from '$lib/units';
import { choicesKept, keepChoices, keepQuantity, lastQuantity } from './ticket-memory';

const STEP_QUANTITY = 100; // One contract.
const AN_HOUR = 60; // Minutes.

/** How long nothing is typed, and nothing moves, before the exchange is asked. */
const PREVIEW_AFTER_MS = 200;

/** For so long after an order was accepted, the ticket as it was left then takes a further press for the same one's. */
const LETS_GO_MS = 1_000;

/** The fields as they were typed. */
interface Typed {
  side: Side;
  price: string;
  quantity: string;
  timeInForce: TimeInForce;
  wantsPostOnly: boolean;
  reduceOnly: boolean;
  expires: string;
}

/** What the exchange said about a draft before it was sent. */
interface Preview {
  draft: Draft;
  result?: OrderPreviewed | undefined;
  refused?: string;
}

export class Ticket {
  side = $state<Side>(Side.BUY);
  price = $state('');
  quantity = $state('');
  timeInForce = $state<TimeInForce>(TimeInForce.GOOD_TILL_CANCELLED);
  wantsPostOnly = $state(false);
  reduceOnly = $state(false);
  /** Whether what few need is shown. */
  more = $state(false);
  /** With GOOD_TILL_TIME: as the input holds it. */
  expires = $state('');
  #preview = $state.raw<Preview>();
  #refusal = $state.raw<{ draft: Draft; reason: string }>();
  busy = $state(false);
  /** What is asked before this order is sent. */
  question = $state.raw<{ draft: Draft; text: string }>();
  /** When the last order was accepted, and what stood in the fields then. */
  #accepted = { atMs: -LETS_GO_MS, fields: '' };
  /** Why a share of what can be afforded is nothing; for the fields as they were then. */
  #nothing = $state.raw<{ fields: string; reason: string }>();
  /** Whether sending was tried with the fields as they are: only then do gaps count as mistakes. */
  tried = $state(false);
  /** Changes when the ticket asks for the keyboard. */
  focusAsked = $state(0);

  readonly #market: () => Market;

  constructor(market: () => Market) {
    this.#market = market;
    Object.assign(this, choicesKept(), { quantity: this.usual }, draftOf<Typed>(market().marketId));
    if (this.isTimed && this.expires === '') this.expireIn(AN_HOUR);
    $effect(() => this.#keep());
    $effect(() => this.#keepChoices());
    $effect(() => this.#askForPreview());
  }

  readonly isTimed = $derived(this.timeInForce === TimeInForce.GOOD_TILL_TIME);
  readonly rests = $derived(this.isTimed || this.timeInForce === TimeInForce.GOOD_TILL_CANCELLED);
  readonly postOnly = $derived(this.rests && this.wantsPostOnly);
  /** At once without a price of one's own: the worst to accept, by the book as it is now. */
  readonly worstPrice = $derived.by(() => {
    const quantity = this.#parsedQuantity;
    const now = exchange.book(this.#market().marketId);
    if (this.rests || this.price.trim() !== '' || !quantity.ok || !now) return undefined;
    const own = new Set(exchange.orders.map(({ orderId }) => orderId));
    return worstAcceptable(this.side, quantity.value, now.book, (id) => own.has(id), this.#market());
  });
  /** The quantity that was last traded here, or in this room. */
  get usual(): string {
    const { roomId, marketId } = this.#market();
    return lastQuantity(roomId, marketId);
  }

  readonly #parsedPrice = $derived.by(() => parsePrice(this.price, this.#market()));
  readonly #parsedQuantity = $derived.by(() => parseQuantity(this.quantity));

  readonly problems = $derived.by(() => {
    const say = (typed: string) => this.tried || typed.trim() !== '';
    const price = this.#parsedPrice;
    const quantity = this.#parsedQuantity;
    return {
      price: this.#needsPrice ? (!price.ok && say(this.price) ? price.reason : '') : this.#nobody,
      quantity:
        this.#nothing?.fields === this.#fields
          ? this.#nothing.reason
          : !quantity.ok && say(this.quantity)
            ? quantity.reason
            : '',
      expires: this.isTimed && !this.#parsedExpiry.ok ? this.#parsedExpiry.reason : '',
    };
  });

  readonly #needsPrice = $derived(this.rests || this.price.trim() !== '');
  /** Why there is no worst price. */
  readonly #nobody = $derived.by(() => {
    const knows = this.#parsedQuantity.ok && exchange.book(this.#market().marketId) !== undefined;
    if (!knows || this.worstPrice !== undefined) return '';
    return `There are no ${this.side === Side.BUY ? 'offers' : 'bids'} now. Choose “At a price” to wait in the book.`;
  });
  readonly #fields = $derived([this.side, this.timeInForce, this.price, this.quantity].join());

  readonly #parsedExpiry = $derived(parseUntil(this.expires));

  /** The order as it would be sent; undefined while a field is missing or wrong. */
  readonly draft: Draft | undefined = $derived.by(() => {
    const quantity = this.#parsedQuantity;
    const price = this.#parsedPrice.ok ? this.#parsedPrice.value : this.worstPrice;
    const expiry = this.isTimed ? this.#parsedExpiry : ({ ok: true, value: 0n } as const);
    if (!quantity.ok || price === undefined || !expiry.ok) return undefined;
    return {
      side: this.side,
      price,
      quantity: quantity.value,
      timeInForce: this.timeInForce,
      postOnly: this.postOnly,
      reduceOnly: this.reduceOnly,
      expiresTimeUs: expiry.value,
    };
  });

  /** The exchange's sentence about this very order; gone as soon as a field changes. */
  readonly refused = $derived(this.draft && this.draft === this.#refusal?.draft ? this.#refusal.reason : '');

  /** What it would do by our own reckoning: at once, while typing. */
  readonly estimate = $derived.by(() => {
    return this.draft && estimate(this.draft, this.#situation());
  });

  #situation(): Situation {
    const { marketId, minPrice, maxPrice } = this.#market();
    return {
      range: { minPrice, maxPrice },
      position: exchange.positions.get(marketId)?.quantity ?? 0n,
      orders: exchange.orders.filter((order) => order.marketId === marketId),
      available: exchange.available,
      book: exchange.book(marketId)?.book ?? emptyBook(),
    };
  }

  /** The same by the exchange's, a moment later. */
  readonly preview = $derived(this.draft && this.draft === this.#preview?.draft ? this.#preview : undefined);

  /** Through another market, and through loading the page anew. */
  #keep(): void {
    const { side, price, quantity, timeInForce, wantsPostOnly, reduceOnly, expires } = this;
    const typed: Typed = { side, price, quantity, timeInForce, wantsPostOnly, reduceOnly, expires };
    const isNothing = price === '' && (quantity === '' || quantity === this.usual);
    keepDraft(this.#market().marketId, isNothing ? undefined : typed);
  }

  #keepChoices(): void {
    const { more, timeInForce, wantsPostOnly, reduceOnly } = this;
    keepChoices({ more, timeInForce, wantsPostOnly, reduceOnly });
  }

  /** Asks what the order would do: whenever it, the best prices or what we have changed, and are then still. */
  #askForPreview(): (() => void) | undefined {
    const { draft } = this;
    const market = this.#market();
    const { bestBid, bestOffer } = exchange.ticker(market.marketId) ?? {};
    void [bestBid, bestOffer, exchange.available, exchange.accountId];
    const mayAsk = market.status === MarketStatus.OPEN && exchange.status === 'connected';
    if (!draft || !mayAsk || exchange.maySeeOnly) return undefined;
    let current = true;
    const tell = (preview: Omit<Preview, 'draft'>) => {
      if (current) this.#preview = { draft, ...preview };
    };
    const ask = () =>
      previewOrder(market, draft).then(
        (result) => tell({ result }),
        // Not answered: our own reckoning stands. Refused: better known now than after sending.
        (failure) => tell(failure instanceof Refused ? { refused: failure.message } : {}),
      );
    const timer = setTimeout(() => void ask(), PREVIEW_AFTER_MS);
    return () => {
      current = false;
      clearTimeout(timer);
    };
  }

  expireIn(minutes: number): void {
    this.expires = toLocalInput(new Date(Date.now() + minutes * 60_000), { seconds: true });
  }

  chooseTimeInForce(chosen: TimeInForce): void {
    this.timeInForce = chosen;
    if (this.isTimed && this.expires === '') this.expireIn(AN_HOUR);
  }

  choose(side: Side): void {
    this.side = side;
    this.focusAsked += 1;
  }

  fillPrice(price: number): void {
    this.price = plainNumber(formatPrice(price, priceDigits(this.#market().tickSize)));
  }

  fillQuantity(quantity: number | bigint): void {
    this.quantity = plainNumber(formatQuantityShort(quantity));
  }

  /** Ticks up or down; from an empty field, starts at the price that would trade. */
  stepPrice(steps: number): void {
    const market = this.#market();
    if (this.#parsedPrice.ok) return this.fillPrice(stepPrice(this.#parsedPrice.value, steps, market));
    if (this.price.trim() === '') this.#fillStart();
  }

  #fillStart(): void {
    const market = this.#market();
    const ticker = exchange.ticker(market.marketId);
    const start = this.side === Side.BUY ? ticker?.bestOffer : ticker?.bestBid;
    const middle = (market.minPrice + market.maxPrice) / 2;
    this.fillPrice(start ?? ticker?.lastPrice ?? stepPrice(middle, 0, market));
  }

  /** A share, in per cent, of what can be afforded at the ticket's price and on its side, within all limits. */
  fillShare(percent: number): void {
    if (this.rests && this.price.trim() === '') this.#fillStart();
    const { side, timeInForce, postOnly, reduceOnly } = this;
    const { minPrice, maxPrice, maxOrder, maxPosition } = this.#market();
    const price = this.#parsedPrice;
    if (!price.ok && this.#needsPrice) return void (this.tried = true);
    const anyPrice = side === Side.BUY ? maxPrice : minPrice;
    const terms = { side, price: price.ok ? price.value : anyPrice, timeInForce, postOnly, reduceOnly };
    const limits = { maxOrder, maxPosition };
    const most = mostAffordable({ ...terms, expiresTimeUs: 0n }, this.#situation(), limits);
    const share = shareOf(most, percent);
    if (share > 0) return this.fillQuantity(share);
    this.#nothing = { fields: this.#fields, reason: this.#whyNothing(reduceOnly) };
  }

  #whyNothing(reduceOnly: boolean): string {
    const word = this.side === Side.BUY ? 'buy' : 'sell';
    if (reduceOnly) return `There is no position that a ${word} order could reduce.`;
    if (!this.rests) return `You can’t afford to ${word} anything at once.`;
    return `You can’t afford to ${word} anything at this price.`;
  }

  stepQuantity(steps: number): void {
    const now = this.#parsedQuantity.ok ? this.#parsedQuantity.value : 0;
    this.fillQuantity(Math.max(STEP_QUANTITY, now + steps * STEP_QUANTITY));
  }

  /** Sends what was typed, or asks first; whether the order was accepted. */
  async send(): Promise<boolean> {
    const { draft } = this;
    if (this.busy || this.question) return false;
    const { atMs, fields } = this.#accepted;
    if (fields === this.#fields && performance.now() - atMs < LETS_GO_MS) return false;
    this.tried = true;
    if (!draft) return false;
    const text = doubtsAbout(this.#market(), draft, this.estimate);
    if (text === undefined) return this.#place(draft);
    this.question = { draft, text };
    return false;
  }

  /** The order that was asked about, as it was then. */
  async sendAsked(): Promise<boolean> {
    const { question } = this;
    this.question = undefined;
    return question !== undefined && !this.busy && (await this.#place(question.draft));
  }

  async #place(draft: Draft): Promise<boolean> {
    this.busy = true;
    this.#refusal = undefined;
    const { price, quantity } = this;
    try {
      await placeOrder(this.#market(), draft);
      // The order is the exchange's now: the ticket is for another one, unless that is being typed already.
      const { roomId, marketId } = this.#market();
      keepQuantity(roomId, marketId, quantity);
      if (this.price === price && this.quantity === quantity) this.price = '';
      this.tried = false;
      this.#accepted = { atMs: performance.now(), fields: this.#fields };
      return true;
    } catch (failure) {
      this.#refusal = { draft, reason: failure instanceof Error ? failure.message : String(failure) };
      return false;
    } finally {
      this.busy = false;
    }
  }
}
