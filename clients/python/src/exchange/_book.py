"""One market's book: every live order, first in line first at each price. In the wire's units."""

from __future__ import annotations

from bisect import bisect_left, insort
from dataclasses import dataclass

from exchange.proto.markets_pb2 import BookChanged, BookSnapshot
from exchange.proto.orders_pb2 import SIDE_BUY, SIDE_SELL


@dataclass(frozen=True)
class Resting:
    """An order in the book."""

    order_id: int
    side: int
    price: int
    remaining: int
    account_id: int


class BookSide:
    """The orders of one side: by price, and at a price in line."""

    def __init__(self) -> None:
        self.prices: list[int] = []
        """Those that have orders, rising."""
        self.lines: dict[int, dict[int, Resting]] = {}
        """By price, the orders by id; a dict keeps the order in which they joined the line."""
        self.totals: dict[int, int] = {}

    def join(self, order: Resting) -> None:
        line = self.lines.get(order.price)
        if line is None:
            insort(self.prices, order.price)
            line = self.lines[order.price] = {}
            self.totals[order.price] = 0
        line[order.order_id] = order
        self.totals[order.price] += order.remaining

    def leave(self, order: Resting) -> None:
        line = self.lines[order.price]
        del line[order.order_id]
        self.totals[order.price] -= order.remaining
        if not line:
            del self.lines[order.price], self.totals[order.price]
            del self.prices[bisect_left(self.prices, order.price)]

    def shrink(self, before: Resting, after: Resting) -> None:
        # Setting a key that is there keeps its place in line.
        self.lines[before.price][before.order_id] = after
        self.totals[before.price] += after.remaining - before.remaining


class RawBook:
    """A market's book as aggregated from a snapshot and what came after it."""

    def __init__(self, snapshot: BookSnapshot | None = None) -> None:
        self.orders: dict[int, Resting] = {}
        self.bids = BookSide()
        self.offers = BookSide()
        if snapshot is None:
            return
        for side, orders in ((SIDE_BUY, snapshot.bids), (SIDE_SELL, snapshot.offers)):
            for order in orders:
                self._join(
                    Resting(order.order_id, side, order.price, order.remaining, order.account_id)
                )

    def side(self, side: int) -> BookSide:
        return self.bids if side == SIDE_BUY else self.offers

    def apply(self, change: BookChanged) -> None:
        """The rule that stands at BookChanged in the schema."""
        before = self.orders.get(change.order_id)
        after = Resting(
            change.order_id, change.side, change.price, change.remaining, change.account_id
        )
        if (
            before is not None
            and 0 < after.remaining <= before.remaining
            and after.price == before.price
            and after.side == before.side
        ):
            self.side(before.side).shrink(before, after)
            self.orders[after.order_id] = after
            return
        if before is not None:
            self.side(before.side).leave(before)
            del self.orders[before.order_id]
        if after.remaining > 0:
            self._join(after)

    def _join(self, order: Resting) -> None:
        self.side(order.side).join(order)
        self.orders[order.order_id] = order

    def in_line(self) -> tuple[tuple[tuple[int, int, int], ...], tuple[tuple[int, int, int], ...]]:
        """Bids and offers, best first, in line: (order id, price, remaining). For comparing."""

        def orders(side: BookSide, best_last: bool) -> tuple[tuple[int, int, int], ...]:
            prices = reversed(side.prices) if best_last else side.prices
            return tuple(
                (order.order_id, order.price, order.remaining)
                for price in prices
                for order in side.lines[price].values()
            )

        return orders(self.bids, True), orders(self.offers, False)
