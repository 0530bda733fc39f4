// The exchange as components see it: the aggregated state, published at most once per
// animation frame (what is only read, not acted on, less often), and the requests they can make.

import { page } from '$app/state';
import { siteAddress } from './addresses';
import { auth } from '$lib/auth/auth.svelte';
import { Connection, type ResumePoint, type Status } from '$lib/connection/connection';
import { Refused } from '$lib/connection/failures';
import type { Request } from '$lib/connection/requests';
import type { ServerFrame, ServerMessage } from '$lib/gen/exchange_pb';
import type { Market, TickerChanged, Trade } from '$lib/gen/markets_pb';
import type { Transfer } from '$lib/gen/money_pb';
import { Side, type Order, type OrderChanged } from '$lib/gen/orders_pb';
import {
  AccountRole,
  Role,
  WhoMayCreateMarkets,
  type Account,
  type Member,
  type Room,
} from '$lib/gen/rooms_pb';
import { Channel } from '$lib/gen/session_pb';
import {
  apply,
  emptyPortfolio,
  forgetMarket,
  newAggregate,
  type Portfolio,
  type State,
  type Topic,
} from '$lib/state/aggregate';
import type { Book } from '$lib/state/trading/book';
import { forgetDrafts } from '$lib/app/kept/drafts';
import { here } from '$lib/app/page/here.svelte';
import { keepRoom, lastRoom } from '$lib/app/kept/last-room';
import { forgetPowers, hadPowers, isUse, keepPowers } from '$lib/app/kept/powers';
import { toasts } from '$lib/app/alerts/toasts.svelte';

const NO_PORTFOLIO = emptyPortfolio(0n);

/** Nobody reads a tape or a list of prices sixty times a second; drawing them so often slows down the book. */
const AT_MOST_EVERY_MS: Partial<Record<Topic, number>> = { trades: 150, tickers: 100 };

/** An account that we may act as. */
export interface OwnAccount {
  account: Account;
  portfolio: Portfolio;
  role: AccountRole;
}

class Exchange {
  status = $state<Status>('offline');
  latencyMs = $state<number>();
  /** Why the exchange does not let this page in for now, in its words; empty: nothing keeps it. */
  waitsFor = $state('');
  /** Whether there has been a whole state to show since signing in. */
  ready = $state(false);

  /** Counted up when a topic is to be drawn anew: what reads it depends on it. */
  readonly #versions = $state<Record<Topic, number>>({
    session: 0,
    room: 0,
    portfolio: 0,
    book: 0,
    trades: 0,
    tickers: 0,
  });
  readonly #connection: Connection;
  #aggregate = newAggregate();
  #touched = new Set<Topic>();
  #frameRequested = false;
  readonly #publishedAt = new Map<Topic, number>();
  #watched: bigint | undefined;
  /** Whom this page belongs to, from the first time that the exchange let it in. */
  #userId: bigint | undefined;
  /** Requests under way after which this page acts for another account, in another room perhaps. */
  #moves = 0;
  /** Going to another room whose address comes later. */
  moving = $state(false);
  /** What `last-room.ts` knows from here. */
  #keptSlug: string | undefined;
  /** Admin powers that were on before are asked for again. */
  powersComing = $state(false);
  /** The room we were taken out of last: its address alone does not lead in again. */
  takenOutOf = $state.raw<Room>();
  /** Chosen on this page: whom to act as again after a lost connection. */
  #actingAs: bigint | undefined;
  #onOrderChanged: (change: OrderChanged, answered: boolean) => void = () => {};
  readonly #onMessage = new Set<(message: ServerMessage) => void>();

  constructor() {
    this.#connection = new Connection(`${siteAddress().replace(/^http/, 'ws')}/ws`, {
      status: (status) => {
        this.status = status;
        if (status === 'connected') this.#takePowersUp();
      },
      latency: (ms) => (this.latencyMs = Math.max(1, Math.round(ms))),
      frame: (frame) => this.#receive(frame),
      credential: () => auth.credential(),
      resumePoint: () => this.#resumePoint(),
      room: () => (this.moving ? undefined : slugHere()) ?? here.slug ?? '',
      acting: () => this.#acting(),
      refuses: ({ userId, name }) => {
        this.#userId ??= userId;
        return userId === this.#userId ? undefined : auth.isSomebodyElse(name);
      },
      restoring: () =>
        this.#actingAs === undefined || this.#actingAs === this.#aggregate.state.accountId
          ? undefined
          : { case: 'actAs', value: { accountId: this.#actingAs } },
      turnedAway: (reason) => auth.turnedAway(reason),
      waits: (reason) => (this.waitsFor = reason),
    });
    auth.onEnded(() => this.#stop());
    this.#connection.listen('ticker', { all: true, channels: [Channel.TICKER] });
    addEventListener('online', () => this.#connection.nudge());
    document.addEventListener('visibilitychange', () => {
      if (document.visibilityState === 'visible') this.#connection.nudge();
    });
  }

  start(): void {
    if (this.status === 'offline') here.slug = slugHere() ?? lastRoom(auth.identity);
    this.#connection.start();
  }

  #stop(): void {
    this.#connection.stop();
    this.#aggregate = newAggregate();
    this.#actingAs = undefined;
    here.slug = this.takenOutOf = this.#userId = this.#keptSlug = undefined;
    forgetPowers();
    this.powersComing = false;
    this.waitsFor = '';
    forgetDrafts();
    toasts.clear();
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

  async request(request: Request): Promise<ServerMessage> {
    if (this.#aggregate.state.elevated && isUse(request.case)) keepPowers(auth.identity);
    const moves = request.case === 'actAs' || request.case === 'enterRoom';
    if (!moves) return this.#connection.request(request);
    this.#moves += 1;
    try {
      return await this.#connection.request(request);
    } finally {
      this.#moves -= 1;
    }
  }

  /** For what enters a room before it goes to its address: meanwhile the address is not followed. */
  async move<T>(act: () => Promise<T>): Promise<T> {
    this.moving = true;
    try {
      return await act();
    } finally {
      this.moving = false;
    }
  }

  async setElevated(elevated: boolean): Promise<void> {
    if (!elevated) forgetPowers();
    await this.request({ case: 'setElevated', value: { elevated } });
    if (elevated) keepPowers(auth.identity);
  }

  /** After a reload, and in another room, where they are used still. The exchange is the judge. */
  #takePowersUp(): void {
    const { elevated, room } = this.#aggregate.state;
    const wanted = !elevated && room !== undefined && this.isAdmin && hadPowers(auth.identity);
    const asked = this.powersComing;
    this.powersComing = wanted;
    if (!wanted || asked) return;
    this.setElevated(true).catch((failure: unknown) => {
      this.powersComing = false;
      if (failure instanceof Refused) forgetPowers();
    });
  }

  /** Told of every change of an order of ours, at once; `answered` when this page asked for it. */
  onOrderChanged(listener: (change: OrderChanged, answered: boolean) => void): void {
    this.#onOrderChanged = listener;
  }

  /** Told of everything that is heard, at once. Returns the end of it. */
  onMessage(listener: (message: ServerMessage) => void): () => void {
    this.#onMessage.add(listener);
    return () => void this.#onMessage.delete(listener);
  }

  // What there is, read reactively.

  readonly user = $derived.by(() => this.#read('session').user);
  readonly elevated = $derived.by(() => this.#read('session').elevated);
  readonly accountId = $derived.by(() => this.#read('session').accountId);
  readonly rooms: Room[] = $derived.by(() => [...this.#read('session').rooms.values()]);
  readonly roomsLeft = $derived.by(() => this.#read('session').roomsLeft);
  readonly room = $derived.by(() => (this.#read('session'), this.#read('room').room));
  readonly role = $derived(this.roleIn(this.room?.roomId ?? 0n));
  readonly accountName = $derived(this.nameOfAccount(this.accountId));
  readonly isAdmin = $derived(this.role === Role.ADMIN || this.user?.isServerAdmin === true);
  readonly isArchived = $derived(this.room?.archived === true);
  readonly maySeeOnly = $derived(this.role === Role.SPECTATOR || this.isArchived);
  readonly mayCreateMarkets = $derived(
    !this.maySeeOnly && (this.elevated || this.room?.whoMayCreateMarkets === WhoMayCreateMarkets.ANYONE),
  );

  /** All but the house. */
  readonly accounts: Account[] = $derived.by(() => {
    const { accounts, room } = this.#read('room');
    return [...accounts.values()].filter(({ accountId }) => accountId !== room?.houseAccountId);
  });
  readonly members: Member[] = $derived.by(() => [...this.#read('room').members.values()]);

  /** Newest first. */
  readonly markets: Market[] = $derived.by(() =>
    [...this.#read('room').markets.values()].sort((a, b) => Number(b.marketId - a.marketId)),
  );
  readonly orders: Order[] = $derived.by(() => [...this.#portfolio().orders.values()]);
  readonly cash = $derived.by(() => this.#portfolio().cash);
  readonly available = $derived.by(() => this.#portfolio().available);
  readonly received = $derived.by(() => this.#portfolio().received);
  readonly cancelTimeUs = $derived.by(() => this.#portfolio().cancelTimeUs);
  readonly positions = $derived.by(() => new Map(this.#portfolio().positions));

  /** Our personal account first. */
  readonly ownAccounts: OwnAccount[] = $derived.by(() => {
    const { accounts } = this.#read('room');
    const { portfolios, user } = this.#read('portfolio');
    return [...portfolios.values()].flatMap((portfolio) => {
      const account = accounts.get(portfolio.accountId);
      const role = portfolio.members.find(({ userId }) => userId === user?.userId)?.role;
      // A new object each time: what it holds is altered in place.
      return account ? [{ account, portfolio: { ...portfolio }, role: role ?? AccountRole.UNSPECIFIED }] : [];
    });
  });

  /** Of all our accounts, newest first. */
  readonly transfers: Transfer[] = $derived.by(() => {
    const byId = new Map<bigint, Transfer>();
    for (const { transfers } of this.#read('portfolio').portfolios.values()) {
      for (const transfer of transfers) byId.set(transfer.transferId, transfer);
    }
    return [...byId.values()].sort((a, b) => Number(b.transferId - a.transferId));
  });

  roleIn(roomId: bigint): Role {
    return this.#read('session').roles.get(roomId) ?? Role.UNSPECIFIED;
  }

  market(id: bigint): Market | undefined {
    return this.#read('room').markets.get(id);
  }

  nameOfAccount(accountId: bigint): string {
    const { accounts, room } = this.#read('room');
    if (accountId === room?.houseAccountId) return 'House';
    return accounts.get(accountId)?.name ?? '';
  }

  /** Whose an account is; 0: the house's, or a house bot's. */
  ownerOf(accountId: bigint): bigint {
    const account = this.#read('room').accounts.get(accountId);
    return account === undefined || account.houseBot ? 0n : account.ownerUserId;
  }

  isHouseBot(accountId: bigint): boolean {
    return this.#read('room').accounts.get(accountId)?.houseBot === true;
  }

  nameOfUser(userId: bigint): string {
    return this.#read('room').members.get(userId)?.user?.name ?? '';
  }

  /** The side that a trade had for the account we act as; undefined: none. */
  ownSideOf({ tradeId, buyerAccountId, sellerAccountId }: Trade): Side | undefined {
    if (buyerAccountId === this.accountId) return Side.BUY;
    if (sellerAccountId === this.accountId) return Side.SELL;
    const own = this.#read('portfolio').ownTrades.get(tradeId);
    return own?.accountId === this.accountId ? own.side : undefined;
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

  /** How far the exchange is, and its clock; not reactive, for both move with every event. */
  now(): { sequence: bigint; timeUs: bigint } {
    return this.#aggregate.state;
  }

  /** For whom a request that is made now is; while that changes, like nothing before or after. */
  #acting(): string {
    const { user, accountId } = this.#aggregate.state;
    return this.#moves > 0 ? `moving ${performance.now()}` : `${user?.userId ?? 0n} ${accountId}`;
  }

  #portfolio(): Portfolio {
    return this.#read('portfolio').portfolios.get(this.accountId) ?? NO_PORTFOLIO;
  }

  #read(topic: Topic): State {
    void this.#versions[topic];
    return this.#aggregate.state;
  }

  #resumePoint(): ResumePoint | undefined {
    const { state, building } = this.#aggregate;
    if (building || state.epoch === 0n) return undefined;
    return {
      epoch: state.epoch,
      sequence: state.sequence,
      roomId: state.room?.roomId ?? 0n,
      elevated: state.elevated,
    };
  }

  #receive(frame: ServerFrame): void {
    const before = this.#aggregate.state.room;
    for (const topic of apply(this.#aggregate, frame)) this.#touched.add(topic);
    for (const message of frame.messages) {
      const { event, requestId } = message;
      for (const listener of this.#onMessage) listener(message);
      if (event.case === 'orderChanged') this.#onOrderChanged(event.value, requestId !== 0n);
      else if (event.case === 'actingAs') this.#actingAs = event.value.accountId;
      else if (event.case === 'roomEntered') {
        this.#actingAs = undefined;
        this.takenOutOf = event.value.roomId === 0n ? before : undefined;
      } else if (event.case === 'ready') this.#publish();
    }
    this.#publishSoon();
  }

  #publishSoon(): void {
    if (this.#aggregate.building || this.#touched.size === 0 || this.#frameRequested) return;
    this.#frameRequested = true;
    requestAnimationFrame((now) => {
      this.#frameRequested = false;
      if (!this.#aggregate.building) this.#publish((topic) => this.#isDue(topic, now));
      // What was not due yet.
      if (this.#touched.size > 0) setTimeout(() => this.#publishSoon(), 50);
    });
  }

  #isDue(topic: Topic, now: number): boolean {
    const every = AT_MOST_EVERY_MS[topic];
    if (every === undefined) return true;
    if (now - (this.#publishedAt.get(topic) ?? -every) < every) return false;
    this.#publishedAt.set(topic, now);
    return true;
  }

  #publish(isDue: (topic: Topic) => boolean = () => true): void {
    for (const topic of this.#touched) {
      if (!isDue(topic)) continue;
      this.#versions[topic] += 1;
      this.#touched.delete(topic);
    }
    this.ready ||= this.#aggregate.state.epoch !== 0n;
    const slug = this.#aggregate.state.room?.slug;
    if (!this.ready) return;
    here.slug = slug;
    if (slug === this.#keptSlug || (slug === undefined && !this.takenOutOf)) return;
    this.#keptSlug = slug;
    keepRoom(auth.identity, slug);
  }
}

/** The room that the browser's address names. */
const slugHere = (): string | undefined => page.params['slug']?.toLowerCase();

export const exchange = new Exchange();
