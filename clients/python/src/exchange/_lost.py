"""Finds the end of our orders that ended while there was no connection."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from exchange.errors import ExchangeError
from exchange.proto.exchange_pb2 import ClientMessage
from exchange.proto.history_pb2 import GetOrders, Page
from exchange.proto.orders_pb2 import Order

if TYPE_CHECKING:
    from exchange._connection import Connection

log = logging.getLogger("exchange")
_PAGE = 1_000
_PAGES_MAX = 20
"""Of each account; what is not found then stays as it was last known."""
_TIMEOUT_S = 30.0


async def find_lost_orders(connection: Connection) -> None:
    """Asks what became of orders that ended while we were away, if resuming was not possible."""
    try:
        found = await _ask(connection)
    except ExchangeError as failure:
        log.warning("Some orders could not be looked up: %s", failure)
        return
    with connection.changed:
        for order in found:
            connection.aggregate.keep_ended(order)
    connection.changed_now()


async def _ask(connection: Connection) -> list[Order]:
    """Each account's orders from the first lost one on, until all are found."""
    found: list[Order] = []
    lost = dict(connection.aggregate.lost)
    for account_id in {order.account_id for order in lost.values()}:
        wanted = {order_id for order_id, order in lost.items() if order.account_id == account_id}
        after = min(wanted) - 1
        for _ in range(_PAGES_MAX):
            page = Page(after=after, limit=_PAGE)
            # 0 would ask from the beginning, which is the same.
            question = ClientMessage(get_orders=GetOrders(account_id=account_id, page=page))
            answer = (await connection.request(question, _TIMEOUT_S)).orders_page
            for order in answer.orders:
                if order.order_id in wanted:
                    found.append(order)
                    wanted.discard(order.order_id)
            after = answer.next_after
            if not wanted or not after:
                break
    return found
