"""What can be listened to."""

from __future__ import annotations

from typing import Iterable, Literal

from exchange.proto import session_pb2

Channel = Literal["book", "trades", "ticker"]

_CHANNELS = {
    "book": session_pb2.CHANNEL_BOOK,
    "trades": session_pb2.CHANNEL_TRADES,
    "ticker": session_pb2.CHANNEL_TICKER,
}


def subscription(
    channels: Iterable[Channel], market_ids: Iterable[int] | None
) -> session_pb2.Subscribe:
    """For some markets; None: for all, those created later included."""
    return session_pb2.Subscribe(
        market_ids=market_ids or (), all=market_ids is None, channels=_values(channels)
    )


def unsubscription(
    channels: Iterable[Channel], market_ids: Iterable[int] | None
) -> session_pb2.Unsubscribe:
    return session_pb2.Unsubscribe(
        market_ids=market_ids or (), all=market_ids is None, channels=_values(channels)
    )


def _values(channels: Iterable[str]) -> list[session_pb2.Channel]:
    named = list(channels)
    unknown = [name for name in named if name not in _CHANNELS]
    if unknown or not named:
        raise ValueError(
            f"channels are {', '.join(map(repr, named)) or 'none'}; there are {', '.join(_CHANNELS)}."
        )
    return [_CHANNELS[name] for name in named]
