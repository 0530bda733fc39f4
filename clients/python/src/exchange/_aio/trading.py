"""Orders of the account that you act as, in all markets."""

from __future__ import annotations

from typing import Iterable, Union

from exchange import _units
from exchange._aio.base import AsyncAsking
from exchange._aio.order import AsyncOrder
from exchange._orders import BATCH_MAX, BatchItem, batch_item, named, side_units
from exchange._views import View
from exchange.errors import Refused, refusal
from exchange.models import Side
from exchange.proto import history_pb2, orders_pb2

_SEARCHED_MAX = 10_000
"""In how many earlier orders a client order id is searched: the exchange keeps as many ids."""
_PAGE = 1_000


class AsyncTrading(AsyncAsking, View):
    """Orders in all markets."""

    @property
    def orders(self) -> list[AsyncOrder]:
        """Live orders of the account that you act as, in the order in which they were placed."""
        live = self._read(
            lambda state: list(state.portfolio(state.session.account_id).orders.values())
        )
        return [self._order(raw) for raw in live]

    async def find_order(self, client_order_id: str) -> AsyncOrder | None:
        """Finds the account's order with that client order id, live or ended. Returns None if it was not placed.

        Looks here first, then asks for the account's last 10,000 orders. Raises ValueError for the empty id.
        """
        named(client_order_id)
        aggregate, changed = self._connection.aggregate, self._connection.changed
        with changed:
            account_id = aggregate.state.session.account_id
            known = [
                *aggregate.state.portfolio(account_id).orders.values(),
                *aggregate.ended.values(),
            ]
        for raw in known:
            if raw.account_id == account_id and raw.client_order_id == client_order_id:
                return self._order(raw)
        after, searched = 0, 0
        while searched < _SEARCHED_MAX:
            page = history_pb2.Page(after=after, limit=_PAGE, newest_first=True)
            answer = await self.request(history_pb2.GetOrders(account_id=account_id, page=page))
            for raw in answer.orders_page.orders:
                if raw.client_order_id == client_order_id:
                    return self._order(raw)
            after, searched = answer.orders_page.next_after, searched + _PAGE
            if not after:
                break
        return None

    async def batch(self, items: Iterable[BatchItem]) -> list[Union[AsyncOrder, Refused]]:
        """Carries out up to 100 `Place`, `Replace` and `Cancel`, in order. No other command comes
        between them. Each one succeeds or fails separately. Returns the order or the refusal of each, in order.
        """
        requests = [batch_item(item) for item in items]
        if not requests:
            return []
        if len(requests) > BATCH_MAX:
            raise ValueError(f"A batch holds {BATCH_MAX} items at most, not {len(requests)}.")
        answer = await self.request(orders_pb2.OrderBatch(items=requests))
        return [
            refusal(result.failed) if result.HasField("failed") else self._order(result.order)
            for result in answer.batch_applied.results
        ]

    async def cancel_all(self, side: Side | None = None) -> int:
        """Cancels all live orders of the account, or those of one side. Orders in halted markets
        stay. Returns how many were cancelled."""
        units = side_units(side) if side else orders_pb2.SIDE_UNSPECIFIED
        answer = await self.request(orders_pb2.CancelOrders(side=units))
        return answer.orders_cancelled.count

    async def cancel_on_disconnect(self, enabled: bool = True) -> None:
        """Sets whether later orders are cancelled when this connection ends for any reason."""
        await self.request(orders_pb2.SetCancelOnDisconnect(enabled=enabled))
        self._connection.wanted.cancel_on_disconnect = enabled

    async def cancel_after(self, seconds: float) -> None:
        """Sets the dead man's switch of the account: if this is not called again within `seconds` (1 to 86,400), all
        orders of the account are cancelled. 0 turns the switch off."""
        timeout = _units.milliseconds(seconds, "seconds")
        await self.request(orders_pb2.CancelAfter(timeout_ms=timeout))

    def _order(self, raw: orders_pb2.Order) -> AsyncOrder:
        return AsyncOrder(self._connection, self._caller, self.timeout, raw)
