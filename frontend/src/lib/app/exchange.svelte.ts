// The exchange as components see it: the aggregated state, published at most
// once per animation frame, and the requests they can make.

import { create } from '@bufbuild/protobuf';
import { auth } from '$lib/auth/auth.svelte';
import { Connection, type Status } from '$lib/connection/connection';
import type { Request } from '$lib/connection/requests';
import type { ServerFrame, ServerMessage } from '$lib/gen/exchange_pb';
import type { Market, TickerChanged, Trade } from '$lib/gen/markets_pb';
import type { Order, OrderChanged } from '$lib/gen/orders_pb';
import { Role, WhoMayCreateMarkets } from '$lib/gen/rooms_pb';
import { Channel, SetElevatedSchema } from '$lib/gen/session_pb';
import {
  apply,
  forgetMarket,
  newAggregate,
  type Portfolio,
  type State,
  type Topic,
} from '$lib/state/aggregate';
import type { Book } from '$lib/state/book';

const NO_PORTFOLIO: Portfolio = {
  accountId: 0n,
  cash: 0n,
  available: 0n,
  positions: new Map(),
  orders: new Map(),
};

class Exchange {
  status = $state<Status>('offline');
  latencyMs = $state<number>();
  /** Whether there has been a whole state to show since signing in. */
  ready = $state(false);

  /** Counted up when a topic is to be drawn anew: what reads it depends on it. */
  readonly #versions = $state<Record<Topic, number>>({
    session: 0,
    markets: 0,
    portfolio: 0,
    book: 0,
    trades: 0,
    tickers: 0,
  });
  readonly #connection: Connection;
  #aggregate = newAggregate();
  #touched = new Set<Topic>();
  #frameRequested = false;
  #watched: bigint | undefined;
  #onOrderChanged: (change: OrderChanged, answered: boolean) => void = () => {};

  constructor() {
    const scheme = location.protocol === 'https:' ? 'wss:' : 'ws:';
    this.#connection = new Connection(`${scheme}//${location.host}/ws`, {
      status: (status) => (this.status = status),
      latency: (ms) => (this.latencyMs = Math.max(1, Math.round(ms))),
      frame: (frame) => this.#receive(frame),
      credential: () => auth.credential(),
      resumePoint: () => this.#resumePoint(),
      turnedAway: (reason) => {
        this.stop();
        auth.turnedAway(reason);
      },
    });
    this.#connection.listen('ticker', { all: true, channels: [Channel.TICKER] });
    addEventListener('online', () => this.#connection.nudge());
    document.addEventListener('visibilitychange', () => {
      if (document.visibilityState === 'visible') this.#connection.nudge();
    });
  }

  start(): void {
    this.#connection.start();
  }

  stop(): void {
    this.#connection.stop();
    this.#aggregate = newAggregate();
    this.ready = false;
    this.latencyMs = undefined;
  }

  /** Book and trades of one market at a time: the one on the screen. */
  watch(marketId: bigint | undefined): void {
    if (marketId === this.#watched) return;
    if (this.#watched !== undefined) forgetMarket(this.#aggregate, this.#watched);
    this.#watched = marketId;
    this.#connection.listen(
      'market',
      marketId === undefined
        ? undefined
        : { marketIds: [marketId], channels: [Channel.BOOK, Channel.TRADES] },
    );
  }

  request(request: Request): Promise<ServerMessage> {
    return this.#connection.request(request);
  }

  setElevated(elevated: boolean): Promise<ServerMessage> {
    return this.request({ case: 'setElevated', value: create(SetElevatedSchema, { elevated }) });
  }

  /** Told of every change of an order of ours, at once; `answered` when this page asked for it. */
  onOrderChanged(listener: (change: OrderChanged, answered: boolean) => void): void {
    this.#onOrderChanged = listener;
  }

  // What there is, read reactively.

  readonly user = $derived.by(() => this.#read('session').user);
  readonly elevated = $derived.by(() => this.#read('session').elevated);
  readonly accountId = $derived.by(() => this.#read('session').accountId);
  readonly room = $derived.by(() => this.#read('markets').room);
  readonly accountName = $derived.by(() => this.#read('markets').accounts.get(this.accountId)?.name ?? '');
  readonly isAdmin = $derived(this.room?.role === Role.ADMIN || this.user?.isServerAdmin === true);
  readonly maySeeOnly = $derived(this.room?.role === Role.SPECTATOR);
  readonly mayCreateMarkets = $derived(
    !this.maySeeOnly && (this.elevated || this.room?.whoMayCreateMarkets === WhoMayCreateMarkets.ANYONE),
  );

  /** Newest first. */
  readonly markets: Market[] = $derived.by(() => [...this.#read('markets').markets.values()].reverse());
  readonly orders: Order[] = $derived.by(() => [...this.#portfolio().orders.values()]);
  readonly cash = $derived.by(() => this.#portfolio().cash);
  readonly available = $derived.by(() => this.#portfolio().available);
  readonly positions = $derived.by(() => new Map(this.#portfolio().positions));

  market(id: bigint): Market | undefined {
    return this.#read('markets').markets.get(id);
  }

  /** The name others know a user by: that of their first account here. */
  accountNameOfUser(userId: bigint): string {
    for (const account of this.#read('markets').accounts.values()) {
      if (account.ownerUserId === userId) return account.name;
    }
    return '';
  }

  ticker(id: bigint): TickerChanged | undefined {
    return this.#read('tickers').tickers.get(id);
  }

  /** A new object whenever it changed; undefined until its snapshot has come. */
  book(id: bigint): { book: Book } | undefined {
    const book = this.#read('book').books.get(id);
    return book && { book };
  }

  /** Newest last; undefined until the snapshot has come. */
  trades(id: bigint): Trade[] | undefined {
    const trades = this.#read('trades').trades.get(id);
    return trades && [...trades];
  }

  #portfolio(): Portfolio {
    return this.#read('portfolio').portfolios.get(this.accountId) ?? NO_PORTFOLIO;
  }

  #read(topic: Topic): State {
    void this.#versions[topic];
    return this.#aggregate.state;
  }

  #resumePoint(): { epoch: bigint; sequence: bigint } | undefined {
    const { state, building } = this.#aggregate;
    if (building || state.epoch === 0n) return undefined;
    return { epoch: state.epoch, sequence: state.sequence };
  }

  #receive(frame: ServerFrame): void {
    for (const topic of apply(this.#aggregate, frame)) this.#touched.add(topic);
    for (const { event, requestId } of frame.messages) {
      if (event.case === 'orderChanged') this.#onOrderChanged(event.value, requestId !== 0n);
      else if (event.case === 'ready') this.#publish();
    }
    if (this.#aggregate.building || this.#touched.size === 0 || this.#frameRequested) return;
    this.#frameRequested = true;
    requestAnimationFrame(() => {
      this.#frameRequested = false;
      if (!this.#aggregate.building) this.#publish();
    });
  }

  #publish(): void {
    for (const topic of this.#touched) this.#versions[topic] += 1;
    this.#touched = new Set();
    this.ready ||= this.#aggregate.state.epoch !== 0n;
  }
}

export const exchange = new Exchange();
