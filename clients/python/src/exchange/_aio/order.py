"""One of your orders, and what you can do with it."""

from __future__ import annotations

from exchange import _units
from exchange._aio.base import AsyncAsking
from exchange._callers import AsyncCaller
from exchange._connection import Connection
from exchange._orders import Replace, cancel_order, replace_order
from exchange._units import Number
from exchange._views import OrderView
from exchange.errors import OrderNotLive
from exchange.proto import history_pb2, orders_pb2


class AsyncOrder(OrderView, AsyncAsking):
    """One of your orders, in its current state: it changes as events come from the exchange."""

    def __init__(
        self, connection: Connection, caller: AsyncCaller, timeout: float, raw: orders_pb2.Order
    ) -> None:
        super().__init__(connection, raw)
        self._caller, self.timeout = caller, timeout

    async def cancel(self) -> None:
        """Cancels the order. Raises OrderNotLive if it was filled or cancelled before."""
        try:
            await self.request(cancel_order(self))
        except OrderNotLive as refused:
            # Sent again after a lost connection: perhaps the first sending did it.
            if not refused.resent:
                raise
            await self.refresh()
            if self.raw.reason != orders_pb2.ORDER_REASON_REQUESTED:
                raise

    async def replace(self, quantity: Number | None = None, *, at: Number | None = None) -> None:
        """Changes quantity (the new total in contracts, including what is filled), price, or both, in one step.

        Only a lower quantity at the same price keeps the place in line. Raises OrderNotLive, OrderRefused,
        InsufficientFunds.
        """
        await self.request(replace_order(Replace(self, quantity, at)))

    async def refresh(self) -> None:
        """Gets the order from the exchange. This is only needed for orders that ended before this connection."""
        page = history_pb2.Page(after=self.id - 1, limit=1)
        answer = await self.request(history_pb2.GetOrders(account_id=self.account_id, page=page))
        for order in answer.orders_page.orders:
            if order.order_id == self.id and order.status != orders_pb2.ORDER_STATUS_LIVE:
                with self._connection.changed:
                    self._connection.aggregate.keep_ended(order)

    async def wait_filled(self, timeout: float | None = None) -> None:
        """Waits until the order is filled. Raises WaitTimeout, and OrderNotLive if the order is cancelled."""
        await self._caller.until(self._connection, lambda: not self.live, timeout)
        if not self.filled:
            raise OrderNotLive(
                f"The order ended with {self.filled_quantity} of {_units.quantity(self.raw.quantity)} filled"
                f" ({self.reason}).",
                "ORDER_NOT_LIVE",
            )
