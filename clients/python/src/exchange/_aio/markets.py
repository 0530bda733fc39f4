"""The markets of a room."""

from __future__ import annotations

from typing import Iterator

from exchange._aio.market import AsyncMarket
from exchange._callers import AsyncCaller
from exchange._connection import Connection
from exchange._names import find
from exchange._views import View
from exchange.errors import NothingOfThatName
from exchange.proto import markets_pb2


class AsyncMarkets(View):
    """The markets that you can see, by name or id, in the order in which they were created."""

    def __init__(self, connection: Connection, caller: AsyncCaller, timeout: float) -> None:
        super().__init__(connection)
        self._caller, self._timeout = caller, timeout

    def __getitem__(self, name_or_id: str | int) -> AsyncMarket:
        """Raises NotFound (a KeyError), which suggests similar names."""
        known = self._read(
            lambda state: [(raw.market_id, raw.name) for raw in state.markets.values()]
        )
        return self._market(find("market", "MARKET_NOT_FOUND", name_or_id, known))

    def get(self, name_or_id: str | int) -> AsyncMarket | None:
        """Returns the market, or None if no market has that name."""
        try:
            return self[name_or_id]
        except NothingOfThatName:
            return None

    def __contains__(self, name_or_id: str | int) -> bool:
        return self.get(name_or_id) is not None

    def __iter__(self) -> Iterator[AsyncMarket]:
        return iter([self._market(number) for number in self._read(lambda s: sorted(s.markets))])

    def __len__(self) -> int:
        return self._read(lambda state: len(state.markets))

    @property
    def open(self) -> list[AsyncMarket]:
        """The markets that take orders."""
        is_open = markets_pb2.MARKET_STATUS_OPEN
        numbers = self._read(
            lambda s: sorted(raw.market_id for raw in s.markets.values() if raw.status == is_open)
        )
        return [self._market(number) for number in numbers]

    @property
    def names(self) -> list[str]:
        return [market.name for market in self]

    def _market(self, number: int) -> AsyncMarket:
        return AsyncMarket(self._connection, self._caller, self._timeout, number)

    def __repr__(self) -> str:
        return f"<Markets {self.names}>"
