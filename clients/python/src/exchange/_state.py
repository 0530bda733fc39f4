"""What a client holds, from what it received: snapshots, then patches. In the schema's own messages.

Knows no socket, clock or thread. While snapshots arrive, the state before them stays to be seen; the new
one takes its place when it is whole (Ready).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Callable

from exchange._book import RawBook
from exchange.proto import exchange_pb2, markets_pb2, money_pb2, orders_pb2, rooms_pb2, session_pb2

TRADES_MAX = 500
"""Trades kept of each market."""
TRANSFERS_MAX = 100
"""Transfers kept of each account."""
ENDED_ORDERS_MAX = 10_000
"""Own orders that ended, kept so that what became of them can be asked."""


@dataclass
class RawPortfolio:
    """One account of ours."""

    account_id: int
    cash: int = 0
    available: int = 0
    received: int = 0
    cancel_time_us: int = 0
    positions: dict[int, rooms_pb2.Position] = field(default_factory=dict[int, rooms_pb2.Position])
    orders: dict[int, orders_pb2.Order] = field(default_factory=dict[int, orders_pb2.Order])
    """Live ones, in the order they were placed."""
    members: list[rooms_pb2.AccountMember] = field(default_factory=list[rooms_pb2.AccountMember])
    transfers: list[money_pb2.Transfer] = field(default_factory=list[money_pb2.Transfer])


@dataclass
class Session:
    """Who we are, and where: what snapshots do not bring."""

    user: rooms_pb2.User = field(default_factory=rooms_pb2.User)
    epoch: int = 0
    account_id: int = 0
    room_id: int = 0
    elevated: bool = False
    rooms: dict[int, rooms_pb2.Room] = field(default_factory=dict[int, rooms_pb2.Room])
    roles: dict[int, int] = field(default_factory=dict[int, int])


@dataclass
class RawState:
    """A whole and consistent state."""

    session: Session = field(default_factory=Session)
    members: dict[int, rooms_pb2.Member] = field(default_factory=dict[int, rooms_pb2.Member])
    accounts: dict[int, rooms_pb2.Account] = field(default_factory=dict[int, rooms_pb2.Account])
    markets: dict[int, markets_pb2.Market] = field(default_factory=dict[int, markets_pb2.Market])
    portfolios: dict[int, RawPortfolio] = field(default_factory=dict[int, RawPortfolio])
    books: dict[int, RawBook] = field(default_factory=dict[int, RawBook])
    trades: dict[int, list[markets_pb2.Trade]] = field(
        default_factory=dict[int, list[markets_pb2.Trade]]
    )
    tickers: dict[int, markets_pb2.TickerChanged] = field(
        default_factory=dict[int, markets_pb2.TickerChanged]
    )
    sequence: int = 0
    """Of the last frame that was applied whole."""
    time_us: int = 0
    """The exchange's clock, as of the last event."""

    def portfolio(self, account_id: int) -> RawPortfolio:
        found = self.portfolios.get(account_id)
        if found is None:
            found = self.portfolios[account_id] = RawPortfolio(account_id)
        return found


class Aggregate:
    """The state, and the one being built while snapshots of everything arrive."""

    def __init__(self) -> None:
        self.state = RawState()
        self.building: RawState | None = None
        self.ready = False
        """Whether `state` was ever whole."""
        self.complete = False
        """Whether the state being built has all snapshots."""
        self.held = False
        """Whether the state being built is to be shown by `show` only, when subscriptions are in force too."""
        self.ended: dict[int, orders_pb2.Order] = {}
        """Own orders that ended, oldest first; over all connections."""
        self.lost: dict[int, orders_pb2.Order] = {}
        """Orders that were live before a snapshot and no longer after it: their last change is not known."""
        self._all_books = False

    @property
    def target(self) -> RawState:
        """What events apply to."""
        return self.building or self.state

    def listen_to_all_books(self, on: bool) -> None:
        """Whether BOOK of every market is subscribed to: then a market that is new begins with an empty book."""
        self._all_books = on

    def apply(self, frame: exchange_pb2.ServerFrame) -> None:
        """Applies a frame whole."""
        sequence = 0
        for message in frame.messages:
            if self._apply(message):
                sequence = max(sequence, message.sequence)
        # Snapshots may be older than what came before them; what happened comes in order.
        self.target.sequence = max(self.target.sequence, sequence)

    def order(self, order_id: int) -> orders_pb2.Order | None:
        """An own order, live or ended, if it is still known."""
        for portfolio in self.state.portfolios.values():
            if order_id in portfolio.orders:
                return portfolio.orders[order_id]
        return self.ended.get(order_id) or self.lost.get(order_id)

    def keep_ended(self, order: orders_pb2.Order) -> None:
        self.lost.pop(order.order_id, None)
        self.ended[order.order_id] = order
        while len(self.ended) > ENDED_ORDERS_MAX:
            del self.ended[next(iter(self.ended))]

    def _apply(self, message: exchange_pb2.ServerMessage) -> bool:
        """Whether the state is as of the message's sequence then. Authenticated, for one, carries the exchange's
        present sequence, and what was missed until then only follows: cut off between the two, one must not
        resume from there."""
        kind = message.WhichOneof("event")
        if kind == "authenticated":
            self._authenticated(message.authenticated)
        elif kind == "room_entered":
            self._entered(message.room_entered)
        elif kind == "resynchronizing":
            self.begin(self.target.session)
        elif kind == "ready":
            self.complete = True
            if not self.held:
                self.show()
            return True
        elif kind is not None:
            state = self.target
            state.time_us = max(state.time_us, message.time_us)
            patch = _PATCHES.get(kind)
            if patch is not None:
                patch(self, state, getattr(message, kind))
                return True
        return False

    def begin(self, session: Session) -> None:
        """Snapshots of everything follow."""
        self.building, self.complete = RawState(session=session), False

    def show(self) -> None:
        """What was built is complete: from here on it is the state."""
        if self.building is not None and self.complete:
            self._show(self.building)
        self.ready = True

    def _authenticated(self, event: session_pb2.Authenticated) -> None:
        if not event.resumed:
            self.begin(Session())
        session = self.target.session
        session.user, session.epoch = event.user, event.epoch
        session.account_id, session.room_id = event.account_id, event.room_id
        session.elevated = event.elevated
        session.rooms = {room.room_id: room for room in event.rooms}
        session.roles = {room.room_id: room.role for room in event.rooms if room.role}

    def _entered(self, event: session_pb2.RoomEntered) -> None:
        session = self.target.session
        session.account_id, session.room_id, session.elevated = (
            event.account_id,
            event.room_id,
            False,
        )
        if event.room_id == 0:
            # Nothing follows.
            self._show(RawState(session=session))
            return
        session.roles[event.room_id] = event.role
        self.begin(session)

    def _show(self, state: RawState) -> None:
        before = self.state
        same_room = before.session.room_id == state.session.room_id
        self.state, self.building = state, None
        if not same_room:
            self.lost.clear()
            return
        for account_id, portfolio in before.portfolios.items():
            now = state.portfolios.get(account_id)
            for order_id, order in portfolio.orders.items():
                if now is not None and order_id not in now.orders and order_id not in self.ended:
                    self.lost[order_id] = order

    # One method for each event that changes the state.

    def _room_snapshot(self, state: RawState, event: rooms_pb2.RoomSnapshot) -> None:
        state.session.rooms[event.room.room_id] = event.room
        state.members = {member.user.user_id: member for member in event.members}
        state.accounts = {account.account_id: account for account in event.accounts}
        state.markets = {market.market_id: market for market in event.markets}

    def _account_changed(self, state: RawState, event: rooms_pb2.AccountChanged) -> None:
        state.accounts[event.account.account_id] = event.account

    def _market_changed(self, state: RawState, event: markets_pb2.MarketChanged) -> None:
        market = event.market
        known = market.market_id in state.markets
        state.markets[market.market_id] = market
        # While a state is built, its books come as snapshots.
        if self._all_books and not known and self.building is None:
            state.books.setdefault(market.market_id, RawBook())

    def _market_deleted(self, state: RawState, event: markets_pb2.MarketDeleted) -> None:
        state.markets.pop(event.market_id, None)
        state.books.pop(event.market_id, None)
        state.trades.pop(event.market_id, None)
        state.tickers.pop(event.market_id, None)

    def _room_changed(self, state: RawState, event: rooms_pb2.RoomChanged) -> None:
        state.session.rooms[event.room.room_id] = event.room

    def _member_changed(self, state: RawState, event: rooms_pb2.MemberChanged) -> None:
        if event.removed:
            state.members.pop(event.member.user.user_id, None)
        else:
            state.members[event.member.user.user_id] = event.member

    def _membership_changed(self, state: RawState, event: rooms_pb2.MembershipChanged) -> None:
        if event.role:
            state.session.roles[event.room_id] = event.role
        else:
            state.session.roles.pop(event.room_id, None)

    def _elevation_changed(self, state: RawState, event: session_pb2.ElevationChanged) -> None:
        state.session.elevated = event.elevated

    def _acting_as(self, state: RawState, event: session_pb2.ActingAs) -> None:
        state.session.account_id = event.account_id

    def _portfolio_snapshot(self, state: RawState, event: rooms_pb2.PortfolioSnapshot) -> None:
        state.portfolios[event.account_id] = RawPortfolio(
            event.account_id,
            event.cash,
            event.available,
            event.received,
            event.cancel_time_us,
            {position.market_id: position for position in event.positions},
            {order.order_id: order for order in event.orders},
            list(event.members),
            list(event.transfers),
        )

    def _portfolio_changed(self, state: RawState, event: rooms_pb2.PortfolioChanged) -> None:
        portfolio = state.portfolio(event.account_id)
        portfolio.cash, portfolio.available = event.cash, event.available
        if event.HasField("position"):
            portfolio.positions[event.position.market_id] = event.position

    def _order_changed(self, state: RawState, event: orders_pb2.OrderChanged) -> None:
        # A copy: a part of a message keeps the whole frame alive, for as long as the order is known.
        order = orders_pb2.Order()
        order.CopyFrom(event.order)
        orders = state.portfolio(order.account_id).orders
        if order.status == orders_pb2.ORDER_STATUS_LIVE:
            orders[order.order_id] = order
        else:
            orders.pop(order.order_id, None)
            self.keep_ended(order)

    def _members(self, state: RawState, event: rooms_pb2.AccountMembersChanged) -> None:
        state.portfolio(event.account_id).members = list(event.members)

    def _cancel_after(self, state: RawState, event: orders_pb2.CancelAfterChanged) -> None:
        state.portfolio(event.account_id).cancel_time_us = event.cancel_time_us

    def _transfer_made(self, state: RawState, event: money_pb2.TransferMade) -> None:
        transfer = event.transfer
        # A fee is a cost, not money given.
        counts = transfer.kind != money_pb2.TRANSFER_KIND_FEE
        for account_id, sign in ((transfer.from_account_id, -1), (transfer.to_account_id, 1)):
            portfolio = state.portfolios.get(account_id)
            # A transfer between two of our accounts comes once for each.
            if portfolio is None or any(
                known.transfer_id == transfer.transfer_id for known in portfolio.transfers
            ):
                continue
            portfolio.transfers = [*portfolio.transfers, transfer][-TRANSFERS_MAX:]
            portfolio.received += sign * transfer.amount if counts else 0

    def _book_snapshot(self, state: RawState, event: markets_pb2.BookSnapshot) -> None:
        state.books[event.market_id] = RawBook(event)

    def _book_changed(self, state: RawState, event: markets_pb2.BookChanged) -> None:
        # Changes of a market that is no longer listened to may still be on their way.
        book = state.books.get(event.market_id)
        if book is not None:
            book.apply(event)

    def _trades_snapshot(self, state: RawState, event: markets_pb2.TradesSnapshot) -> None:
        state.trades[event.market_id] = list(event.trades)

    def _traded(self, state: RawState, event: markets_pb2.Traded) -> None:
        trades = state.trades.setdefault(event.trade.market_id, [])
        trade = markets_pb2.Trade()
        trade.CopyFrom(event.trade)
        trades.append(trade)
        del trades[:-TRADES_MAX]

    def _ticker_changed(self, state: RawState, event: markets_pb2.TickerChanged) -> None:
        state.tickers[event.market_id] = event

    def forget_market(self, market_id: int, books: bool, trades: bool, tickers: bool) -> None:
        """After Unsubscribe they would only grow old."""
        for state in (self.state, self.building):
            if state is None:
                continue
            if books:
                state.books.pop(market_id, None)
            if trades:
                state.trades.pop(market_id, None)
            if tickers:
                state.tickers.pop(market_id, None)


_PATCHES: dict[str, Callable[[Aggregate, RawState, Any], None]] = {
    name: getattr(Aggregate, "_" + method)
    for name, method in {
        "room_snapshot": "room_snapshot",
        "account_changed": "account_changed",
        "market_changed": "market_changed",
        "market_deleted": "market_deleted",
        "room_changed": "room_changed",
        "member_changed": "member_changed",
        "membership_changed": "membership_changed",
        "elevation_changed": "elevation_changed",
        "acting_as": "acting_as",
        "portfolio_snapshot": "portfolio_snapshot",
        "portfolio_changed": "portfolio_changed",
        "order_changed": "order_changed",
        "account_members_changed": "members",
        "cancel_after_changed": "cancel_after",
        "transfer_made": "transfer_made",
        "book_snapshot": "book_snapshot",
        "book_changed": "book_changed",
        "trades_snapshot": "trades_snapshot",
        "traded": "traded",
        "ticker_changed": "ticker_changed",
    }.items()
}
