"""Decimals outside, scaled integers on the wire; nothing is ever rounded.

Prices and quantities are counted in 1/100, cash in 1/10,000, time in microseconds since 1970.

The ambient decimal context (`decimal.getcontext()`) is the caller's: nothing here calculates with its precision,
rounding or traps, and nothing changes it.
"""

from __future__ import annotations

import math
from datetime import datetime, timedelta, timezone
from decimal import (
    ROUND_CEILING,
    ROUND_FLOOR,
    ROUND_HALF_EVEN,
    Context,
    Decimal,
    DivisionByZero,
    Inexact,
    InvalidOperation,
    Overflow,
)
from typing import Any, Union

Number = Union[Decimal, int, str]
"""What amounts are given as: ``Decimal("42.50")``, ``"42.50"`` or ``42``. Never a float."""

_EPOCH = datetime(1970, 1, 1, tzinfo=timezone.utc)
_FIRST_DAY = datetime(1, 1, 2, tzinfo=timezone.utc)
_LAST_DAY = datetime(9999, 12, 31, tzinfo=timezone.utc)
_LONGEST_EXPIRY = timedelta(days=3_653)
_HUNDREDTH = Decimal("0.01")
_TEN_THOUSANDTH = Decimal("0.0001")

# Threads share them: operations read only what is set here, and nobody reads the flags that they leave.
_EXACT = Context(
    prec=60,
    rounding=ROUND_HALF_EVEN,
    Emin=-999_999,
    Emax=999_999,
    capitals=1,
    clamp=0,
    flags=[],
    traps=[InvalidOperation, DivisionByZero, Overflow, Inexact],
)
_ROUNDED = _EXACT.copy()
_ROUNDED.traps[Inexact] = False


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
        number = Decimal(value, _EXACT)
    except InvalidOperation:
        raise ValueError(
            f'{what} is {value!r}, which is no number. Write it as in "42.50".'
        ) from None
    if not number.is_finite():
        raise ValueError(f"{what} is {value!r}; it must be a finite number.")
    return number


def _scaled(value: Number, what: str, digits: int) -> int:
    number = decimal(value, what)
    if number.copy_abs() >= Decimal("1e18"):
        raise ValueError(f"{what} is {value}, which is larger than anything the exchange holds.")
    unit = Decimal((0, (1,), -digits))
    try:
        return int(_EXACT.scaleb(_EXACT.quantize(number, unit), digits))
    except Inexact:
        raise ValueError(f"{what} is {value}; the smallest step is {unit}.") from None


def price_units(value: Number, what: str = "price") -> int:
    """A price in 1/100."""
    return _in_32_bits(_scaled(value, what, 2), what, value)


def quantity_units(value: Number, what: str = "quantity") -> int:
    """A quantity in 1/100 of a contract; never negative."""
    units = _in_32_bits(_scaled(value, what, 2), what, value)
    if units < 0:
        raise ValueError(f"{what} is {value}; it can't be negative.")
    return units


def cash_units(value: Number, what: str = "amount") -> int:
    """Cash in 1/10,000."""
    units = _scaled(value, what, 4)
    if abs(units) >= 2**63:
        raise ValueError(f"{what} is {value}, which is larger than anything the exchange holds.")
    return units


def _in_32_bits(units: int, what: str, value: Number) -> int:
    if abs(units) >= 2**31:
        raise ValueError(f"{what} is {value}; the limit of the exchange is 1,000,000.00.")
    return units


def price(units: int) -> Decimal:
    """42.50 from 4250."""
    return _EXACT.scaleb(Decimal(units), -2)


def quantity(units: int) -> Decimal:
    """Contracts, from 1/100: 2.50 from 250."""
    return _EXACT.scaleb(Decimal(units), -2)


def cash(units: int) -> Decimal:
    """Cash, from 1/10,000; shown with two digits unless it has more."""
    amount = _EXACT.scaleb(Decimal(units), -4)
    return _EXACT.quantize(amount, _HUNDREDTH) if units % 100 == 0 else amount


def middle(bid_units: int, offer_units: int) -> Decimal:
    """The price in the middle between two, exactly."""
    return _EXACT.divide(price(bid_units + offer_units), 2)


def average(cash_units: int, quantity_units: int) -> Decimal:
    """Cash for each contract, to four digits."""
    exact = _ROUNDED.divide(cash(cash_units), quantity(quantity_units))
    return _ROUNDED.quantize(exact, _TEN_THOUSANDTH)


def profit(held: Decimal, mark: Decimal, spent: Decimal) -> Decimal:
    """What a position is worth at a price, less what was spent for it."""
    return _ROUNDED.subtract(_ROUNDED.multiply(held, mark), spent)


def on_tick(value: Decimal, tick_units: int, *, up: bool) -> Decimal:
    """The nearest multiple of the tick at or below `value`, or at or above it."""
    steps = _ROUNDED.divide(value, price(tick_units)).to_integral_value(
        ROUND_CEILING if up else ROUND_FLOOR, _ROUNDED
    )
    return price(int(steps) * tick_units)


def time(us: int) -> datetime:
    """A time in UTC, from microseconds since 1970.

    What Python's dates can't say (they end with the year 9999) is given as the last day that they can, or the first:
    a day short of the end, so that it can be shown in every time zone.
    """
    try:
        return min(max(_EPOCH + timedelta(microseconds=us), _FIRST_DAY), _LAST_DAY)
    except OverflowError:
        return _LAST_DAY if us > 0 else _FIRST_DAY


def time_or_none(us: int) -> datetime | None:
    """As ``time``; None for 0, which means never."""
    return time(us) if us else None


def time_units(value: datetime | None, what: str = "time") -> int:
    """Microseconds since 1970; 0 for None."""
    if value is None:
        return 0
    if not isinstance(value, datetime):  # pyright: ignore[reportUnnecessaryIsInstance]
        raise TypeError(
            f"{what} is {value!r}, and a number could be seconds, milliseconds or nanoseconds:"
            " give a datetime with a time zone, such as datetime.fromtimestamp(seconds, timezone.utc)."
        )
    if value.tzinfo is None:
        raise ValueError(
            f"{what} has no time zone, so when it is would be a guess:"
            " use datetime.now(timezone.utc) or give tzinfo."
        )
    return (value - _EPOCH) // timedelta(microseconds=1)


def expiry_units(value: datetime | timedelta | None, what: str = "expires") -> int:
    """When something ends, in microseconds since 1970; 0 for None. A timedelta is from now. Ten years ahead at most."""
    if value is None:
        return 0
    now = datetime.now(timezone.utc)
    if isinstance(value, timedelta):
        ahead, units = value, time_units(now) + value // timedelta(microseconds=1)
    else:
        units = time_units(value, what)
        ahead = value - now
    if ahead > _LONGEST_EXPIRY:
        raise ValueError(
            f"{what} is {value}, which is more than ten years ahead. Was it made from a number in another unit?"
            " datetime.fromtimestamp and timedelta(seconds=) take seconds."
        )
    return units


def milliseconds(seconds: float, what: str) -> int:
    """Durations are in seconds, as everywhere in Python; the wire has milliseconds."""
    as_float = float(seconds)
    if not math.isfinite(as_float) or as_float < 0:
        raise ValueError(f"{what} is {seconds} s; it must be a number of seconds, 0 or more.")
    return round(as_float * 1000)


def word(enum: Any, value: int) -> str:
    """An enum value as a word: ``good_till_time``; empty for UNSPECIFIED; a number if it is of a later schema."""
    names: dict[int, str] = {number: name for name, number in enum.items()}
    if not value:
        return ""
    prefix = names[0][: -len("UNSPECIFIED")]
    return names.get(value, str(value)).replace(prefix, "", 1).lower()
