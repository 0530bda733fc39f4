// Own orders, taken hold of where they are shown: in the ladder by their price, in the chart one by
// one. Nothing is sent while one moves them: one press, or letting go, is one command.

import { desk } from '$lib/app/page/desk.svelte';
import { exchange } from '$lib/app/exchange.svelte';
import { toasts } from '$lib/app/alerts/toasts.svelte';
import { ASKED, cancelOrder, replaceOrder } from '$lib/app/requests/trading';
import type { Market } from '$lib/gen/markets_pb';
import type { Order } from '$lib/gen/orders_pb';
import { cautionOf } from '$lib/state/trading/caution';
import { inReach, movedTo, nextOf } from '$lib/state/trading/own-orders';
import { sideWord, sizeAtPrice } from '$lib/state/words';
import { formatPrice, priceDigits, stepPrice } from '$lib/units';
import { cancelTogether, moveTogether } from './together';

/** What is asked before it is sent. */
interface Question {
  title: string;
  action: string;
  text: string;
  send: () => Promise<void>;
}

export class OwnOrders {
  /** Those in this market, as the chart and the keyboard go through them: the highest price first. */
  readonly orders: readonly Order[] = $derived.by(() => inReach(exchange.orders, this.market.marketId));
  #ids = $state.raw<readonly bigint[]>([]);
  /** Where the chosen ones would go; undefined: they stay. */
  #target = $state<number>();
  question = $state.raw<Question>();
  busy = $state(false);
  /** The keyboard is to go to what is said of the chosen order. */
  wantsFocus = $state(false);
  /** While a pointer has hold of them. */
  dragging = $state(false);

  /** Those that were chosen and still are in the book. */
  readonly chosen: readonly Order[] = $derived(
    this.orders.filter(({ orderId }) => this.#ids.includes(orderId)),
  );
  readonly target: number | undefined = $derived(
    movedTo(this.chosen, this.#target) === undefined ? undefined : this.#target,
  );
  readonly #market: () => Market;

  constructor(market: () => Market) {
    this.#market = market;
  }

  get market(): Market {
    return this.#market();
  }

  /** "Buy 3 at 41.00" */
  get words(): string {
    return wordsFor(this.chosen, this.digits);
  }

  get digits(): number {
    return priceDigits(this.market.tickSize);
  }

  isChosen({ orderId }: Order): boolean {
    return this.#ids.includes(orderId);
  }

  choose(orders: readonly Order[]): void {
    const ids = orders.map(({ orderId }) => orderId);
    if (ids.join() === this.#ids.join()) return;
    this.#ids = ids;
    this.#target = undefined;
  }

  /** One after another, round and round, each by itself. */
  next(): void {
    const next = nextOf(this.orders, this.chosen);
    if (!next) return;
    this.choose([next]);
    this.wantsFocus = true;
  }

  drop(): void {
    this.#ids = [];
    this.#target = undefined;
  }

  /** Ticks up or down from where they are, or would go. */
  step(steps: number): void {
    const from = this.#target ?? this.chosen[0]?.price;
    if (from !== undefined && !this.busy) this.#target = stepPrice(from, steps, this.market);
  }

  to(price: number | undefined): void {
    const { tickSize } = this.market;
    this.#target =
      price === undefined ? undefined : stepPrice(Math.round(price / tickSize) * tickSize, 0, this.market);
  }

  /** Sends them where they were moved to: with their totals, which the exchange keeps if nothing is said of them. */
  move(): void {
    const price = this.target;
    const moving = this.chosen;
    const [first] = moving;
    if (price === undefined || !first || this.busy || this.question) return;
    const send = () => this.#send(() => moveAll(moving, price));
    const caution = cautionOf(
      { side: first.side, price },
      exchange.ticker(first.marketId) ?? {},
      this.market,
    );
    const action = `Move to ${formatPrice(price, this.digits)}`;
    const title = `Move ${wordsFor(moving, this.digits)} to ${formatPrice(price, this.digits)}?`;
    if (caution ?? desk.asks) this.question = { title, action, text: caution ?? ASKED, send };
    else void send().catch((failure: unknown) => toasts.refused('Not moved', failure));
  }

  cancel(orders: readonly Order[] = this.chosen): void {
    if (orders.length === 0 || this.busy || this.question) return;
    const send = () => this.#send(() => cancelAllOf(orders));
    const what = wordsFor(orders, this.digits);
    if (desk.asks) {
      this.question = { title: `Cancel ${what}?`, action: `Cancel ${what}`, text: ASKED, send };
    } else void send().catch((failure: unknown) => toasts.refused('Not cancelled', failure));
  }

  /** One command at a time: what is pressed while one is under way is no further one. */
  async #send(work: () => Promise<void>): Promise<void> {
    if (this.busy) return;
    this.busy = true;
    try {
      await work();
      this.drop();
    } finally {
      this.busy = false;
      this.#target = undefined;
    }
  }
}

const cancelAllOf = (orders: readonly Order[]): Promise<void> =>
  orders.length === 1 ? cancelOrder(orders[0]!) : cancelTogether(orders);

const moveAll = (orders: readonly Order[], price: number): Promise<void> =>
  orders.length === 1 ? replaceOrder(orders[0]!, { price }) : moveTogether(orders, price);

function wordsFor(orders: readonly Order[], digits: number): string {
  const [first] = orders;
  if (!first) return '';
  const left = orders.reduce((sum, { remaining }) => sum + remaining, 0);
  const size = `${sideWord(first.side)} ${sizeAtPrice(left, first.price, digits)}`;
  return orders.length === 1 ? size : `${size} (${orders.length} orders)`;
}
