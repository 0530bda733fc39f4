"""The answers of the exchange, as plain values: prices and quantities as Decimal, times in UTC.

Quantities are in contracts, prices and cash in the room's money.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Literal

from exchange import _units
from exchange.proto import (
    history_pb2,
    keys_pb2,
    markets_pb2,
    money_pb2,
    orders_pb2,
    rooms_pb2,
)

Side = Literal["buy", "sell"]
TimeInForce = Literal["gtc", "ioc", "fok", "gtt"]
"""Good till cancelled; immediate or cancel; fill or kill; good till a time."""


def side_of(value: int) -> Side:
    return "buy" if value == orders_pb2.SIDE_BUY else "sell"


@dataclass(frozen=True)
class Level:
    """A price of a book, and what rests there."""

    price: Decimal
    quantity: Decimal
    orders: int
    """How many."""


@dataclass(frozen=True)
class BookOrder:
    """An order in a book."""

    order_id: int
    side: Side
    price: Decimal
    remaining: Decimal
    account_id: int
    """0 in an anonymous market."""


@dataclass(frozen=True)
class Trade:
    """A trade."""

    trade_id: int
    market_id: int
    price: Decimal
    quantity: Decimal
    buyer_account_id: int
    """0 in an anonymous market."""
    seller_account_id: int
    aggressor: Side
    """The side that came to the book and took."""
    time: datetime

    @staticmethod
    def of(raw: markets_pb2.Trade) -> Trade:
        return Trade(
            raw.trade_id,
            raw.market_id,
            _units.price(raw.price),
            _units.quantity(raw.quantity),
            raw.buyer_account_id,
            raw.seller_account_id,
            side_of(raw.aggressor),
            _units.time(raw.time_us),
        )


@dataclass(frozen=True)
class PastTrade(Trade):
    """A trade, as history has it."""

    sequence: int
    buy_order_id: int
    """0 unless of an account of yours."""
    sell_order_id: int

    @staticmethod
    def of_page(raw: history_pb2.PastTrade) -> PastTrade:
        trade = Trade.of(raw.trade)
        return PastTrade(
            **trade.__dict__,
            sequence=raw.sequence,
            buy_order_id=raw.buy_order_id,
            sell_order_id=raw.sell_order_id,
        )


@dataclass(frozen=True)
class Ticker:
    """A market at a glance. None: that side of the book is empty, or nothing was traded yet."""

    best_bid: Decimal | None
    best_offer: Decimal | None
    best_bid_quantity: Decimal
    best_offer_quantity: Decimal
    last_price: Decimal | None
    volume_24h: Decimal
    change_24h: Decimal

    @staticmethod
    def of(raw: markets_pb2.TickerChanged) -> Ticker:
        def optional(name: str) -> Decimal | None:
            return _units.price(getattr(raw, name)) if raw.HasField(name) else None  # type: ignore[arg-type]

        return Ticker(
            optional("best_bid"),
            optional("best_offer"),
            _units.quantity(raw.best_bid_quantity),
            _units.quantity(raw.best_offer_quantity),
            optional("last_price"),
            _units.quantity(raw.volume_24h),
            _units.price(raw.change_24h),
        )


@dataclass(frozen=True)
class Preview:
    """What an order would do if it were placed now."""

    filled: Decimal
    """What would fill at once."""
    filled_value: Decimal
    """What that costs a buyer, or gives a seller."""
    resting: Decimal
    available: Decimal
    """What the account has available now."""
    available_after: Decimal
    position_after: Decimal
    worst_case: Decimal
    """What this market can come to at worst, now."""
    worst_case_after: Decimal

    @staticmethod
    def of(raw: orders_pb2.OrderPreviewed) -> Preview:
        return Preview(
            _units.quantity(raw.filled),
            _units.cash(raw.filled_value),
            _units.quantity(raw.resting),
            _units.cash(raw.available),
            _units.cash(raw.available_after),
            _units.quantity(raw.position_after),
            _units.cash(raw.worst_case),
            _units.cash(raw.worst_case_after),
        )


@dataclass(frozen=True)
class ForeseenPayout:
    """What an account would be paid if a market settled."""

    account_id: int
    position: Decimal
    amount: Decimal
    """Negative: it pays."""
    profit: Decimal
    """What it would have made in the market, all in all."""


@dataclass(frozen=True)
class ForeseenSettlement:
    """How a market would settle."""

    market_id: int
    price: Decimal
    orders: int
    """Live ones, which would be cancelled."""
    holders: int
    """Accounts that hold something in it, or made something."""
    paid: Decimal
    """The sum of what is paid to those who are paid; the others pay as much."""
    payouts: tuple[ForeseenPayout, ...]
    """The largest first: for elevated admins of all accounts (500 at most), for others of their own."""

    @staticmethod
    def of(raw: markets_pb2.ForeseenSettlement) -> ForeseenSettlement:
        return ForeseenSettlement(
            raw.market_id,
            _units.price(raw.price),
            raw.orders,
            raw.holders,
            _units.cash(raw.paid),
            tuple(
                ForeseenPayout(
                    p.account_id,
                    _units.quantity(p.position),
                    _units.cash(p.amount),
                    _units.cash(p.profit),
                )
                for p in raw.payouts
            ),
        )


@dataclass(frozen=True)
class Position:
    """What an account holds in a market."""

    market_id: int
    quantity: Decimal
    """Long is positive, short negative."""
    spent: Decimal
    """Cash paid for it less cash received."""
    settled_profit: Decimal
    open_cost: Decimal = Decimal(0)
    """What the open position cost, at average cost; below zero where it brought cash."""

    @property
    def average_price(self) -> Decimal | None:
        """The average price of the open position."""
        return self.open_cost / self.quantity if self.quantity else None

    def profit(self, mark: Decimal) -> Decimal:
        """What it would have made if it ended at this price."""
        return _units.profit(self.quantity, mark, self.spent)

    @staticmethod
    def of(raw: rooms_pb2.Position) -> Position:
        return Position(
            raw.market_id,
            _units.quantity(raw.quantity),
            _units.cash(raw.spent),
            _units.cash(raw.settled_profit),
            _units.cash(raw.open_cost),
        )


@dataclass(frozen=True)
class Account:
    """What holds cash, positions and orders."""

    account_id: int
    name: str
    owner_user_id: int
    """0 for the house."""
    personal: bool

    @staticmethod
    def of(raw: rooms_pb2.Account) -> Account:
        return Account(raw.account_id, raw.name, raw.owner_user_id, raw.personal)


@dataclass(frozen=True)
class Room:
    """A closed economy."""

    room_id: int
    slug: str
    name: str
    house_account_id: int
    opening_balance: Decimal
    archived: bool
    role: str
    """Yours there: ``spectator``, ``trader``, ``admin``; empty: you are no member."""

    @staticmethod
    def of(raw: rooms_pb2.Room, role: int) -> Room:
        return Room(
            raw.room_id,
            raw.slug,
            raw.name,
            raw.house_account_id,
            _units.cash(raw.opening_balance),
            raw.archived,
            _units.word(rooms_pb2.Role, role),
        )


@dataclass(frozen=True)
class Transfer:
    """Money that moved without a trade."""

    transfer_id: int
    from_account_id: int
    to_account_id: int
    amount: Decimal
    memo: str
    by_user_id: int
    kind: str
    """``opening``, ``transfer``, ``grant``, ``code`` or ``fee``."""
    time: datetime

    @staticmethod
    def of(raw: money_pb2.Transfer) -> Transfer:
        return Transfer(
            raw.transfer_id,
            raw.from_account_id,
            raw.to_account_id,
            _units.cash(raw.amount),
            raw.memo,
            raw.by_user_id,
            _units.word(money_pb2.TransferKind, raw.kind),
            _units.time(raw.time_us),
        )


@dataclass(frozen=True)
class LeaderboardEntry:
    """The result of an account."""

    account_id: int
    name: str
    equity: Decimal
    """Cash plus positions at the marks."""
    profit: Decimal
    """Equity minus net deposits."""


@dataclass(frozen=True)
class ApiKey:
    """What a bot signs in with."""

    key_id: int
    name: str
    account_id: int
    """0: all of yours."""
    read_only: bool
    expires: datetime | None
    secret: str
    """The key itself; only when it was made, empty after."""

    @staticmethod
    def of(raw: keys_pb2.ApiKey, secret: str = "") -> ApiKey:
        expires = _units.time_or_none(raw.expires_time_us)
        return ApiKey(raw.key_id, raw.name, raw.account_id, raw.read_only, expires, secret)


@dataclass(frozen=True)
class Code:
    """A code worth money."""

    code: str
    amount: Decimal
    uses: int
    used: int
    expires: datetime | None
    revoked: bool

    @staticmethod
    def of(raw: money_pb2.Code) -> Code:
        expires = _units.time_or_none(raw.expires_time_us)
        return Code(raw.code, _units.cash(raw.amount), raw.uses, raw.used, expires, raw.revoked)
