// The state of one connection, from what it received: snapshots, then patches.
// Pure: no Svelte, no DOM, no clock. What a view may hold on to (an order, a
// position, a ticker) is replaced when it changes, never altered.

import type { ServerFrame, ServerMessage } from '$lib/gen/exchange_pb';
import type { Market, TickerChanged, Trade } from '$lib/gen/markets_pb';
import { TransferKind, type Transfer } from '$lib/gen/money_pb';
import { OrderStatus, Side, type Order, type OrderChanged } from '$lib/gen/orders_pb';
import {
  JoinPolicy,
  Role,
  type Account,
  type AccountMember,
  type Member,
  type PortfolioChanged,
  type PortfolioSnapshot,
  type Position,
  type Room,
  type User,
} from '$lib/gen/rooms_pb';
import type { RoomEntered } from '$lib/gen/session_pb';
import { bookFrom, changeBook, type Book } from '$lib/state/trading/book';

/** How many trades of a market are kept. */
export const TRADES_MAX = 500;

/** How many transfers of an account are kept. */
export const TRANSFERS_MAX = 100;

export interface Portfolio {
  readonly accountId: bigint;
  cash: bigint;
  available: bigint;
  readonly positions: Map<bigint, Position>;
  /** Live orders, in the order they were placed. */
  readonly orders: Map<bigint, Order>;
  /** Who may act as it. */
  members: readonly AccountMember[];
  /** The last ones, oldest first. */
  transfers: readonly Transfer[];
  /** Money received less money given, without trading. */
  received: bigint;
  /** When all its orders are cancelled unless that is put off; 0: never. */
  cancelTimeUs: bigint;
}

/** A trade of an order of ours: in an anonymous market nothing else says that it is. */
export interface OwnTrade {
  readonly accountId: bigint;
  readonly side: Side;
}

export interface State {
  user: User | undefined;
  /** The account that orders are placed for. */
  accountId: bigint;
  epoch: bigint;
  elevated: boolean;
  /** The rooms we are in or may enter. */
  rooms: Map<bigint, Room>;
  /** Our role in each; a room that we are not in (yet) is not there. */
  roles: Map<bigint, Role>;
  /** How many rooms of our own we may still open. */
  roomsLeft: number;
  /** The one we are in, if any. */
  room: Room | undefined;
  members: Map<bigint, Member>;
  accounts: Map<bigint, Account>;
  markets: Map<bigint, Market>;
  portfolios: Map<bigint, Portfolio>;
  /** By the trade's id: those we were told of since signing in, the last ones at least. */
  ownTrades: Map<bigint, OwnTrade>;
  books: Map<bigint, Book>;
  trades: Map<bigint, Trade[]>;
  tickers: Map<bigint, TickerChanged>;
  /** Of the last frame that was applied whole; what Resume carries. */
  sequence: bigint;
  /** The exchange's clock, as of the last event. */
  timeUs: bigint;
}

/** What a view may have to draw anew. */
export type Topic = 'session' | 'room' | 'portfolio' | 'book' | 'trades' | 'tickers';
export const TOPICS: readonly Topic[] = ['session', 'room', 'portfolio', 'book', 'trades', 'tickers'];

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
    rooms: new Map(),
    roles: new Map(),
    roomsLeft: 0,
    room: undefined,
    members: new Map(),
    accounts: new Map(),
    markets: new Map(),
    portfolios: new Map(),
    ownTrades: new Map(),
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
      state.rooms = new Map(event.value.rooms.map((room) => [room.roomId, room]));
      state.roles = rolesIn(event.value.rooms);
      state.roomsLeft = event.value.roomsLeft;
      touched.add('session');
      break;
    }
    case 'roomEntered':
      enter(aggregate, event.value, touched);
      break;
    case 'resynchronizing':
      aggregate.building = withoutRoom(aggregate.building ?? aggregate.state);
      break;
    case 'ready':
      if (aggregate.building) show(aggregate, aggregate.building, touched);
      break;
    default: {
      const state = aggregate.building ?? aggregate.state;
      // Not the largest: somebody may set the exchange's clock back.
      if (message.timeUs > 0n && message.sequence >= state.sequence) state.timeUs = message.timeUs;
      const topic = patch(state, event);
      if (topic) touched.add(topic);
    }
  }
}

/** What snapshots do not bring: who we are. */
function withoutRoom(state: State): State {
  const { user, accountId, epoch, elevated, rooms, roles, roomsLeft, ownTrades } = state;
  return { ...emptyState(), user, accountId, epoch, elevated, rooms, roles, roomsLeft, ownTrades };
}

function show(aggregate: Aggregate, state: State, touched: Set<Topic>): void {
  aggregate.state = state;
  aggregate.building = undefined;
  TOPICS.forEach((topic) => touched.add(topic));
}

/** Another room: its snapshots follow, then Ready. No room at all: nothing follows. */
function enter(aggregate: Aggregate, { roomId, accountId, role }: RoomEntered, touched: Set<Topic>): void {
  const state = withoutRoom(aggregate.building ?? aggregate.state);
  state.accountId = accountId;
  state.elevated = false;
  if (roomId === 0n) return show(aggregate, state, touched);
  state.roles = new Map(state.roles).set(roomId, role);
  aggregate.building = state;
}

function patch(state: State, event: ServerMessage['event']): Topic | undefined {
  switch (event.case) {
    case 'elevationChanged':
      state.elevated = event.value.elevated;
      return 'session';
    case 'actingAs':
      state.accountId = event.value.accountId;
      return 'session';
    case 'roomChanged':
      if (event.value.room) changeRoom(state, event.value.room);
      return 'session';
    case 'membershipChanged':
      changeMembership(state, event.value.roomId, event.value.role);
      return 'session';
    case 'roomSnapshot':
      state.room = event.value.room;
      if (state.room) changeRoom(state, state.room);
      state.members = new Map(
        event.value.members.flatMap((member) => (member.user ? [[member.user.userId, member]] : [])),
      );
      state.accounts = new Map(event.value.accounts.map((account) => [account.accountId, account]));
      state.markets = new Map(event.value.markets.map((market) => [market.marketId, market]));
      return 'room';
    case 'accountChanged':
      if (event.value.account) state.accounts.set(event.value.account.accountId, event.value.account);
      return 'room';
    case 'memberChanged': {
      const { member, removed } = event.value;
      if (!member?.user) return undefined;
      if (removed) state.members.delete(member.user.userId);
      else state.members.set(member.user.userId, member);
      return 'room';
    }
    case 'marketChanged':
      if (event.value.market) state.markets.set(event.value.market.marketId, event.value.market);
      return 'room';
    case 'marketDeleted':
      for (const known of [state.markets, state.tickers, state.books, state.trades]) {
        known.delete(event.value.marketId);
      }
      return 'room';
    case 'portfolioSnapshot':
      state.portfolios.set(event.value.accountId, portfolioFrom(event.value));
      return 'portfolio';
    case 'portfolioChanged':
      changePortfolio(portfolioOf(state, event.value.accountId), event.value);
      return 'portfolio';
    case 'orderChanged':
      changeOrder(state, event.value);
      return 'portfolio';
    case 'accountMembersChanged':
      portfolioOf(state, event.value.accountId).members = event.value.members;
      return 'portfolio';
    case 'cancelAfterChanged':
      portfolioOf(state, event.value.accountId).cancelTimeUs = event.value.cancelTimeUs;
      return 'portfolio';
    case 'transferMade':
      if (event.value.transfer) addTransfer(state, event.value.transfer);
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

/** Room.role is filled in only when we sign in: what our role is stands in `roles`. */
function changeRoom(state: State, room: Room): void {
  const before = state.rooms.get(room.roomId);
  if (room.ownerUserId !== 0n && room.ownerUserId === state.user?.userId) {
    // Archived ones do not count.
    const counted = before && !before.archived ? 1 : 0;
    state.roomsLeft += counted - (room.archived ? 0 : 1);
  }
  state.rooms = new Map(state.rooms).set(room.roomId, room);
  if (state.room?.roomId === room.roomId) state.room = room;
}

function rolesIn(rooms: readonly Room[]): Map<bigint, Role> {
  return new Map(
    rooms.filter(({ role }) => role !== Role.UNSPECIFIED).map(({ roomId, role }) => [roomId, role]),
  );
}

function changeMembership(state: State, roomId: bigint, role: Role): void {
  const roles = new Map(state.roles);
  if (role === Role.UNSPECIFIED) roles.delete(roomId);
  else roles.set(roomId, role);
  state.roles = roles;
  if (role !== Role.UNSPECIFIED || state.rooms.get(roomId)?.joinPolicy === JoinPolicy.OPEN) return;
  const rooms = new Map(state.rooms);
  rooms.delete(roomId);
  state.rooms = rooms;
}

function portfolioFrom(snapshot: PortfolioSnapshot): Portfolio {
  const { accountId, cash, available, members, transfers, received, cancelTimeUs } = snapshot;
  return {
    accountId,
    cash,
    available,
    positions: new Map(snapshot.positions.map((position) => [position.marketId, position])),
    orders: new Map(snapshot.orders.map((order) => [order.orderId, order])),
    members,
    transfers,
    received,
    cancelTimeUs,
  };
}

export function emptyPortfolio(accountId: bigint): Portfolio {
  return {
    accountId,
    cash: 0n,
    available: 0n,
    positions: new Map(),
    orders: new Map(),
    members: [],
    transfers: [],
    received: 0n,
    cancelTimeUs: 0n,
  };
}

function portfolioOf(state: State, accountId: bigint): Portfolio {
  let portfolio = state.portfolios.get(accountId);
  if (!portfolio) state.portfolios.set(accountId, (portfolio = emptyPortfolio(accountId)));
  return portfolio;
}

function changePortfolio(portfolio: Portfolio, change: PortfolioChanged): void {
  portfolio.cash = change.cash;
  portfolio.available = change.available;
  if (change.position) portfolio.positions.set(change.position.marketId, change.position);
}

function changeOrder(state: State, { order, fills }: OrderChanged): void {
  if (!order) return;
  const { accountId, side } = order;
  const { orders } = portfolioOf(state, accountId);
  if (order.status === OrderStatus.LIVE) orders.set(order.orderId, order);
  else orders.delete(order.orderId);
  for (const { tradeId } of fills) state.ownTrades.set(tradeId, { accountId, side });
  for (const oldest of state.ownTrades.keys()) {
    if (state.ownTrades.size <= TRADES_MAX) break;
    state.ownTrades.delete(oldest);
  }
}

/** It may be told once for each side that is ours. */
function addTransfer(state: State, transfer: Transfer): void {
  const { fromAccountId, toAccountId, amount, kind } = transfer;
  // A fee is a cost, not money given.
  const counts = kind !== TransferKind.FEE;
  for (const [accountId, sign] of [
    [fromAccountId, -1n],
    [toAccountId, 1n],
  ] as const) {
    const portfolio = state.portfolios.get(accountId);
    if (!portfolio || portfolio.transfers.some(({ transferId }) => transferId === transfer.transferId))
      continue;
    portfolio.transfers = [...portfolio.transfers, transfer].slice(-TRANSFERS_MAX);
    if (counts) portfolio.received += sign * amount;
  }
}
