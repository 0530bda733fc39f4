// What is typed into the order ticket. It outlives the form: closing the sheet on
// a phone, a lost connection or a refusal leaves every field as it was.

import { exchange } from '$lib/app/exchange.svelte';
import { placeOrder } from '$lib/app/trading';
import type { Market } from '$lib/gen/markets_pb';
import { Side, TimeInForce } from '$lib/gen/orders_pb';
import { emptyBook } from '$lib/state/book';
import { estimate, type Draft } from '$lib/state/margin';
import {
  formatPrice,
  formatQuantityShort,
  parsePrice,
  parseQuantity,
  priceDigits,
  stepPrice,
} from '$lib/units';

const STEP_QUANTITY = 100; // One contract.

export class Ticket {
  side = $state<Side>(Side.BUY);
  price = $state('');
  quantity = $state('');
  timeInForce = $state<TimeInForce>(TimeInForce.GOOD_TILL_CANCELLED);
  wantsPostOnly = $state(false);
  #refusal = $state.raw<{ draft: Draft; reason: string }>();
  busy = $state(false);
  /** Whether sending was tried with the fields as they are: only then do gaps count as mistakes. */
  tried = $state(false);
  /** Changes when the ticket asks for the keyboard. */
  focusAsked = $state(0);

  readonly #market: () => Market;

  constructor(market: () => Market) {
    this.#market = market;
  }

  readonly rests = $derived(this.timeInForce === TimeInForce.GOOD_TILL_CANCELLED);
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
    };
  });

  /** The order as it would be sent; undefined while a field is missing or wrong. */
  readonly draft: Draft | undefined = $derived.by(() => {
    const price = this.#parsedPrice;
    const quantity = this.#parsedQuantity;
    if (!quantity.ok || (!price.ok && !this.isMarketOrder)) return undefined;
    return {
      side: this.side,
      price: price.ok ? price.value : undefined,
      quantity: quantity.value,
      timeInForce: this.timeInForce,
      postOnly: this.postOnly,
    };
  });

  /** The exchange's sentence about this very order; gone as soon as a field changes. */
  readonly refused = $derived(this.draft && this.draft === this.#refusal?.draft ? this.#refusal.reason : '');

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
