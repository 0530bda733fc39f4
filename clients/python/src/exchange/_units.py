"""Decimals outside, scaled integers on the wire; nothing is ever rounded.

Prices and quantities are counted in 1/100, cash in 1/10,000, time in microseconds since 1970.
"""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from decimal import Decimal, InvalidOperation
from typing import Any, Union

Number = Union[Decimal, int, str]
"""What amounts are given as: ``Decimal("42.50")``, ``"42.50"`` or ``42``. Never a float."""

_EPOCH = datetime(1970, 1, 1, tzinfo=timezone.utc)
_HUNDREDTH = Decimal("0.01")
_TEN_THOUSANDTH = Decimal("0.0001")


def decimal(value: Number, what: str) -> Decimal:
    """``value`` as a Decimal; ``what`` names it in the error."""
    # A bool is an int to Python, and never an amount to anyone.
    if isinstance(value, float):
        raise TypeError(
            f"{what} is the float {value!r}, and floats do not hold decimals exactly."
            f' Write it as text, "{value}", as Decimal("{value}"), or as a whole number.'
        )
    if isinstance(value, bool) or not isinstance(
        value, (Decimal, int, str)
    ):  # pyright: ignore[reportUnnecessaryIsInstance]
        raise TypeError(
            f'{what} must be a Decimal, an int or text such as "42.50", not {type(value).__name__}.'
        )
    try:
        number = Decimal(value)
    except InvalidOperation:
        raise ValueError(
            f'{what} is {value!r}, which is no number. Write it as in "42.50".'
        ) from None
    if not number.is_finite():
        raise ValueError(f"{what} is {value!r}; it must be a finite number.")
    return number


def _scaled(value: Number, what: str, unit: Decimal) -> int:
    number = decimal(value, what)
    # 28 digits hold every amount of the exchange; more would be rounded before we could see it.
    if abs(number) >= Decimal("1e18"):
        raise ValueError(f"{what} is {value}, which is larger than anything the exchange holds.")
    scaled = number / unit
    if scaled != scaled.to_integral_value():
        raise ValueError(f"{what} is {value}; the smallest step is {unit}.")
    return int(scaled)


def price_units(value: Number, what: str = "price") -> int:
    """A price in 1/100."""
    return _in_32_bits(_scaled(value, what, _HUNDREDTH), what, value)


def quantity_units(value: Number, what: str = "quantity") -> int:
    """A quantity in 1/100 of a contract; never negative."""
    units = _in_32_bits(_scaled(value, what, _HUNDREDTH), what, value)
    if units < 0:
        raise ValueError(f"{what} is {value}; it can't be negative.")
    return units


def cash_units(value: Number, what: str = "amount") -> int:
    """Cash in 1/10,000."""
    units = _scaled(value, what, _TEN_THOUSANDTH)
    if abs(units) >= 2**63:
        raise ValueError(f"{what} is {value}, which is larger than anything the exchange holds.")
    return units


def _in_32_bits(units: int, what: str, value: Number) -> int:
    if abs(units) >= 2**31:
        raise ValueError(f"{what} is {value}; the limit of the exchange is 1,000,000.00.")
    return units


def price(units: int) -> Decimal:
    """42.50 from 4250."""
    return Decimal(units).scaleb(-2)


def quantity(units: int) -> Decimal:
    """Contracts, from 1/100: 2.50 from 250."""
    return Decimal(units).scaleb(-2)


def cash(units: int) -> Decimal:
    """Cash, from 1/10,000; shown with two digits unless it has more."""
    amount = Decimal(units).scaleb(-4)
    return amount.quantize(_HUNDREDTH) if units % 100 == 0 else amount


def time(us: int) -> datetime:
    """A time in UTC, from microseconds since 1970."""
    return _EPOCH + timedelta(microseconds=us)


def time_or_none(us: int) -> datetime | None:
    """As ``time``; None for 0, which means never."""
    return time(us) if us else None


def time_units(value: datetime | None, what: str = "time") -> int:
    """Microseconds since 1970; 0 for None."""
    if value is None:
        return 0
    if value.tzinfo is None:
        raise ValueError(
            f"{what} has no time zone, so when it is would be a guess:"
            " use datetime.now(timezone.utc) or give tzinfo."
        )
    return (value - _EPOCH) // timedelta(microseconds=1)


def milliseconds(seconds: float, what: str) -> int:
    """Durations are in seconds, as everywhere in Python; the wire has milliseconds."""
    if seconds < 0:
        raise ValueError(f"{what} is {seconds} s; it can't be negative.")
    return round(seconds * 1000)


def word(enum: Any, value: int) -> str:
    """An enum value as a word: ``good_till_time``; empty for UNSPECIFIED; a number if it is of a later schema."""
    names: dict[int, str] = {number: name for name, number in enum.items()}
    if not value:
        return ""
    prefix = names[0][: -len("UNSPECIFIED")]
    return names.get(value, str(value)).replace(prefix, "", 1).lower()
