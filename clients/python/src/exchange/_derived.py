"""Markets that follow from others."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, Mapping

from exchange import _units
from exchange._units import Number
from exchange._views import MarketView
from exchange.proto import markets_pb2


@dataclass(frozen=True)
class BasketOf:
    """Worth the sum of multiplier times price over its constituents."""

    constituents: Mapping[MarketView, int]
    """Market to multiplier: a whole number, not 0, perhaps negative."""
    fee: Number = 0
    """What each conversion costs, whatever its quantity."""


@dataclass(frozen=True)
class OptionOn:
    """Worth max(0, underlying - strike) if a call, max(0, strike - underlying) if a put."""

    underlying: MarketView
    kind: Literal["call", "put"]
    strike: Number
    american: bool = False
    """It may also be exercised before the underlying settles."""


def derive(request: markets_pb2.CreateMarket, source: BasketOf | OptionOn | None) -> None:
    if isinstance(source, BasketOf):
        request.basket.fee = _units.cash_units(source.fee, "fee")
        for market, multiplier in source.constituents.items():
            request.basket.constituents.add(market_id=market.id, multiplier=multiplier)
    elif source is not None:
        kinds = {"call": markets_pb2.OPTION_KIND_CALL, "put": markets_pb2.OPTION_KIND_PUT}
        if source.kind not in kinds:
            raise ValueError(f'kind is {source.kind!r}; it must be "call" or "put".')
        request.option.underlying_market_id = source.underlying.id
        request.option.kind = kinds[source.kind]
        request.option.style = (
            markets_pb2.OPTION_STYLE_AMERICAN
            if source.american
            else markets_pb2.OPTION_STYLE_EUROPEAN
        )
        request.option.strike = _units.price_units(source.strike, "strike")
