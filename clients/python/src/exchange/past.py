"""The items of the history, as plain values. Units as in `exchange.models`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from exchange import _units
from exchange.proto import history_pb2, markets_pb2, orders_pb2


@dataclass(frozen=True)
class OrderChange:
    """The state of an order after one command."""

    sequence: int
    time: datetime
    price: Decimal
    quantity: Decimal
    """The total quantity, including what was filled."""
    remaining: Decimal
    """The quantity in the book after the change; 0: the order ended."""
    reason: str
    """``placed``, ``matched``, ``replaced``, ``requested`` (it was cancelled), ..."""

    @staticmethod
    def of(raw: history_pb2.PastOrderChange) -> OrderChange:
        return OrderChange(
            raw.sequence,
            _units.time(raw.time_us),
            _units.price(raw.price),
            _units.quantity(raw.quantity),
            _units.quantity(raw.remaining),
            _units.word(orders_pb2.OrderReason, raw.reason),
        )


@dataclass(frozen=True)
class StatusChange:
    """A status change of a market."""

    sequence: int
    time: datetime
    status: str
    by_user_id: int

    @staticmethod
    def of(raw: history_pb2.StatusChange) -> StatusChange:
        status = _units.word(markets_pb2.MarketStatus, raw.status)
        return StatusChange(raw.sequence, _units.time(raw.time_us), status, raw.by_user_id)


@dataclass(frozen=True)
class Payout:
    """What an account of yours was paid at a settlement."""

    account_id: int
    position: Decimal
    amount: Decimal


@dataclass(frozen=True)
class Settlement:
    """A market's settlement."""

    settlement_id: int
    market_id: int
    price: Decimal
    by_user_id: int
    caused_by_settlement_id: int
    """For a derived market: the settlement that caused this one; 0: none."""
    sequence: int
    time: datetime
    payouts: tuple[Payout, ...]
    undone: bool

    @staticmethod
    def of(raw: history_pb2.Settlement) -> Settlement:
        return Settlement(
            raw.settlement_id,
            raw.market_id,
            _units.price(raw.price),
            raw.by_user_id,
            raw.caused_by_settlement_id,
            raw.sequence,
            _units.time(raw.time_us),
            tuple(
                Payout(p.account_id, _units.quantity(p.position), _units.cash(p.amount))
                for p in raw.payouts
            ),
            raw.HasField("undone"),
        )


@dataclass(frozen=True)
class Candle:
    """The trading of one interval."""

    time: datetime
    """When the interval begins."""
    open: Decimal
    high: Decimal
    low: Decimal
    close: Decimal
    quantity: Decimal
    trades: int
    """How many trades."""

    @staticmethod
    def of(raw: history_pb2.Candle) -> Candle:
        return Candle(
            _units.time(raw.time_us),
            _units.price(raw.open),
            _units.price(raw.high),
            _units.price(raw.low),
            _units.price(raw.close),
            _units.quantity(raw.quantity),
            raw.trades,
        )


@dataclass(frozen=True)
class EquitySample:
    """What an account was worth."""

    time: datetime
    equity: Decimal
    profit: Decimal

    @staticmethod
    def of(raw: history_pb2.EquitySample) -> EquitySample:
        return EquitySample(
            _units.time(raw.time_us), _units.cash(raw.equity), _units.cash(raw.profit)
        )


@dataclass(frozen=True)
class ConversionLeg:
    """What a conversion did in one market."""

    market_id: int
    change: Decimal
    price: Decimal


@dataclass(frozen=True)
class Conversion:
    """Baskets made of their constituents, or the other way."""

    conversion_id: int
    market_id: int
    account_id: int
    created: bool
    """False: baskets were redeemed."""
    quantity: Decimal
    fee: Decimal
    legs: tuple[ConversionLeg, ...]
    sequence: int
    time: datetime | None

    @staticmethod
    def of_event(
        raw: markets_pb2.BasketConverted,
        legs: tuple[ConversionLeg, ...] = (),
        sequence: int = 0,
        time_us: int = 0,
    ) -> Conversion:
        return Conversion(
            raw.conversion_id,
            raw.market_id,
            raw.account_id,
            raw.direction == markets_pb2.CONVERSION_DIRECTION_CREATE,
            _units.quantity(raw.quantity),
            _units.cash(raw.fee),
            legs,
            sequence,
            _units.time_or_none(time_us),
        )

    @staticmethod
    def of(raw: history_pb2.Conversion) -> Conversion:
        legs = tuple(
            ConversionLeg(leg.market_id, _units.quantity(leg.change), _units.price(leg.price))
            for leg in raw.legs
        )
        return Conversion.of_event(raw.converted, legs, raw.sequence, raw.time_us)


@dataclass(frozen=True)
class Exercise:
    """Options exercised, or assigned."""

    exercise_id: int
    market_id: int
    account_id: int
    quantity: Decimal
    assigned: bool
    """The account was short, and had to sell (call) or buy (put) at the strike."""
    sequence: int
    time: datetime | None

    @staticmethod
    def of_event(raw: markets_pb2.OptionExercised, sequence: int = 0, time_us: int = 0) -> Exercise:
        return Exercise(
            raw.exercise_id,
            raw.market_id,
            raw.account_id,
            _units.quantity(raw.quantity),
            raw.assigned,
            sequence,
            _units.time_or_none(time_us),
        )

    @staticmethod
    def of(raw: history_pb2.Exercise) -> Exercise:
        return Exercise.of_event(raw.exercised, raw.sequence, raw.time_us)


@dataclass(frozen=True)
class AuditEntry:
    """An entry of the audit log."""

    sequence: int
    time: datetime
    user_id: int
    account_id: int
    market_id: int
    elevated: bool
    action: str
    #: The fields of the command, as JSON.
    detail: str
    #: What happened, with the current names.
    sentence: str

    @staticmethod
    def of(raw: history_pb2.AuditEntry) -> AuditEntry:
        return AuditEntry(
            raw.sequence,
            _units.time(raw.time_us),
            raw.user_id,
            raw.account_id,
            raw.market_id,
            raw.elevated,
            raw.action,
            raw.detail,
            "".join(part.text for part in raw.sentence),
        )
