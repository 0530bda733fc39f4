"""Events, one after the other."""

from __future__ import annotations

import asyncio
import time
from collections import deque
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Callable

from exchange import _units
from exchange.errors import ExchangeError, StreamOverrun
from exchange.models import Trade
from exchange.proto.exchange_pb2 import ServerFrame

UNREAD_MAX = 100_000
"""Events that a stream holds unread."""


@dataclass(frozen=True)
class Event:
    """Something that happened."""

    kind: str
    """The event's name in the schema's ServerMessage, such as ``"traded"`` or ``"order_changed"``; or
    ``"disconnected"`` and ``"reconnected"``."""
    sequence: int
    """The sequence of the event; 0 if it has none."""
    time: datetime | None
    """When, by the exchange's clock."""
    data: Any
    """The schema's message of that name (``exchange.proto``), in the wire's units; None for what is about
    the connection."""

    @property
    def trade(self) -> Trade | None:
        """The trade of a ``"traded"`` event, as a plain value."""
        return Trade.of(self.data.trade) if self.kind == "traded" else None


class EventStream:
    """The events since it was made. It ends after `seconds`, by `close`, or with the connection."""

    def __init__(self, seconds: float | None, forget: Callable[[EventStream], None]) -> None:
        self._events: deque[Event] = deque()
        self._ends_at = None if seconds is None else time.monotonic() + seconds
        self._forget = forget
        self._ended: ExchangeError | None = None
        self._closed = False
        self._arrival: asyncio.Future[None] | None = None

    def put(self, frame: ServerFrame) -> None:
        for message in frame.messages:
            kind = message.WhichOneof("event")
            if kind is not None:
                self._events.append(
                    Event(
                        kind, message.sequence, _units.time(message.time_us), getattr(message, kind)
                    )
                )
        if len(self._events) > UNREAD_MAX:
            self._events.clear()
            self.end(StreamOverrun(f"More than {UNREAD_MAX:,} events were left unread."))
        self._wake()

    def put_connection(self, kind: str, sequence: int) -> None:
        self._events.append(Event(kind, sequence, None, None))
        self._wake()

    def end(self, error: ExchangeError) -> None:
        """Ends the stream. Earlier events can still be read."""
        self._ended = self._ended or error
        self._forget(self)
        self._wake()

    def close(self) -> None:
        """Ends the stream. Nothing more is kept for it."""
        self._closed = True
        self._forget(self)

    def pop(self) -> Event | None:
        """The next event if one is there. From any thread."""
        try:
            return self._events.popleft()
        except IndexError:
            return None

    async def arrived(self) -> bool:
        """Waits for an event; False when there will be none. Raises what ended the stream."""
        while not self._events:
            if self._ended is not None:
                raise self._ended
            left = None if self._ends_at is None else self._ends_at - time.monotonic()
            if self._closed or (left is not None and left <= 0):
                self.close()
                return False
            self._arrival = asyncio.get_running_loop().create_future()
            await asyncio.wait([self._arrival], timeout=left)
        return True

    def is_over(self) -> bool:
        """Whether its time is up; events that come without a pause must not make it endless."""
        return self._closed or (self._ends_at is not None and time.monotonic() >= self._ends_at)

    def _wake(self) -> None:
        if self._arrival is not None and not self._arrival.done():
            self._arrival.set_result(None)
