"""Notices, as plain values: what others or the exchange itself did to your money, your orders, your positions and your
role, and to the status of markets that you are in. The bell of the web page shows the same. Units as in `exchange.models`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Union

from exchange import _units
from exchange._state import RawState
from exchange.models import Transfer
from exchange.proto import markets_pb2, money_pb2, orders_pb2, people_pb2, rooms_pb2


@dataclass(frozen=True)
class Settled:
    """A market was settled, or its settlement was undone."""

    price: Decimal
    position: Decimal
    """What the account held: long is positive, short is negative."""
    paid: Decimal
    """position x price: what the account was paid. If the settlement was undone, the account paid this back."""
    profit: Decimal | None
    """What the account made in the market. None: it is not on record, because the settlement was undone."""


@dataclass(frozen=True)
class Cancelled:
    """Orders of one account in one market ended at the same time, for the same reason."""

    reason: str
    """``market_settled``, ``expired``, ``disconnected``, ``cancel_after``, ``reduce_only``, ..."""
    orders: int
    """How many orders ended."""
    side: str
    """``buy`` or ``sell``: the side of the first of them; so are price and quantity."""
    price: Decimal
    quantity: Decimal
    """What was not filled, in contracts."""


@dataclass(frozen=True)
class Assigned:
    """Somebody exercised options that the account was short of."""

    quantity: Decimal
    underlying_market_id: int
    bought: bool
    """Whether the account bought the underlying (put), or sold it (call)."""
    strike: Decimal


What = Union[Transfer, Settled, Cancelled, Assigned, str, bool]


@dataclass(frozen=True)
class Notice:
    """Something that was done to what is yours."""

    sequence: int
    time: datetime
    kind: str
    """``transfer``, ``settled``, ``undone`` (a settlement), ``status`` (of a market), ``cancelled`` (orders),
    ``assigned`` (options), ``role`` or ``archived`` (the room)."""
    what: What
    """By kind: a `Transfer`; a `Settled` (settled and undone); the market's new status; a `Cancelled`; an `Assigned`;
    your new role; or True if the room was archived, False if it was restored."""
    account_id: int
    """Your account that it is about; 0: no account in particular."""
    market_id: int
    """0: no market."""
    by_user_id: int
    """Who did it; 0: the exchange itself."""
    text: str
    """All of it in a sentence, with names and numbers."""

    def __str__(self) -> str:
        return self.text

    @staticmethod
    def of(raw: people_pb2.Notice, state: RawState) -> Notice:
        kind = raw.WhichOneof("what") or "unknown"
        what = _what(raw, kind)
        return Notice(
            raw.sequence,
            _units.time(raw.time_us),
            kind,
            what,
            raw.account_id,
            raw.market_id,
            raw.by_user_id,
            _text(raw, what, state),
        )


def _what(raw: people_pb2.Notice, kind: str) -> What:
    if kind == "transfer":
        return Transfer.of(raw.transfer)
    if kind in ("settled", "undone"):
        settled = raw.settled if kind == "settled" else raw.undone
        return Settled(
            _units.price(settled.price),
            _units.quantity(settled.position),
            _units.cash(settled.paid),
            _units.cash(settled.profit) if settled.HasField("profit") else None,
        )
    if kind == "status":
        return _units.word(markets_pb2.MarketStatus, raw.status)
    if kind == "cancelled":
        return Cancelled(
            _units.word(orders_pb2.OrderReason, raw.cancelled.reason),
            raw.cancelled.orders,
            _units.word(orders_pb2.Side, raw.cancelled.side),
            _units.price(raw.cancelled.price),
            _units.quantity(raw.cancelled.quantity),
        )
    if kind == "assigned":
        option = raw.assigned.option
        return Assigned(
            _units.quantity(raw.assigned.quantity),
            option.underlying_market_id,
            option.kind == markets_pb2.OPTION_KIND_PUT,
            _units.price(option.strike),
        )
    if kind == "role":
        return _units.word(rooms_pb2.Role, raw.role)
    return raw.archived if kind == "archived" else ""


def _text(raw: people_pb2.Notice, what: What, state: RawState) -> str:
    member = state.members.get(raw.by_user_id)
    who = member.user.name if member is not None else f"User {raw.by_user_id}"
    if not raw.by_user_id:
        who = "The exchange"
    market = _market(raw.market_id, state)
    if isinstance(what, Transfer):
        return _money_text(raw, what, who, state)
    if isinstance(what, Settled):
        return _settled_text(raw, what, who, market)
    if isinstance(what, Cancelled):
        which = (
            f"Your order to {what.side} {what.quantity} at {what.price} in {market} was cancelled"
        )
        if what.orders != 1:
            which = f"{what.orders} of your orders in {market} were cancelled"
        return f"{which}: {what.reason}."
    if isinstance(what, Assigned):
        deed = "bought" if what.bought else "sold"
        return (
            f"{what.quantity} of your short position in {market} was exercised. You {deed} {what.quantity} of"
            f" {_market(what.underlying_market_id, state)} at {what.strike}."
        )
    if isinstance(what, bool):
        return f"{who} {'archived' if what else 'restored'} the room."
    if raw.HasField("role"):
        return f"{who} gave you the role {what} in the room."
    if raw.HasField("status"):
        return f"{who} set the status of {market} to {what}."
    return "Something happened that this version of the client does not know."


def _money_text(raw: people_pb2.Notice, transfer: Transfer, who: str, state: RawState) -> str:
    account = _account(raw.account_id, state)
    came = transfer.to_account_id == raw.account_id
    if raw.transfer.kind == money_pb2.TRANSFER_KIND_GRANT:
        text = (
            f"{who} granted {transfer.amount} to" if came else f"{who} took {transfer.amount} from"
        )
        text = f"{text} {account}"
    elif came:
        text = f"{who} sent {transfer.amount} to {account}"
    else:
        text = f"{who} sent {transfer.amount} from {account} to {_account(transfer.to_account_id, state)}"
    return f"{text}: {transfer.memo}" if transfer.memo else f"{text}."


def _settled_text(raw: people_pb2.Notice, settled: Settled, who: str, market: str) -> str:
    # Their signs are in the words: what was paid may go either way.
    paid, profit = settled.paid, settled.profit
    if raw.WhichOneof("what") == "undone":
        back = "taken back" if paid >= 0 else "paid back to you"
        return (
            f"{who} undid the settlement of {market} at {settled.price}. {abs(paid)} was {back},"
            f" and you hold {settled.position} again."
        )
    text = f"{market} was settled at {settled.price}. You held {settled.position} and"
    text = f"{text} were paid {paid}." if paid >= 0 else f"{text} paid {-paid}."
    if profit is not None:
        text += f" You {'made' if profit >= 0 else 'lost'} {abs(profit)} in this market."
    return text


def _market(market_id: int, state: RawState) -> str:
    market = state.markets.get(market_id)
    return market.name if market is not None else f"market {market_id}"


def _account(account_id: int, state: RawState) -> str:
    account = state.accounts.get(account_id)
    return account.name if account is not None else f"account {account_id}"
