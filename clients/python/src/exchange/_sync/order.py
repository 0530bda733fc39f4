# Generated from exchange/_aio by clients/python/generate. Do not edit.
"""An order of ours, and what can be done with it."""

from __future__ import annotations

from exchange import _units
from exchange._sync.base import Asking
from exchange._callers import Caller
from exchange._connection import Connection
from exchange._orders import Replace, cancel_order, replace_order
from exchange._units import Number
from exchange._views import OrderView
from exchange.errors import OrderNotLive
from exchange.proto import history_pb2, orders_pb2


class Order(OrderView, Asking):
    """An order of ours, as it now is: what it shows follows what the exchange tells."""

    def __init__(
        self, connection: Connection, caller: Caller, timeout: float, raw: orders_pb2.Order
    ) -> None:
        super().__init__(connection, raw)
        self._caller, self.timeout = caller, timeout

    def cancel(self) -> None:
        """Takes it out of the book. Raises OrderNotLive if it was filled or cancelled before."""
        try:
            self.request(cancel_order(self))
        except OrderNotLive as refused:
            # Sent again after a lost connection: perhaps the first sending did it.
            if not refused.resent:
                raise
            self.refresh()
            if self.raw.reason != orders_pb2.ORDER_REASON_REQUESTED:
                raise

    def replace(self, quantity: Number | None = None, *, at: Number | None = None) -> None:
        """Changes quantity (the new total in contracts, what is filled included), price, or both, in one step.

        Only a lower quantity at the same price keeps the place in line. Raises OrderNotLive, OrderRefused,
        InsufficientFunds.
        """
        self.request(replace_order(Replace(self, quantity, at)))

    def refresh(self) -> None:
        """Asks the exchange how the order is. Needed only for what is older than this connection."""
        page = history_pb2.Page(after=self.id - 1, limit=1)
        answer = self.request(history_pb2.GetOrders(account_id=self.account_id, page=page))
        for order in answer.orders_page.orders:
            if order.order_id == self.id and order.status != orders_pb2.ORDER_STATUS_LIVE:
                with self._connection.changed:
                    self._connection.aggregate.keep_ended(order)

    def wait_filled(self, timeout: float | None = None) -> None:
        """Waits until it is filled, or raises WaitTimeout; OrderNotLive if it ends otherwise."""
        self._caller.until(self._connection, lambda: not self.live, timeout)
        if not self.filled:
            raise OrderNotLive(
                f"The order ended with {self.filled_quantity} of {_units.quantity(self.raw.quantity)} filled"
                f" ({self.reason}).",
                "ORDER_NOT_LIVE",
            )
