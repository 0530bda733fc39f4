"""Requests about orders, from what people write to what the wire has."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Union

from exchange import _units
from exchange._units import Number
from exchange._views import MarketView, OrderView, market_id
from exchange.models import Side, TimeInForce
from exchange.proto import orders_pb2

BATCH_MAX = 100

_TIMES_IN_FORCE = {
    "gtc": orders_pb2.TIME_IN_FORCE_GOOD_TILL_CANCELLED,
    "ioc": orders_pb2.TIME_IN_FORCE_IMMEDIATE_OR_CANCEL,
    "fok": orders_pb2.TIME_IN_FORCE_FILL_OR_KILL,
    "gtt": orders_pb2.TIME_IN_FORCE_GOOD_TILL_TIME,
}


@dataclass(frozen=True)
class Place:
    """In a batch: an order to place. The fields are those of ``market.buy`` and ``market.sell``."""

    market: MarketView
    side: Side
    quantity: Number
    at: Number | None = None
    time_in_force: TimeInForce | None = None
    post_only: bool = False
    reduce_only: bool = False
    expires: datetime | timedelta | None = None
    client_order_id: str | None = None


@dataclass(frozen=True)
class Replace:
    """In a batch: an order's new price and quantity (the new total, what is filled included)."""

    order: OrderView | str
    """An order, or its client order id."""
    quantity: Number | None = None
    at: Number | None = None


@dataclass(frozen=True)
class Cancel:
    """In a batch: an order to cancel, or its client order id."""

    order: OrderView | str


BatchItem = Union[Place, Replace, Cancel]


def side_units(side: str) -> orders_pb2.Side:
    if side == "buy":
        return orders_pb2.SIDE_BUY
    if side == "sell":
        return orders_pb2.SIDE_SELL
    raise ValueError(f'side is {side!r}; it must be "buy" or "sell".')


def named(client_order_id: str) -> str:
    """A client order id that says which order is meant; the empty one, which orders without one have, does not."""
    if not isinstance(client_order_id, str):  # pyright: ignore[reportUnnecessaryIsInstance]
        raise TypeError(
            f"A client order id is text, not {type(client_order_id).__name__}: {client_order_id!r}."
        )
    if not client_order_id:
        raise ValueError(
            "The client order id is empty; give the id with which the order was placed."
        )
    return client_order_id


def place_order(order: Place) -> orders_pb2.PlaceOrder:
    """With a client order id, made up if none is given."""
    time_in_force = order.time_in_force or ("gtt" if order.expires is not None else None)
    if time_in_force is None:
        # Without a price it takes what there is; with one it rests.
        time_in_force = "gtc" if order.at is not None else "ioc"
    if time_in_force not in _TIMES_IN_FORCE:
        raise ValueError(
            f"time_in_force is {time_in_force!r}; it must be one of gtc, ioc, fok, gtt."
        )
    if order.at is None and time_in_force not in ("ioc", "fok"):
        raise ValueError('An order that may rest needs a price, as in at="42.50".')
    if (order.expires is not None) != (time_in_force == "gtt"):
        raise ValueError("expires and time_in_force gtt must be given together.")
    request = orders_pb2.PlaceOrder(
        market_id=market_id(order.market),
        side=side_units(order.side),
        quantity=_units.quantity_units(order.quantity),
        time_in_force=_TIMES_IN_FORCE[time_in_force],
        post_only=order.post_only,
        reduce_only=order.reduce_only,
        client_order_id=(
            uuid.uuid4().hex if order.client_order_id is None else named(order.client_order_id)
        ),
        expires_time_us=_units.expiry_units(order.expires),
    )
    if order.at is not None:
        request.price = _units.price_units(order.at, "at")
    return request


def replace_order(order: Replace) -> orders_pb2.ReplaceOrder:
    if order.quantity is None and order.at is None:
        raise ValueError("Give the new quantity, the new price (at), or both.")
    request = orders_pb2.ReplaceOrder()
    if isinstance(order.order, str):
        request.client_order_id = named(order.order)
    else:
        request.order_id = order.order.id
    if order.quantity is not None:
        request.quantity = _units.quantity_units(order.quantity)
    if order.at is not None:
        request.price = _units.price_units(order.at, "at")
    return request


def cancel_order(order: OrderView | str) -> orders_pb2.CancelOrder:
    if isinstance(order, str):
        return orders_pb2.CancelOrder(client_order_id=named(order))
    return orders_pb2.CancelOrder(order_id=order.id)


def batch_item(item: BatchItem) -> orders_pb2.BatchItem:
    if isinstance(item, Place):
        return orders_pb2.BatchItem(place=place_order(item))
    if isinstance(item, Replace):
        return orders_pb2.BatchItem(replace=replace_order(item))
    if isinstance(item, Cancel):  # pyright: ignore[reportUnnecessaryIsInstance]
        return orders_pb2.BatchItem(cancel=cancel_order(item.order))
    raise TypeError(f"A batch holds Place, Replace and Cancel, not {item!r}.")
