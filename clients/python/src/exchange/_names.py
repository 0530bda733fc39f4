"""Finding things by name or number, and what to say when there are none."""

from __future__ import annotations

from difflib import get_close_matches
from typing import Iterable

from exchange.errors import NothingOfThatName


def find(kind: str, code: str, wanted: str | int, things: Iterable[tuple[int, str]]) -> int:
    """The number of the thing with that name or number. Raises NothingOfThatName, which suggests similar names.

    Names that differ by capitals only are found too, if that leaves one.
    """
    known = list(things)
    if isinstance(wanted, int):
        if any(number == wanted for number, _ in known):
            return wanted
        raise NothingOfThatName(f"No {kind} has the number {wanted}.", code)
    _check_text(kind, wanted)
    exact = [number for number, name in known if name == wanted]
    alike = exact or [number for number, name in known if name.casefold() == wanted.casefold()]
    if len(alike) == 1:
        return alike[0]
    if alike:
        numbers = ", ".join(str(number) for number in alike)
        raise NothingOfThatName(
            f'Several have the name "{wanted}"; give the number of one ({numbers}).', code
        )
    raise NothingOfThatName(
        f'There is no {kind} called "{wanted}".{_hint(kind, wanted, known)}', code
    )


def _check_text(kind: str, wanted: object) -> None:
    if not isinstance(wanted, str):
        raise TypeError(f"A {kind} is found by its name or its number, not by {wanted!r}.")


def _hint(kind: str, wanted: str, known: list[tuple[int, str]]) -> str:
    names = {name.casefold(): name for _, name in known}
    near = get_close_matches(wanted.casefold(), names, n=3, cutoff=0.5) or [
        name for name in names if wanted.casefold() in name
    ]
    if near:
        return " Did you mean " + " or ".join(f'"{names[name]}"' for name in near[:3]) + "?"
    if not known:
        return f" There is no {kind} at all yet."
    if len(known) <= 10:
        return " There are: " + ", ".join(f'"{name}"' for _, name in known) + "."
    return f" There are {len(known)} others."
