"""An order of ours, and what can be done with it."""

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
    """An order of ours, as it now is: what it shows follows what the exchange tells."""

    def __init__(
        self, connection: Connection, caller: AsyncCaller, timeout: float, raw: orders_pb2.Order
    ) -> None:
        super().__init__(connection, raw)
        self._caller, self.timeout = caller, timeout

    async def cancel(self) -> None:
        """Takes it out of the book. Raises OrderNotLive if it was filled or cancelled before."""
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
        """Changes quantity (the new total in contracts, what is filled included), price, or both, in one step.

        Only a lower quantity at the same price keeps the place in line. Raises OrderNotLive, OrderRefused,
        InsufficientFunds.
        """
        await self.request(replace_order(Replace(self, quantity, at)))

    async def refresh(self) -> None:
        """Asks the exchange how the order is. Needed only for what is older than this connection."""
        page = history_pb2.Page(after=self.id - 1, limit=1)
        answer = await self.request(history_pb2.GetOrders(account_id=self.account_id, page=page))
        for order in answer.orders_page.orders:
            if order.order_id == self.id and order.status != orders_pb2.ORDER_STATUS_LIVE:
                with self._connection.changed:
                    self._connection.aggregate.keep_ended(order)

    async def wait_filled(self, timeout: float | None = None) -> None:
        """Waits until it is filled, or raises WaitTimeout; OrderNotLive if it ends otherwise."""
        await self._caller.until(self._connection, lambda: not self.live, timeout)
        if not self.filled:
            raise OrderNotLive(
                f"The order ended with {self.filled_quantity} of {_units.quantity(self.raw.quantity)} filled"
                f" ({self.reason}).",
                "ORDER_NOT_LIVE",
            )
