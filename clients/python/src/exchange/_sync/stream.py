# Generated from exchange/_aio by clients/python/generate. Do not edit.
"""Streams of events."""

from __future__ import annotations

from types import TracebackType

from exchange._callers import Caller
from exchange._events import Event, EventStream


class Stream:
    """The events since the stream was made, in order; see `Event`.

    Raises StreamOverrun if 100,000 are unread. If the connection ended for good, raises the reason.
    """

    def __init__(self, events: EventStream, caller: Caller) -> None:
        self._events, self._caller = events, caller

    def __iter__(self) -> Stream:
        return self

    def __next__(self) -> Event:
        event = self._caller.next_event(self._events)
        if event is None:
            self.close()
            raise StopIteration
        return event

    def close(self) -> None:
        """Ends the stream."""
        self._events.close()

    def __enter__(self) -> Stream:
        return self

    def __exit__(
        self,
        exc_type: type[BaseException] | None,
        exc: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()
