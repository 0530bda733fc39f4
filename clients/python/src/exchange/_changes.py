"""Waiting for the state to change: from its own event loop, or from any thread."""

from __future__ import annotations

import asyncio
import threading
import time
from typing import Callable, TypeVar

from exchange.errors import ExchangeError, WaitTimeout

T = TypeVar("T")


class Changes:
    """Tells those who wait that something has changed."""

    def __init__(self) -> None:
        self.lock = threading.Condition(threading.RLock())
        """Held while the state changes; notified when it has."""
        self._waiters: set[asyncio.Future[None]] = set()

    def notify(self) -> None:
        with self.lock:
            self.lock.notify_all()
        for waiter in self._waiters:
            if not waiter.done():
                waiter.set_result(None)

    async def next(self, timeout: float | None = None) -> None:
        """Until something has changed, or the time is up."""
        waiter: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiters.add(waiter)
        try:
            await asyncio.wait([waiter], timeout=timeout)
        finally:
            self._waiters.discard(waiter)

    async def until(
        self,
        predicate: Callable[[], T],
        timeout: float | None,
        failure: Callable[[], ExchangeError | None],
    ) -> T:
        """The first true value of `predicate`. Raises WaitTimeout, and what `failure` gives."""
        ends_at = None if timeout is None else time.monotonic() + timeout
        while True:
            with self.lock:
                value = predicate()
            if value:
                return value
            error = failure()
            if error is not None:
                raise error
            left = None if ends_at is None else ends_at - time.monotonic()
            if left is not None and left <= 0:
                raise WaitTimeout(f"The condition did not become true within {timeout} s.")
            await self.next(left)
