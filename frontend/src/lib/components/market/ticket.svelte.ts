// What is typed into the order ticket. It outlives the form: closing the sheet on
// a phone, a lost connection or a refusal leaves every field as it was.

import { draftOf, keepDraft } from '$lib/app/drafts';
import { exchange } from '$lib/app/exchange.svelte';
import { placeOrder, previewOrder } from '$lib/app/trading';
import { Refused } from '$lib/connection/failures';
import { MarketStatus, type Market } from '$lib/gen/markets_pb';
import { Side, TimeInForce, type OrderPreviewed } from '$lib/gen/orders_pb';
import { emptyBook } from '$lib/state/book';
import { estimate, type Draft } from '$lib/state/margin';
import { fromLocalInput, toLocalInput } from '$lib/ui/time';
import {
  formatPrice,
  formatQuantityShort,
  parsePrice,
  parseQuantity,
  priceDigits,
  stepPrice,
} from '$lib/units';

const STEP_QUANTITY = 100; // One contract.

/** How long nothing is typed, and nothing moves, before the exchange is asked. */
const PREVIEW_AFTER_MS = 200;

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
  /** With GOOD_TILL_TIME: as the input holds it. */
  expires = $state('');
  #preview = $state.raw<Preview>();
  #refusal = $state.raw<{ draft: Draft; reason: string }>();
  busy = $state(false);
  /** Whether sending was tried with the fields as they are: only then do gaps count as mistakes. */
  tried = $state(false);
  /** Changes when the ticket asks for the keyboard. */
  focusAsked = $state(0);

  readonly #market: () => Market;

  constructor(market: () => Market) {
    this.#market = market;
    Object.assign(this, draftOf<Typed>(market().marketId));
    $effect(() => this.#keep());
    $effect(() => this.#askForPreview());
  }

  readonly isTimed = $derived(this.timeInForce === TimeInForce.GOOD_TILL_TIME);
  readonly rests = $derived(this.isTimed || this.timeInForce === TimeInForce.GOOD_TILL_CANCELLED);
  readonly postOnly = $derived(this.rests && this.wantsPostOnly);
  /** Without a price, and it need not have one. */
  readonly isMarketOrder = $derived(!this.rests && this.price.trim() === '');

  readonly #parsedPrice = $derived.by(() => parsePrice(this.price, this.#market()));
  readonly #parsedQuantity = $derived.by(() => parseQuantity(this.quantity));

  readonly problems = $derived.by(() => {
    const say = (typed: string) => this.tried || typed.trim() !== '';
    const price = this.#parsedPrice;
    const quantity = this.#parsedQuantity;
    return {
      price: !price.ok && !this.isMarketOrder && say(this.price) ? price.reason : '',
      quantity: !quantity.ok && say(this.quantity) ? quantity.reason : '',
      expires: this.isTimed && this.#expiresTimeUs === undefined ? 'Say until when.' : '',
    };
  });

  readonly #expiresTimeUs = $derived(fromLocalInput(this.expires));

  /** The order as it would be sent; undefined while a field is missing or wrong. */
  readonly draft: Draft | undefined = $derived.by(() => {
    const price = this.#parsedPrice;
    const quantity = this.#parsedQuantity;
    const expiresTimeUs = this.isTimed ? this.#expiresTimeUs : 0n;
    if (!quantity.ok || (!price.ok && !this.isMarketOrder) || expiresTimeUs === undefined) return undefined;
    return {
      side: this.side,
      price: price.ok ? price.value : undefined,
      quantity: quantity.value,
      timeInForce: this.timeInForce,
      postOnly: this.postOnly,
      reduceOnly: this.reduceOnly,
      expiresTimeUs,
    };
  });

  /** The exchange's sentence about this very order; gone as soon as a field changes. */
  readonly refused = $derived(this.draft && this.draft === this.#refusal?.draft ? this.#refusal.reason : '');

  /** What it would do by our own reckoning: at once, while typing. */
  readonly estimate = $derived.by(() => {
    const { marketId, minPrice, maxPrice } = this.#market();
    return (
      this.draft &&
      estimate(this.draft, {
        range: { minPrice, maxPrice },
        position: exchange.positions.get(marketId)?.quantity ?? 0n,
        orders: exchange.orders.filter((order) => order.marketId === marketId),
        available: exchange.available,
        book: exchange.book(marketId)?.book ?? emptyBook(),
      })
    );
  });

  /** The same by the exchange's, a moment later. */
  readonly preview = $derived(this.draft && this.draft === this.#preview?.draft ? this.#preview : undefined);

  /** Through another market, and through loading the page anew. */
  #keep(): void {
    const { side, price, quantity, timeInForce, wantsPostOnly, reduceOnly, expires } = this;
    const typed: Typed = { side, price, quantity, timeInForce, wantsPostOnly, reduceOnly, expires };
    keepDraft(this.#market().marketId, price + quantity === '' ? undefined : typed);
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
    this.expires = toLocalInput(new Date(Date.now() + minutes * 60_000));
  }

  choose(side: Side): void {
    this.side = side;
    this.focusAsked += 1;
  }

  fillPrice(price: number): void {
    this.price = formatPrice(price, priceDigits(this.#market().tickSize))
      .replaceAll(',', '')
      .replace('\u2212', '-');
  }

  fillQuantity(quantity: number | bigint): void {
    this.quantity = formatQuantityShort(quantity).replaceAll(',', '');
  }

  /** Ticks up or down; from an empty field, starts at the price that would trade. */
  stepPrice(steps: number): void {
    const market = this.#market();
    if (this.#parsedPrice.ok) return this.fillPrice(stepPrice(this.#parsedPrice.value, steps, market));
    if (this.price.trim() !== '') return;
    const ticker = exchange.ticker(market.marketId);
    const start = this.side === Side.BUY ? ticker?.bestOffer : ticker?.bestBid;
    const middle = (market.minPrice + market.maxPrice) / 2;
    this.fillPrice(start ?? ticker?.lastPrice ?? stepPrice(middle, 0, market));
  }

  stepQuantity(steps: number): void {
    const now = this.#parsedQuantity.ok ? this.#parsedQuantity.value : 0;
    this.fillQuantity(Math.max(STEP_QUANTITY, now + steps * STEP_QUANTITY));
  }

  /** Whether the order was accepted. */
  async send(): Promise<boolean> {
    this.tried = true;
    const { draft } = this;
    if (!draft || this.busy) return false;
    this.busy = true;
    this.#refusal = undefined;
    try {
      await placeOrder(this.#market(), draft);
      this.tried = false;
      return true;
    } catch (failure) {
      this.#refusal = { draft, reason: failure instanceof Error ? failure.message : String(failure) };
      return false;
    } finally {
      this.busy = false;
    }
  }
}
