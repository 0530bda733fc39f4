"""What a connection should be like; and of what is listened to, what the exchange has confirmed."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Iterable

from exchange.proto.session_pb2 import (
    CHANNEL_BOOK,
    CHANNEL_TICKER,
    CHANNEL_TRADES,
    Subscribe,
    Unsubscribe,
)

_ALL_CHANNELS = (CHANNEL_BOOK, CHANNEL_TRADES, CHANNEL_TICKER)


@dataclass
class Wanted:
    """What has to be so again on the next connection."""

    room: str = ""
    join_code: str = ""
    account_id: int = 0
    """Whom to act as; 0: the personal account."""
    elevated: bool = False
    cancel_on_disconnect: bool = False
    subscriptions: list[Subscribe] = field(default_factory=list[Subscribe])


class Subscriptions:
    """Wanted ones are taken up again on each connection; those in force are what Resume says."""

    def __init__(self, wanted: Iterable[Subscribe] = ()) -> None:
        self.wanted = list(wanted)
        self.in_force: list[Subscribe] = []

    def missing(self) -> list[Subscribe]:
        return [wish for wish in self.wanted if wish not in self.in_force]

    def confirmed(self, wish: Subscribe) -> None:
        for held in (self.wanted, self.in_force):
            if wish not in held:
                held.append(wish)

    def ended(self, wish: Unsubscribe) -> None:
        for held in (self.wanted, self.in_force):
            held[:] = _without(held, wish)

    @property
    def hears_all_books(self) -> bool:
        """Whether the book of a market that is created is heard from its beginning."""
        return any(wish.all and CHANNEL_BOOK in wish.channels for wish in self.in_force)

    def silent(self, market_id: int) -> tuple[bool, ...]:
        """Whether book, trades and ticker of a market are not heard."""
        return tuple(not self._hears(market_id, channel) for channel in _ALL_CHANNELS)

    def _hears(self, market_id: int, channel: int) -> bool:
        return any(
            channel in wish.channels and (wish.all or market_id in wish.market_ids)
            for wish in self.in_force
        )


def _without(held: Iterable[Subscribe], gone: Unsubscribe) -> list[Subscribe]:
    """What is still listened to. Of what was for all markets, one market can't be taken out here."""
    left: list[Subscribe] = []
    for wish in held:
        channels = [channel for channel in wish.channels if channel not in gone.channels]
        markets = [
            market for market in wish.market_ids if not gone.all and market not in gone.market_ids
        ]
        kept = [channel for channel in wish.channels if channel in gone.channels]
        if channels:
            left.append(Subscribe(market_ids=wish.market_ids, all=wish.all, channels=channels))
        if kept and (markets or (wish.all and not gone.all)):
            left.append(Subscribe(market_ids=markets, all=wish.all, channels=kept))
    return left
