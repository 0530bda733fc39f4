"""Views of the state: markets, books, orders. They are always current, and reading them needs no request."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Callable, TypeVar

from exchange import _units
from exchange._book import BookSide, RawBook, Resting
from exchange._connection import Connection
from exchange._state import RawState
from exchange.errors import ExchangeError, NothingOfThatName
from exchange.models import BookOrder, Level, Position, Side, Ticker, Trade, side_of
from exchange.proto import markets_pb2, orders_pb2

T = TypeVar("T")


class View:
    """Looks at a connection's state."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def _read(self, look: Callable[[RawState], T]) -> T:
        """Nothing changes while it looks."""
        with self._connection.changed:
            return look(self._connection.aggregate.state)


class Book(View):
    """A market's book: every live order. Best prices first, first in line first."""

    def __init__(self, connection: Connection, market_id: int, name: str) -> None:
        super().__init__(connection)
        self._market_id = market_id
        self._name = name

    def _look(self, look: Callable[[RawBook], T]) -> T:
        def find(state: RawState) -> T:
            book = state.books.get(self._market_id)
            if book is None:
                raise ExchangeError(
                    f'The book of "{self._name}" is not listened to: market.subscribe("book") first,'
                    ' or connect with channels=("book",).'
                )
            return look(book)

        return self._read(find)

    @property
    def best_bid(self) -> Decimal | None:
        """The highest price somebody buys at; None if nobody does."""
        return self._look(lambda b: _units.price(b.bids.prices[-1]) if b.bids.prices else None)

    @property
    def best_offer(self) -> Decimal | None:
        """The lowest price somebody sells at; None if nobody does."""
        return self._look(lambda b: _units.price(b.offers.prices[0]) if b.offers.prices else None)

    @property
    def mid(self) -> Decimal | None:
        """The middle between best bid and best offer; None without both."""

        def middle(book: RawBook) -> Decimal | None:
            if not book.bids.prices or not book.offers.prices:
                return None
            return _units.middle(book.bids.prices[-1], book.offers.prices[0])

        return self._look(middle)

    @property
    def bids(self) -> list[Level]:
        """Prices that somebody buys at, highest first."""
        return self._look(lambda book: _levels(book.bids, book.bids.prices[::-1]))

    @property
    def offers(self) -> list[Level]:
        """Prices that somebody sells at, lowest first."""
        return self._look(lambda book: _levels(book.offers, book.offers.prices))

    @property
    def orders(self) -> list[BookOrder]:
        """Every live order: bids, then offers, each best first and in line."""

        def all_orders(book: RawBook) -> list[BookOrder]:
            return [
                _book_order(order)
                for side, prices in (
                    (book.bids, book.bids.prices[::-1]),
                    (book.offers, book.offers.prices),
                )
                for price in prices
                for order in side.lines[price].values()
            ]

        return self._look(all_orders)

    def __repr__(self) -> str:
        return f"<Book of {self._name!r}: {self.best_bid} / {self.best_offer}>"


def _levels(side: BookSide, prices: list[int]) -> list[Level]:
    return [
        Level(_units.price(price), _units.quantity(side.totals[price]), len(side.lines[price]))
        for price in prices
    ]


def _book_order(order: Resting) -> BookOrder:
    return BookOrder(
        order.order_id,
        side_of(order.side),
        _units.price(order.price),
        _units.quantity(order.remaining),
        order.account_id,
    )


class MarketView(View):
    """A market in its current state."""

    def __init__(self, connection: Connection, market_id: int) -> None:
        super().__init__(connection)
        self.id = market_id
        """The number the exchange knows it by."""

    @property
    def raw(self) -> markets_pb2.Market:
        """As the schema has it, in the wire's units."""

        def find(state: RawState) -> markets_pb2.Market:
            market = state.markets.get(self.id)
            if market is None:
                raise NothingOfThatName(
                    f"Market {self.id} does not exist, or you can no longer see it.",
                    "MARKET_NOT_FOUND",
                )
            return market

        return self._read(find)

    @property
    def name(self) -> str:
        return self.raw.name

    @property
    def description(self) -> str:
        """How the settlement price will be decided."""
        return self.raw.description

    @property
    def min_price(self) -> Decimal:
        """The lowest price it can settle at."""
        return _units.price(self.raw.min_price)

    @property
    def max_price(self) -> Decimal:
        """The highest price it can settle at."""
        return _units.price(self.raw.max_price)

    @property
    def tick_size(self) -> Decimal:
        """Prices are multiples of it."""
        return _units.price(self.raw.tick_size)

    @property
    def status(self) -> str:
        """``open``, ``cancel_only``, ``halted`` or ``settled``."""
        return _units.word(markets_pb2.MarketStatus, self.raw.status)

    @property
    def closes(self) -> datetime | None:
        """When it halts by itself; None: never. Stays once it has passed, until an admin opens the market again."""
        return _units.time_or_none(self.raw.close_time_us)

    @property
    def is_open(self) -> bool:
        """Whether orders are taken."""
        return self.raw.status == markets_pb2.MARKET_STATUS_OPEN

    @property
    def settlement_price(self) -> Decimal | None:
        """None until it is settled."""
        raw = self.raw
        return _units.price(raw.settlement_price) if raw.HasField("settlement_price") else None

    @property
    def book(self) -> Book:
        """Its order book. It needs the channel ``book``, which is subscribed to by default."""
        return Book(self._connection, self.id, self.name)

    @property
    def position(self) -> Decimal:
        """What the account acted as holds: long is positive, short negative. In contracts."""
        return self.holding.quantity

    @property
    def holding(self) -> Position:
        """The position with what was spent for it."""

        def find(state: RawState) -> Position:
            portfolio = state.portfolio(state.session.account_id)
            raw = portfolio.positions.get(self.id)
            zero = _units.quantity(0)
            return Position.of(raw) if raw is not None else Position(self.id, zero, zero, zero)

        return self._read(find)

    @property
    def trades(self) -> list[Trade]:
        """The last ones, oldest first, 500 at most. Needs the channel ``trades``."""
        return self._read(lambda state: [Trade.of(raw) for raw in state.trades.get(self.id, [])])

    @property
    def ticker(self) -> Ticker | None:
        """The market at a glance. Needs the channel ``ticker``."""
        return self._read(
            lambda state: Ticker.of(state.tickers[self.id]) if self.id in state.tickers else None
        )

    def on_tick(self, price: Decimal, *, up: bool = False) -> Decimal:
        """The nearest price at or below (or, with `up`, at or above) that an order may have, within the range."""
        nearest = _units.on_tick(price, self.raw.tick_size, up=up)
        lowest, highest = self.min_price, self.max_price
        return min(max(nearest, lowest), highest)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, MarketView) and other.id == self.id

    def __hash__(self) -> int:
        return hash(self.id)

    def __repr__(self) -> str:
        return f"<Market {self.id} {self.name!r} {self.status}>"


def market_id(market: object) -> int:
    """A market's number; 0 for None. Raises TypeError for what is no market, such as its name."""
    if market is None:
        return 0
    if not isinstance(market, MarketView):
        raise TypeError(f"{market!r} is not a market; use ex.markets[{market!r}].")
    return market.id


class OrderView(View):
    """One of your orders, in its current state."""

    def __init__(self, connection: Connection, raw: orders_pb2.Order) -> None:
        super().__init__(connection)
        self._last = raw
        self.id: int = raw.order_id
        """The number the exchange knows it by."""

    @property
    def raw(self) -> orders_pb2.Order:
        """As the schema has it, in the wire's units."""
        with self._connection.changed:
            latest = self._connection.aggregate.order(self.id)
        if latest is not None:
            self._last = latest
        return self._last

    @property
    def client_order_id(self) -> str:
        """What makes sending it again safe, and finds it again in another session."""
        return self.raw.client_order_id

    @property
    def market_id(self) -> int:
        return self.raw.market_id

    @property
    def account_id(self) -> int:
        return self.raw.account_id

    @property
    def side(self) -> Side:
        return side_of(self.raw.side)

    @property
    def price(self) -> Decimal:
        """The worst price it accepts."""
        return _units.price(self.raw.price)

    @property
    def quantity(self) -> Decimal:
        """The whole order, in contracts."""
        return _units.quantity(self.raw.quantity)

    @property
    def remaining(self) -> Decimal:
        """Still in the book, in contracts; 0 once it ended."""
        return _units.quantity(self.raw.remaining)

    @property
    def filled_quantity(self) -> Decimal:
        """In contracts."""
        return _units.quantity(self.raw.filled)

    @property
    def average_price(self) -> Decimal | None:
        """Of what was filled, to four digits; None if nothing was."""
        raw = self.raw
        if not raw.filled:
            return None
        return _units.average(raw.filled_value, raw.filled)

    @property
    def filled(self) -> bool:
        """Whether all of it was filled."""
        return self.raw.status == orders_pb2.ORDER_STATUS_FILLED

    @property
    def live(self) -> bool:
        """Whether it is in the book."""
        return self.raw.status == orders_pb2.ORDER_STATUS_LIVE

    @property
    def status(self) -> str:
        """``live``, ``filled`` or ``cancelled``."""
        return _units.word(orders_pb2.OrderStatus, self.raw.status)

    @property
    def reason(self) -> str:
        """Why it was last changed: ``placed``, ``matched``, ``requested`` (it was cancelled), ``expired``,
        ``self_match``, ``disconnected``, ..."""
        return _units.word(orders_pb2.OrderReason, self.raw.reason)

    @property
    def time_in_force(self) -> str:
        return _units.word(orders_pb2.TimeInForce, self.raw.time_in_force)

    @property
    def placed(self) -> datetime:
        return _units.time(self.raw.placed_time_us)

    @property
    def expires(self) -> datetime | None:
        """When it is cancelled if it is still live; None: never. A time that Python's dates can't say, such as one
        that was given in nanoseconds, is shown as the last day of the year 9999."""
        return _units.time_or_none(self.raw.expires_time_us)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, OrderView) and other.id == self.id

    def __hash__(self) -> int:
        return hash(self.id)

    def __repr__(self) -> str:
        return (
            f"<Order {self.id} {self.side} {self.quantity} at {self.price}:"
            f" {self.status}, {self.filled_quantity} filled>"
        )
