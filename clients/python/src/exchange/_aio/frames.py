"""History as pandas DataFrames. Only these methods need pandas."""

from __future__ import annotations

import dataclasses
from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Sequence

from exchange._aio.history import AsyncHistory, Interval
from exchange._views import MarketView
from exchange.models import PastTrade, Transfer
from exchange.past import Candle, EquitySample

if TYPE_CHECKING:
    import pandas  # pyright: ignore[reportMissingTypeStubs]


class AsyncFrames(AsyncHistory):
    """DataFrames. Amounts are floats, for arithmetic by columns; `exact=True` leaves them Decimal."""

    async def trades_frame(
        self,
        market: MarketView | None = None,
        *,
        own: bool = False,
        limit: int | None = None,
        exact: bool = False,
    ) -> pandas.DataFrame:
        """As `trades`, the newest `limit` of them, oldest first; indexed by time."""
        rows = [row async for row in self.trades(market, own=own, newest_first=True, limit=limit)]
        return frame(rows[::-1], PastTrade, "time", exact)

    async def orders_frame(
        self, market: MarketView | None = None, *, limit: int | None = None, exact: bool = False
    ) -> pandas.DataFrame:
        """As `order_history`, the newest `limit` of them, oldest first; indexed by when they were placed."""
        names = (
            "id client_order_id market_id side price quantity filled_quantity average_price remaining"
            " status reason time_in_force placed"
        ).split()
        rows = [
            {name: getattr(order, name) for name in names}
            async for order in self.order_history(market, newest_first=True, limit=limit)
        ]
        return table(rows[::-1], names, "placed", exact)

    async def candles_frame(
        self,
        market: MarketView,
        interval: Interval = "1m",
        *,
        start: datetime | None = None,
        end: datetime | None = None,
        exact: bool = False,
    ) -> pandas.DataFrame:
        """As `candles`; indexed by when each interval begins."""
        rows = [row async for row in self.candles(market, interval, start=start, end=end)]
        return frame(rows, Candle, "time", exact)

    async def transfers_frame(
        self, *, limit: int | None = None, exact: bool = False
    ) -> pandas.DataFrame:
        """As `transfers`, the newest `limit` of them, oldest first; indexed by time."""
        rows = [row async for row in self.transfers(newest_first=True, limit=limit)]
        return frame(rows[::-1], Transfer, "time", exact)

    async def equity_frame(
        self, *, limit: int | None = None, exact: bool = False
    ) -> pandas.DataFrame:
        """As `equity_curve`, the newest `limit` samples, oldest first; indexed by time."""
        rows = [row async for row in self.equity_curve(newest_first=True, limit=limit)]
        return frame(rows[::-1], EquitySample, "time", exact)


def frame(rows: Sequence[Any], kind: type[Any], index: str, exact: bool) -> pandas.DataFrame:
    """A DataFrame of dataclass instances. It has all columns, also without rows."""
    columns = [field.name for field in dataclasses.fields(kind)]
    return table([dataclasses.asdict(row) for row in rows], columns, index, exact)


def table(
    rows: Sequence[dict[str, Any]], columns: Sequence[str], index: str, exact: bool
) -> pandas.DataFrame:
    """A DataFrame of these rows."""
    try:
        import pandas as pd  # pyright: ignore[reportMissingTypeStubs]
    except ImportError:
        raise ImportError(
            "DataFrames need pandas: install python3-pandas, or exchange-client[pandas]."
        ) from None
    untyped: Any = pd
    made = untyped.DataFrame(
        [row if exact else _floats(row) for row in rows], columns=list(columns)
    )
    if not rows:
        made[index] = untyped.to_datetime(made[index], utc=True)
    return made.set_index(index)


def _floats(row: dict[str, Any]) -> dict[str, Any]:
    return {
        name: float(value) if isinstance(value, Decimal) else value for name, value in row.items()
    }
