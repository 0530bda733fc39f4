"""Which request an answer belongs to, and what becomes of requests whose connection was lost."""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass, field

from exchange.errors import ExchangeError, Unanswered, refusal
from exchange.proto.exchange_pb2 import ClientMessage, ServerMessage

RESEND_WITHIN_S = 60.0
"""An order older than this is not sent again: the market has moved on."""


@dataclass
class Pending:
    """A request without an answer yet."""

    message: ClientMessage
    answer: asyncio.Future[ServerMessage]
    asked_at: float = field(default_factory=time.monotonic)
    sent_at: float = 0.0
    """On the present connection; 0: not yet."""
    times_sent: int = 0


class Requests:
    """Those that wait for their answer."""

    def __init__(self) -> None:
        self._pending: dict[int, Pending] = {}
        self._last_id = 0

    def ask(self, request: ClientMessage) -> Pending:
        """Gives a copy of the request the next id."""
        self._last_id += 1
        message = ClientMessage()
        message.CopyFrom(request)
        message.request_id = self._last_id
        pending = Pending(message, asyncio.get_running_loop().create_future())
        self._pending[self._last_id] = pending
        return pending

    def forget(self, pending: Pending) -> None:
        self._pending.pop(pending.message.request_id, None)

    def answered(self, message: ServerMessage) -> None:
        """An answer came; one that was given up, or came before, is left alone."""
        pending = self._pending.pop(message.request_id, None)
        if pending is None or pending.answer.done():
            return
        if message.WhichOneof("event") == "request_failed":
            error = refusal(message.request_failed)
            error.resent = pending.times_sent > 1
            pending.answer.set_exception(error)
        else:
            pending.answer.set_result(message)

    def sending(self, pending: Pending) -> None:
        pending.sent_at = time.monotonic()
        pending.times_sent += 1

    def to_send(self) -> list[Pending]:
        """Once a new connection is ready: what was not sent yet, and what can be sent again, as asked."""
        return [pending for pending in self._pending.values() if pending.sent_at == 0]

    def oldest_sent(self) -> float | None:
        """When the request was sent that waits longest, by time.monotonic."""
        return min((p.sent_at for p in self._pending.values() if p.sent_at), default=None)

    def connection_lost(self) -> None:
        """What was sent and can't be sent again will never be answered."""
        now = time.monotonic()
        for pending in list(self._pending.values()):
            if not pending.sent_at:
                continue
            if not is_repeatable(pending.message):
                self._fail(pending, Unanswered(f"{_LOST} Look whether it took effect."))
            elif now - pending.asked_at > RESEND_WITHIN_S:
                self._fail(pending, Unanswered(f"{_LOST} It is too old to be sent again."))
            else:
                pending.sent_at = 0.0

    def give_up(self, error: ExchangeError) -> None:
        """Nobody waits for the answer now."""
        for pending in list(self._pending.values()):
            self._fail(pending, error)

    def _fail(self, pending: Pending, error: ExchangeError) -> None:
        self.forget(pending)
        if not pending.answer.done():
            pending.answer.set_exception(error)


_LOST = "The connection was lost before the answer came."

_ALSO_REPEATABLE = frozenset(
    # To cancel an order twice is to cancel it once; the others change nothing of anyone else's.
    ["cancel_order", "preview_order", "subscribe", "unsubscribe", "ping", "cancel_after"]
)


def is_repeatable(message: ClientMessage) -> bool:
    """Whether sending it again can't do a second time what was done once.

    CancelOrders is not: orders sent after it may be there now. ReplaceOrder is not: it would lose the
    place in line a second time.
    """
    kind = message.WhichOneof("request") or ""
    if kind == "place_order":
        return bool(message.place_order.client_order_id)
    if kind == "order_batch":
        return all(
            item.WhichOneof("request") == "place" and item.place.client_order_id
            for item in message.order_batch.items
        )
    return kind.startswith("get_") or kind in _ALSO_REPEATABLE
