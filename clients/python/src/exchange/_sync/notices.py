# Generated from exchange/_aio by clients/python/generate. Do not edit.
"""Notices: what was done to what is yours, as a list and as it happens."""

from __future__ import annotations

import time
from collections import deque
from types import TracebackType
from typing import Iterator, Callable

from exchange._sync.history import History
from exchange._callers import Caller
from exchange._events import Event, EventStream
from exchange.notices import Notice
from exchange.proto import orders_pb2, people_pb2

PAUSE_S = 1.0
"""Seconds between two requests for notices: a bot whose orders expire all the time must not use up its allowance."""


class Notices(History):
    """What was done to what is yours."""

    def notices(
        self, *, unread: bool = False, newest_first: bool = False, limit: int | None = None
    ) -> Iterator[Notice]:
        """Notices in this room: money that came, settlements, market statuses, cancelled orders, your role.

        They say what others or the exchange itself did; what you did yourself is left out. They come from the record, so
        they are there the next day. unread: only those after the last one that was marked as read (`mark_notices_read`).
        """
        question = people_pb2.GetNotices()
        if unread:
            question.page.after = self._read_up_to()
            if newest_first:
                # A page that goes backwards begins at `after`, so the unread ones are put in order here.
                found = [raw for raw in self._notices(question, None)]
                for notice in found[::-1][:limit]:
                    yield notice
                return
        for notice in self._notices(question, limit, newest_first):
            yield notice

    def notice_stream(self, seconds: float | None = None) -> NoticeStream:
        """Notices from now on, one after the other, for `seconds` or without an end.

        ``with`` or `close()` ends the stream. It sends a query once a second at most, and only when an event came
        that may bring a notice.
        """
        sequence, statuses = self._read(
            lambda state: (
                state.sequence,
                {number: int(market.status) for number, market in state.markets.items()},
            )
        )
        return NoticeStream(
            self._connection.stream(seconds), self._caller, self._notices_after, sequence, statuses
        )

    def mark_notices_read(self, notice: Notice | int) -> None:
        """Marks a notice, and all before it, as read: on the web page and in all your browsers too.

        notice: the newest notice that you saw, or its sequence. Raises NotAllowed for an API key.
        """
        sequence = notice if isinstance(notice, int) else notice.sequence
        self.request(people_pb2.MarkNoticesRead(sequence=sequence))

    def _read_up_to(self) -> int:
        question = people_pb2.GetNotices()
        question.page.limit = 1
        return (self._patiently(question)).notices_page.read_sequence

    def _notices_after(self, sequence: int) -> Iterator[Notice]:
        question = people_pb2.GetNotices()
        question.page.after = sequence
        for notice in self._notices(question, None):
            yield notice

    def _notices(
        self, question: people_pb2.GetNotices, limit: int | None, newest_first: bool = False
    ) -> Iterator[Notice]:
        for page in self._pages(question, newest_first, limit):
            for raw in page.notices_page.notices:
                yield self._notice(raw)

    def _notice(self, raw: people_pb2.Notice) -> Notice:
        return self._read(lambda state: Notice.of(raw, state))


class NoticeStream:
    """The notices since the stream was made, in order.

    The exchange sends no notices by itself. So the stream waits for events that may bring one, and sends a query.
    """

    def __init__(
        self,
        events: EventStream,
        caller: Caller,
        ask: Callable[[int], Iterator[Notice]],
        sequence: int,
        statuses: dict[int, int],
    ) -> None:
        self._events, self._caller, self._ask = events, caller, ask
        self._sequence, self._statuses = sequence, statuses
        self._found: deque[Notice] = deque()
        self._next_at = 0.0

    def __iter__(self) -> NoticeStream:
        return self

    def __next__(self) -> Notice:
        while not self._found:
            event = self._caller.next_event(self._events)
            if event is None:
                self.close()
                raise StopIteration
            if self._may_bring_one(event):
                self._find()
        return self._found.popleft()

    def close(self) -> None:
        """Ends the stream."""
        self._events.close()

    def __enter__(self) -> NoticeStream:
        return self

    def __exit__(
        self,
        exc_type: type[BaseException] | None,
        exc: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()

    def _find(self) -> None:
        self._caller.sleep(max(0.0, self._next_at - time.monotonic()))
        # One answer holds what all events that have come by now brought.
        while (event := self._events.pop()) is not None:
            self._may_bring_one(event)
        for notice in self._ask(self._sequence):
            self._found.append(notice)
            self._sequence = max(self._sequence, notice.sequence)
        self._next_at = time.monotonic() + PAUSE_S

    def _may_bring_one(self, event: Event) -> bool:
        if event.kind == "market_changed":
            market = event.data.market
            before = self._statuses.get(market.market_id)
            self._statuses[market.market_id] = int(market.status)
            return before is not None and before != market.status
        if event.kind == "order_changed":
            # Its owner's own cancels have the reasons before this one.
            order = event.data.order
            return (
                order.status == orders_pb2.ORDER_STATUS_CANCELLED
                and order.reason >= orders_pb2.ORDER_REASON_MARKET_SETTLED
            )
        return event.kind in _KINDS


_KINDS = {
    "transfer_made",
    "membership_changed",
    "room_changed",
    "option_exercised",
    "reconnected",
    "ready",
}
