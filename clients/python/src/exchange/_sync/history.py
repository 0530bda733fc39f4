# Generated from exchange/_aio by clients/python/generate. Do not edit.
"""History, page by page. Each iterator sends queries as it is read, and waits if the exchange says so."""

from __future__ import annotations

import time
from datetime import datetime
from typing import Any, Iterator, Literal

from google.protobuf.message import Message

from exchange import _units
from exchange._sync.base import Asking
from exchange._sync.order import Order
from exchange._views import MarketView, OrderView, View, market_id
from exchange.errors import RateLimited, Unavailable
from exchange.models import PastTrade, Transfer
from exchange.past import (
    AuditEntry,
    Candle,
    Conversion,
    EquitySample,
    Exercise,
    OrderChange,
    Settlement,
    StatusChange,
)
from exchange.proto import history_pb2, markets_pb2, orders_pb2
from exchange.proto.exchange_pb2 import ServerMessage

Interval = Literal["1s", "5s", "15s", "1m", "5m", "15m", "1h", "4h", "1d"]

_PAGE_MAX = 1_000
_CANDLES_MAX = 5_000
_INTERVALS: dict[str, history_pb2.CandleInterval] = {
    "1s": history_pb2.CANDLE_INTERVAL_1_SECOND,
    "5s": history_pb2.CANDLE_INTERVAL_5_SECONDS,
    "15s": history_pb2.CANDLE_INTERVAL_15_SECONDS,
    "1m": history_pb2.CANDLE_INTERVAL_1_MINUTE,
    "5m": history_pb2.CANDLE_INTERVAL_5_MINUTES,
    "15m": history_pb2.CANDLE_INTERVAL_15_MINUTES,
    "1h": history_pb2.CANDLE_INTERVAL_1_HOUR,
    "4h": history_pb2.CANDLE_INTERVAL_4_HOURS,
    "1d": history_pb2.CANDLE_INTERVAL_1_DAY,
}
_STATUSES: dict[str, orders_pb2.OrderStatus] = {
    "live": orders_pb2.ORDER_STATUS_LIVE,
    "filled": orders_pb2.ORDER_STATUS_FILLED,
    "cancelled": orders_pb2.ORDER_STATUS_CANCELLED,
}


class History(Asking, View):
    """History. `limit` is the largest number of items; None: all. `newest_first` turns the order around.

    `account` is the id of an account. If it is left out, it is the account that you act as.
    """

    def trades(
        self,
        market: MarketView | None = None,
        *,
        own: bool = False,
        account: int | None = None,
        newest_first: bool = False,
        limit: int | None = None,
    ) -> Iterator[PastTrade]:
        """Trades of a market. With own=True or account: of one of your accounts, in all markets or in that market."""
        if market is None and not own and account is None:
            raise ValueError(
                "market, own and account are missing; give a market, own=True, or an account."
            )
        question = history_pb2.GetTrades(
            market_id=market_id(market),
            account_id=self._whose(account) if own or account is not None else 0,
        )
        for page in self._pages(question, newest_first, limit):
            for raw in page.trades_page.trades:
                yield PastTrade.of_page(raw)

    def order_history(
        self,
        market: MarketView | None = None,
        *,
        status: str | None = None,
        account: int | None = None,
        newest_first: bool = False,
        limit: int | None = None,
    ) -> Iterator[Order]:
        """The orders of an account, in their current state. status: ``live``, ``filled``, ``cancelled``; None for all."""
        if status is not None and status not in _STATUSES:
            raise ValueError(f"status is {status!r}; it must be one of {', '.join(_STATUSES)}.")
        question = history_pb2.GetOrders(
            account_id=self._whose(account),
            market_id=market_id(market),
            status=_STATUSES[status] if status is not None else orders_pb2.ORDER_STATUS_UNSPECIFIED,
        )
        for page in self._pages(question, newest_first, limit):
            for raw in page.orders_page.orders:
                yield Order(self._connection, self._caller, self.timeout, raw)

    def order_changes(self, order: OrderView) -> Iterator[OrderChange]:
        """All changes of one order, beginning with its placing."""
        question = history_pb2.GetOrderChanges(order_id=order.id)
        for page in self._pages(question):
            for raw in page.order_changes_page.changes:
                yield OrderChange.of(raw)

    def transfers(
        self, *, account: int | None = None, newest_first: bool = False, limit: int | None = None
    ) -> Iterator[Transfer]:
        """Money that moved from and to an account without a trade."""
        question = history_pb2.GetTransfers(account_id=self._whose(account))
        for page in self._pages(question, newest_first, limit):
            for raw in page.transfers_page.transfers:
                yield Transfer.of(raw)

    def status_changes(self, market: MarketView) -> Iterator[StatusChange]:
        """All status changes of a market."""
        for page in self._pages(history_pb2.GetStatusChanges(market_id=market_id(market))):
            for raw in page.status_changes_page.changes:
                yield StatusChange.of(raw)

    def settlements(
        self,
        market: MarketView | None = None,
        *,
        newest_first: bool = False,
        limit: int | None = None,
    ) -> Iterator[Settlement]:
        """Settlements of a market or of the whole room, including those that were undone."""
        question = history_pb2.GetSettlements(market_id=market_id(market))
        for page in self._pages(question, newest_first, limit):
            for raw in page.settlements_page.settlements:
                yield Settlement.of(raw)

    def equity_curve(
        self, *, account: int | None = None, newest_first: bool = False, limit: int | None = None
    ) -> Iterator[EquitySample]:
        """What an account was worth: a sample once a minute at most, and only if it changed."""
        question = history_pb2.GetEquityCurve(account_id=self._whose(account))
        for page in self._pages(question, newest_first, limit):
            for raw in page.equity_page.samples:
                yield EquitySample.of(raw)

    def conversions(
        self, *, account: int | None = None, newest_first: bool = False, limit: int | None = None
    ) -> Iterator[Conversion]:
        """Basket conversions of an account."""
        question = history_pb2.GetConversions(account_id=self._whose(account))
        for page in self._pages(question, newest_first, limit):
            for raw in page.conversions_page.conversions:
                yield Conversion.of(raw)

    def exercises(
        self, *, account: int | None = None, newest_first: bool = False, limit: int | None = None
    ) -> Iterator[Exercise]:
        """Exercises of options by an account, and those that were assigned to it."""
        question = history_pb2.GetExercises(account_id=self._whose(account))
        for page in self._pages(question, newest_first, limit):
            for raw in page.exercises_page.exercises:
                yield Exercise.of(raw)

    def audit_trail(
        self, *, newest_first: bool = False, limit: int | None = None
    ) -> Iterator[AuditEntry]:
        """The audit log of the room. For elevated admins."""
        for page in self._pages(history_pb2.GetAuditTrail(), newest_first, limit):
            for raw in page.audit_page.entries:
                yield AuditEntry.of(raw)

    def candles(
        self,
        market: MarketView,
        interval: Interval = "1m",
        *,
        start: datetime | None = None,
        end: datetime | None = None,
    ) -> Iterator[Candle]:
        """The candles of a market, oldest first. Intervals without a trade are left out.

        start, end: times with a time zone; None: from the first candle, to the last candle.
        """
        if interval not in _INTERVALS:
            raise ValueError(
                f"interval is {interval!r}; it must be one of {', '.join(_INTERVALS)}."
            )
        question = history_pb2.GetCandles(
            market_id=market_id(market),
            interval=_INTERVALS[interval],
            from_time_us=_units.time_units(start, "start"),
            to_time_us=_units.time_units(end, "end"),
            limit=_CANDLES_MAX,
        )
        while True:
            page = (self._patiently(question)).candles_page
            for raw in page.candles:
                yield Candle.of(raw)
            if not page.next_from_time_us:
                return
            question.from_time_us = page.next_from_time_us

    def book_at(
        self, market: MarketView, sequence: int, limit: int = 1_000
    ) -> markets_pb2.BookSnapshot:
        """The book after a sequence, in the units of the schema: the `limit` best orders on each side."""
        question = history_pb2.GetBook(market_id=market_id(market), sequence=sequence, limit=limit)
        return (self._patiently(question)).past_book.book

    def _whose(self, account: int | None) -> int:
        return self._read(lambda s: s.session.account_id) if account is None else account

    def _pages(
        self, question: Any, newest_first: bool = False, limit: int | None = None
    ) -> Iterator[ServerMessage]:
        """Answers with `limit` items in all at most."""
        left = limit
        question.page.newest_first = newest_first
        while left is None or left > 0:
            question.page.limit = _PAGE_MAX if left is None else min(left, _PAGE_MAX)
            answer = self._patiently(question)
            page = getattr(answer, answer.WhichOneof("event") or "")
            if left is not None:
                left -= _length(page)
            yield answer
            if not page.next_after:
                return
            question.page.after = page.next_after

    def _patiently(self, question: Message) -> ServerMessage:
        """Sends the query again when the exchange says so, within `timeout`."""
        ends_at = time.monotonic() + self.timeout
        while True:
            try:
                return self.request(question)
            except (RateLimited, Unavailable) as refused:
                wait = max(refused.retry_after, 0.05)
                if time.monotonic() + wait > ends_at:
                    raise
                self._caller.sleep(wait)


def _length(page: Message) -> int:
    """How many things a page holds."""
    return sum(len(value) for field, value in page.ListFields() if field.message_type is not None)
