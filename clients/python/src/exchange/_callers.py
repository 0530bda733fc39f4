"""How the two interfaces reach the event loop: one runs on it, the other has one in a thread of its own."""

from __future__ import annotations

import asyncio
import threading
import time
from typing import Any, Callable, Coroutine, TypeVar

from exchange._connection import Connection
from exchange._events import Event, EventStream
from exchange.errors import ConnectionFailed, WaitTimeout

T = TypeVar("T")


async def cancel_all_tasks() -> None:
    """Those that are still running on this loop, such as a WebSocket's farewell."""
    tasks = asyncio.all_tasks() - {asyncio.current_task()}
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)


class AsyncCaller:
    """For code that runs on the event loop itself."""

    has_ended = False

    async def run(self, work: Coroutine[Any, Any, T]) -> T:
        return await work

    async def until(
        self, connection: Connection, predicate: Callable[[], T], timeout: float | None
    ) -> T:
        return await connection.until(predicate, timeout)

    async def next_event(self, stream: EventStream) -> Event | None:
        return stream.pop() if not stream.is_over() and await stream.arrived() else None

    async def sleep(self, seconds: float) -> None:
        await asyncio.sleep(seconds)

    def end(self) -> None:
        self.has_ended = True


class Caller:
    """For code without an event loop: runs one in a thread, and waits for what it asks there."""

    def __init__(self) -> None:
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="exchange", daemon=True)
        self._thread.start()

    @property
    def has_ended(self) -> bool:
        return not self._thread.is_alive()

    def run(self, work: Coroutine[Any, Any, T]) -> T:
        if self.has_ended:
            work.close()
            raise ConnectionFailed("The connection was closed here.")
        future = asyncio.run_coroutine_threadsafe(work, self._loop)
        try:
            return future.result()
        except BaseException:
            # Ctrl-C: nobody waits for the answer now.
            future.cancel()
            raise

    def until(self, connection: Connection, predicate: Callable[[], T], timeout: float | None) -> T:
        """`predicate` is asked in the caller's own thread, while nothing changes."""
        ends_at = None if timeout is None else time.monotonic() + timeout
        with connection.changed:
            while True:
                value = predicate()
                if value:
                    return value
                if connection.failure is not None:
                    raise connection.failure
                left = None if ends_at is None else ends_at - time.monotonic()
                if left is not None and left <= 0:
                    raise WaitTimeout(f"The condition did not become true within {timeout} s.")
                connection.changed.wait(left)

    def next_event(self, stream: EventStream) -> Event | None:
        if stream.is_over():
            return None
        # Without going through the other thread, if one is there.
        event = stream.pop()
        if event is not None:
            return event
        return stream.pop() if self.run(stream.arrived()) else None

    def sleep(self, seconds: float) -> None:
        time.sleep(seconds)

    def end(self) -> None:
        """Ends the thread, and all that runs on its loop."""
        if not self.has_ended:
            asyncio.run_coroutine_threadsafe(cancel_all_tasks(), self._loop).result()
            self._loop.call_soon_threadsafe(self._loop.stop)
            self._thread.join()
            self._loop.close()
