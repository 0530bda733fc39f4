"""Streams of events."""

from __future__ import annotations

from types import TracebackType

from exchange._callers import AsyncCaller
from exchange._events import Event, EventStream


class AsyncStream:
    """The events since the stream was made, in order; see `Event`.

    Raises StreamOverrun if 100,000 are unread. If the connection ended for good, raises the reason.
    """

    def __init__(self, events: EventStream, caller: AsyncCaller) -> None:
        self._events, self._caller = events, caller

    def __aiter__(self) -> AsyncStream:
        return self

    async def __anext__(self) -> Event:
        event = await self._caller.next_event(self._events)
        if event is None:
            self.close()
            raise StopAsyncIteration
        return event

    def close(self) -> None:
        """Ends the stream."""
        self._events.close()

    async def __aenter__(self) -> AsyncStream:
        return self

    async def __aexit__(
        self,
        exc_type: type[BaseException] | None,
        exc: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()
