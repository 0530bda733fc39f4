// The state of one connection, from what it received: snapshots, then patches.
// Pure: no Svelte, no DOM, no clock. What a view may hold on to (an order, a
// position, a ticker) is replaced when it changes, never altered.

import type { ServerFrame, ServerMessage } from '$lib/gen/exchange_pb';
import type { Market, TickerChanged, Trade } from '$lib/gen/markets_pb';
import { OrderStatus, type Order } from '$lib/gen/orders_pb';
import type { Account, PortfolioChanged, PortfolioSnapshot, Position, Room, User } from '$lib/gen/rooms_pb';
import { bookFrom, changeBook, type Book } from './book';

/** How many trades of a market are kept. */
export const TRADES_MAX = 500;

export interface Portfolio {
  readonly accountId: bigint;
  cash: bigint;
  available: bigint;
  readonly positions: Map<bigint, Position>;
  /** Live orders, in the order they were placed. */
  readonly orders: Map<bigint, Order>;
}

export interface State {
  user: User | undefined;
  /** The account that orders are placed for. */
  accountId: bigint;
  epoch: bigint;
  elevated: boolean;
  rooms: Room[];
  room: Room | undefined;
  accounts: Map<bigint, Account>;
  markets: Map<bigint, Market>;
  portfolios: Map<bigint, Portfolio>;
  books: Map<bigint, Book>;
  trades: Map<bigint, Trade[]>;
  tickers: Map<bigint, TickerChanged>;
  /** Of the last frame that was applied whole; what Resume carries. */
  sequence: bigint;
  /** The exchange's clock, as of the last event. */
  timeUs: bigint;
}

/** What a view may have to draw anew. */
export type Topic = 'session' | 'markets' | 'portfolio' | 'book' | 'trades' | 'tickers';
export const TOPICS: readonly Topic[] = ['session', 'markets', 'portfolio', 'book', 'trades', 'tickers'];

export interface Aggregate {
  /** What is known, whole and consistent. */
  state: State;
  /** While snapshots of everything arrive: the state being built, which replaces `state` at Ready. */
  building: State | undefined;
}

export function emptyState(): State {
  return {
    user: undefined,
    accountId: 0n,
    epoch: 0n,
    elevated: false,
    rooms: [],
    room: undefined,
    accounts: new Map(),
    markets: new Map(),
    portfolios: new Map(),
    books: new Map(),
    trades: new Map(),
    tickers: new Map(),
    sequence: 0n,
    timeUs: 0n,
  };
}

export function newAggregate(): Aggregate {
  return { state: emptyState(), building: undefined };
}

/** Applies a frame whole and returns which topics it touched. */
export function apply(aggregate: Aggregate, frame: ServerFrame): Set<Topic> {
  const touched = new Set<Topic>();
  let sequence = 0n;
  for (const message of frame.messages) {
    applyMessage(aggregate, message, touched);
    if (message.sequence > sequence) sequence = message.sequence;
  }
  const target = aggregate.building ?? aggregate.state;
  if (sequence > target.sequence) target.sequence = sequence;
  return touched;
}

function applyMessage(aggregate: Aggregate, message: ServerMessage, touched: Set<Topic>): void {
  const { event } = message;

  switch (event.case) {
    case 'authenticated': {
      if (!event.value.resumed) aggregate.building = emptyState();
      const state = aggregate.building ?? aggregate.state;
      state.user = event.value.user;
      state.accountId = event.value.accountId;
      state.epoch = event.value.epoch;
      state.elevated = event.value.elevated;
      state.rooms = event.value.rooms;
      touched.add('session');
      break;
    }
    case 'resynchronizing': {
      // Snapshots bring everything but who we are.
      const { user, accountId, epoch, elevated, rooms } = aggregate.building ?? aggregate.state;
      aggregate.building = { ...emptyState(), user, accountId, epoch, elevated, rooms };
      break;
    }
    case 'ready':
      if (aggregate.building) {
        aggregate.state = aggregate.building;
        aggregate.building = undefined;
        TOPICS.forEach((topic) => touched.add(topic));
      }
      break;
    default: {
      const state = aggregate.building ?? aggregate.state;
      if (message.timeUs > state.timeUs) state.timeUs = message.timeUs;
      const topic = patch(state, event);
      if (topic) touched.add(topic);
    }
  }
}

function patch(state: State, event: ServerMessage['event']): Topic | undefined {
  switch (event.case) {
    case 'elevationChanged':
      state.elevated = event.value.elevated;
      return 'session';
    case 'roomSnapshot':
      state.room = event.value.room;
      state.accounts = new Map(event.value.accounts.map((account) => [account.accountId, account]));
      state.markets = new Map(event.value.markets.map((market) => [market.marketId, market]));
      return 'markets';
    case 'accountChanged':
      if (event.value.account) state.accounts.set(event.value.account.accountId, event.value.account);
      return 'markets';
    case 'marketChanged':
      if (event.value.market) state.markets.set(event.value.market.marketId, event.value.market);
      return 'markets';
    case 'portfolioSnapshot':
      state.portfolios.set(event.value.accountId, portfolioFrom(event.value));
      return 'portfolio';
    case 'portfolioChanged':
      changePortfolio(portfolioOf(state, event.value.accountId), event.value);
      return 'portfolio';
    case 'orderChanged':
      if (event.value.order) changeOrder(portfolioOf(state, event.value.order.accountId), event.value.order);
      return 'portfolio';
    case 'bookSnapshot':
      state.books.set(event.value.marketId, bookFrom(event.value));
      return 'book';
    case 'bookChanged': {
      // Events of a market that we stopped listening to may still be on their way.
      const book = state.books.get(event.value.marketId);
      if (book) changeBook(book, event.value);
      return 'book';
    }
    case 'tradesSnapshot':
      state.trades.set(event.value.marketId, [...event.value.trades]);
      return 'trades';
    case 'traded': {
      const trade = event.value.trade;
      const trades = trade && state.trades.get(trade.marketId);
      if (trade && trades) {
        trades.push(trade);
        if (trades.length > TRADES_MAX) trades.splice(0, trades.length - TRADES_MAX);
      }
      return 'trades';
    }
    case 'tickerChanged':
      state.tickers.set(event.value.marketId, event.value);
      return 'tickers';
    default:
      return undefined;
  }
}

/** Forgets a market's book and trades: after Unsubscribe they would only grow old. */
export function forgetMarket(aggregate: Aggregate, marketId: bigint): void {
  for (const state of [aggregate.state, aggregate.building]) {
    state?.books.delete(marketId);
    state?.trades.delete(marketId);
  }
}

function portfolioFrom(snapshot: PortfolioSnapshot): Portfolio {
  return {
    accountId: snapshot.accountId,
    cash: snapshot.cash,
    available: snapshot.available,
    positions: new Map(snapshot.positions.map((position) => [position.marketId, position])),
    orders: new Map(snapshot.orders.map((order) => [order.orderId, order])),
  };
}

function portfolioOf(state: State, accountId: bigint): Portfolio {
  let portfolio = state.portfolios.get(accountId);
  if (!portfolio) {
    portfolio = { accountId, cash: 0n, available: 0n, positions: new Map(), orders: new Map() };
    state.portfolios.set(accountId, portfolio);
  }
  return portfolio;
}

function changePortfolio(portfolio: Portfolio, change: PortfolioChanged): void {
  portfolio.cash = change.cash;
  portfolio.available = change.available;
  if (change.position) portfolio.positions.set(change.position.marketId, change.position);
}

function changeOrder(portfolio: Portfolio, order: Order): void {
  if (order.status === OrderStatus.LIVE) portfolio.orders.set(order.orderId, order);
  else portfolio.orders.delete(order.orderId);
}
