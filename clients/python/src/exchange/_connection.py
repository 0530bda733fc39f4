"""A connection that comes back by itself: it signs in, resumes from the sequence it holds, takes up again
what was subscribed to and whom it acted as, and sends unanswered orders again under their client order id.

All of it runs on one event loop. What it applies, it applies under `changed`, so other threads may look.
"""

from __future__ import annotations

import asyncio
import logging
import time
from typing import Awaitable, Callable, TypeVar

from exchange._backoff import backoff
from exchange._changes import Changes
from exchange._events import EventStream
from exchange._link import POLICY_VIOLATION, Link, LinkEnded, check_size, websocket_url
from exchange._lost import find_lost_orders
from exchange._requests import Pending, Requests
from exchange._state import Aggregate
from exchange._subscriptions import Subscriptions, Wanted
from exchange.errors import (
    ConnectionFailed,
    ExchangeError,
    LimitReached,
    Refused,
    RoomRefused,
    SignInFailed,
    Unanswered,
    Unavailable,
)
from exchange.proto.exchange_pb2 import ClientMessage, ServerFrame, ServerMessage
from exchange.proto.orders_pb2 import SetCancelOnDisconnect
from exchange.proto.session_pb2 import (
    ActAs,
    Authenticate,
    EnterRoom,
    Resume,
    SetElevated,
    Subscribe,
    Unsubscribe,
)

T = TypeVar("T")
log = logging.getLogger("exchange")

READY_WITHIN_S = 20.0
"""A connection that is not ready by then is given up, and another one made."""
ANSWER_WITHIN_S = 30.0
"""A request without an answer for so long: the connection is taken for dead."""


class Connection:
    """Sends requests and holds the state, over as many connections as it takes."""

    def __init__(
        self, url: str, credential: Callable[[bool], Awaitable[Authenticate]], wanted: Wanted
    ) -> None:
        """`credential(afresh)` gives who we are; afresh, if what it gave before was refused."""
        self.url = url
        self.wanted = wanted
        self.aggregate = Aggregate()
        self._changes = Changes()
        self.changed = self._changes.lock
        """Held while the state changes; notified when it has."""
        self.answer_within = ANSWER_WITHIN_S
        self.connections = 0
        """How many there were; more than one: it was lost and came back."""
        self.resumed = 0
        """How many of them went on exactly where the one before ended."""
        self.failure: ExchangeError | None = None
        """Why the connection has ended for good; None: it has not."""
        self._credential = credential
        self._requests = Requests()
        self._streams: set[EventStream] = set()
        self._link: Link | None = None
        self._open = False
        self._subscriptions = Subscriptions(wanted.subscriptions)
        self._task: asyncio.Task[None] | None = None
        self._background: set[asyncio.Task[None]] = set()
        self._last_reason = "not connected yet"

    # Starting, stopping, asking.

    async def start(self, timeout: float) -> None:
        """Connects and waits until all is there. Raises what stands in the way, without trying again."""
        self._task = asyncio.create_task(self._run())
        try:
            await asyncio.wait_for(self._until_open(), timeout)
        except asyncio.TimeoutError:
            await self.stop()
            raise ConnectionFailed(
                f"{self.url} did not complete the sign-in within {timeout} s."
            ) from None
        except ExchangeError:
            await self.stop()
            raise

    async def stop(self) -> None:
        """Ends the connection; unanswered requests fail."""
        self._give_up(self.failure or ConnectionFailed("The connection was closed here."))
        tasks = [*self._background] + ([self._task] if self._task else [])
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        if self._link is not None:
            await self._link.close()
            self._link = None

    async def request(self, request: ClientMessage, timeout: float) -> ServerMessage:
        """The answer. Sent at once, or as soon as the connection is back.

        Raises Refused; ConnectionFailed if it was not sent in time; Unanswered if it is not known whether
        it was carried out.
        """
        if self.failure is not None:
            raise self.failure
        check_size(request)
        pending = self._requests.ask(request)
        if self._open:
            await self._send([pending])
        try:
            return await asyncio.wait_for(pending.answer, timeout)
        except asyncio.TimeoutError:
            if pending.times_sent:
                raise Unanswered(f"No answer came within {timeout} s.") from None
            raise ConnectionFailed(
                f"The request was not sent, because there was no connection for {timeout} s ({self._last_reason})."
            ) from None
        finally:
            self._requests.forget(pending)

    async def until(self, predicate: Callable[[], T], timeout: float | None) -> T:
        """The first true value of `predicate`, asked after each change. Raises WaitTimeout."""
        return await self._changes.until(predicate, timeout, lambda: self.failure)

    @property
    def is_open(self) -> bool:
        """Whether requests are sent at once."""
        return self._open

    async def settled(self, timeout: float) -> None:
        """Waits until no snapshots are under way, and what is wanted is in force."""
        aggregate = self.aggregate
        await self.until(
            lambda: self._open and not aggregate.held and aggregate.building is None, timeout
        )

    def stream(self, seconds: float | None) -> EventStream:
        """What happens from here on."""
        stream = EventStream(seconds, self._streams.discard)
        self._streams.add(stream)
        return stream

    async def subscribe(self, wish: Subscribe, timeout: float) -> None:
        """In force on this connection, and on those that follow."""
        request = ClientMessage(subscribe=wish)
        await self.request(request, timeout)
        self._subscriptions.confirmed(wish)
        self._look_at_books()

    async def unsubscribe(self, wish: Unsubscribe, timeout: float) -> None:
        await self.request(ClientMessage(unsubscribe=wish), timeout)
        self._subscriptions.ended(wish)
        self._look_at_books()
        with self.changed:
            for market_id in list(self.aggregate.state.markets):
                self.aggregate.forget_market(market_id, *self._subscriptions.silent(market_id))

    # One connection after the other.

    async def _run(self) -> None:
        failures = 0
        afresh = False
        while self.failure is None:
            wait = 0.0
            try:
                await self._one_connection(afresh)
                afresh = False
            except LinkEnded as ended:
                self._last_reason = str(ended)
                if ended.code == POLICY_VIOLATION and not self._open:
                    # The refusal itself was lost on the way; the reason for closing says the same.
                    afresh = self._refused(SignInFailed(str(ended), "BAD_CREDENTIAL"), afresh)
            except SignInFailed as refused:
                afresh = self._refused(refused, afresh)
            except (Unavailable, LimitReached) as refused:
                self._last_reason, wait = str(refused), refused.retry_after
                if not self.connections:
                    self._give_up(refused)
            except ExchangeError as failure:
                self._last_reason = str(failure)
                if isinstance(failure, Refused) or not self.connections:
                    self._give_up(failure)
            except asyncio.CancelledError:
                raise
            except Exception as bug:  # Those who wait must hear of it.
                log.exception("The connection ended because of a fault in this client")
                self._give_up(ConnectionFailed(f"This client has a fault: {bug!r}"))
            failures = 0 if self._open else failures + 1
            await self._ended()
            if self.failure is None and not (afresh and failures == 1):
                await asyncio.sleep(max(wait, backoff(failures)))

    def _refused(self, refused: SignInFailed, afresh: bool) -> bool:
        """Not let in: tried once more, for a token may have expired; then it is final."""
        self._last_reason = str(refused)
        if afresh:
            self._give_up(refused)
        return True

    async def _one_connection(self, afresh: bool) -> None:
        """Until it ends, which raises."""
        hello = await self._credential(afresh)
        hello.room = self.wanted.room
        resume = self._resume_point()
        if resume is not None:
            hello.resume.CopyFrom(resume)
        link = self._link = await Link.open(self.url)
        pending = self._requests.ask(ClientMessage(authenticate=hello))
        self.aggregate.held = True
        watch = asyncio.create_task(self._watch(link))
        coming_in = asyncio.create_task(self._come_in(pending))
        try:
            await self._send([pending])
            while not coming_in.done():
                receiving = asyncio.ensure_future(link.receive())
                await asyncio.wait([receiving, coming_in], return_when=asyncio.FIRST_COMPLETED)
                if coming_in.done() and (error := coming_in.exception()) is not None:
                    receiving.cancel()
                    await asyncio.gather(receiving, return_exceptions=True)
                    raise error
                self._take(await receiving)
            while True:
                self._take(await link.receive())
        finally:
            watch.cancel()
            coming_in.cancel()
            await asyncio.gather(watch, coming_in, return_exceptions=True)
            self._requests.forget(pending)

    async def _come_in(self, hello: Pending) -> None:
        """Signs in and makes all so again that is wanted; then requests are taken."""
        answer = (await hello.answer).authenticated
        if not answer.resumed:
            self._subscriptions.in_force.clear()
        if not answer.room_id:
            if not self.wanted.join_code:
                rooms = ", ".join(sorted(room.slug for room in answer.rooms)) or "none"
                raise RoomRefused(
                    f'You may not enter the room "{self.wanted.room or "main"}". You may enter these: {rooms}.',
                    "NOT_INVITED",
                )
            await self._ask(
                ClientMessage(
                    enter_room=EnterRoom(slug=self.wanted.room, join_code=self.wanted.join_code)
                )
            )
        await self._until_complete()
        wanted = self.wanted
        if wanted.elevated:
            await self._ask(ClientMessage(set_elevated=SetElevated(elevated=True)))
            await self._until_complete()
        if wanted.account_id and wanted.account_id != self.aggregate.target.session.account_id:
            await self._ask(ClientMessage(act_as=ActAs(account_id=wanted.account_id)))
        if wanted.cancel_on_disconnect:
            await self._ask(
                ClientMessage(set_cancel_on_disconnect=SetCancelOnDisconnect(enabled=True))
            )
        await self._take_up_subscriptions()
        self._now_open(answer.resumed)

    async def _take_up_subscriptions(self) -> None:
        for wish in self._subscriptions.missing():
            await self._ask(ClientMessage(subscribe=wish))
            self._subscriptions.confirmed(wish)
        self._look_at_books()

    def _now_open(self, resumed: bool) -> None:
        with self.changed:
            self.aggregate.held = False
            self.aggregate.show()
        self.connections += 1
        self.resumed += resumed
        self._open = True
        self._tell("reconnected" if self.connections > 1 else "connected")
        self._changes.notify()
        self._in_background(self._send(self._requests.to_send()))
        if self.aggregate.lost:
            self._in_background(find_lost_orders(self))

    async def _ended(self) -> None:
        was_open, self._open = self._open, False
        link, self._link = self._link, None
        self._requests.connection_lost()
        if link is not None:
            await link.close()
        if was_open:
            log.info("Connection lost: %s", self._last_reason)
            self._tell("disconnected")
            self._changes.notify()

    def _resume_point(self) -> Resume | None:
        """What to say that we hold; None when that is not a whole state."""
        state, session = self.aggregate.state, self.aggregate.state.session
        if not self.aggregate.ready or self.aggregate.building is not None:
            # Half of a snapshot is of no use to anyone.
            self.aggregate.building = None
            return None
        return Resume(
            epoch=session.epoch,
            sequence=state.sequence,
            subscriptions=self._subscriptions.in_force,
            room_id=session.room_id,
            elevated=session.elevated,
        )

    def _take(self, frame: ServerFrame) -> None:
        """A frame that came: state, answers, streams, in this order."""
        with self.changed:
            self.aggregate.apply(frame)
        for message in frame.messages:
            if message.request_id:
                self._requests.answered(message)
            kind = message.WhichOneof("event")
            if kind == "room_entered" and self._open:
                self._moved(message.room_entered.room_id)
            elif kind == "ready" and self._open and self.aggregate.held:
                self._in_background(self._settle_in())
        for stream in list(self._streams):
            stream.put(frame)
        self._changes.notify()

    def _moved(self, room_id: int) -> None:
        """In another room nothing is listened to yet, and one acts as oneself."""
        self._subscriptions.in_force.clear()
        self.wanted.account_id, self.wanted.elevated = 0, False
        room = self.aggregate.target.session.rooms.get(room_id)
        self.wanted.room = room.slug if room is not None else self.wanted.room
        # Its snapshots and Ready follow; then we subscribe, and only then it is shown.
        self.aggregate.held = room_id != 0

    async def _settle_in(self) -> None:
        await self._take_up_subscriptions()
        with self.changed:
            self.aggregate.held = False
            self.aggregate.show()
        self._changes.notify()

    # Small things.

    async def _ask(self, request: ClientMessage) -> ServerMessage:
        """As part of coming in, before other requests are sent."""
        pending = self._requests.ask(request)
        try:
            await self._send([pending])
            return await pending.answer
        finally:
            self._requests.forget(pending)

    async def _send(self, pending: list[Pending]) -> None:
        link = self._link
        if link is None or not pending:
            return
        for each in pending:
            self._requests.sending(each)
        try:
            await link.send([each.message for each in pending])
        except LinkEnded:
            pass  # The receiving side ends of the same cause, and knows what to do.

    async def _watch(self, link: Link) -> None:
        """Ends a connection that is not ready in time, or that leaves a request unanswered."""
        began = time.monotonic()
        while True:
            await asyncio.sleep(min(1.0, self.answer_within / 4))
            oldest = self._requests.oldest_sent()
            late = oldest is not None and time.monotonic() - oldest > self.answer_within
            if late or (not self._open and time.monotonic() - began > READY_WITHIN_S):
                await link.close()
                return

    async def _until_complete(self) -> None:
        while self.aggregate.building is not None and not self.aggregate.complete:
            await self._changes.next()

    async def _until_open(self) -> None:
        while not self._open:
            if self.failure is not None:
                raise self.failure
            await self._changes.next()

    def changed_now(self) -> None:
        """Tells those who wait."""
        self._changes.notify()

    def _tell(self, what: str) -> None:
        for stream in list(self._streams):
            stream.put_connection(what, self.aggregate.state.sequence)

    def _in_background(self, work: Awaitable[None]) -> None:
        async def run() -> None:
            await work

        task = asyncio.create_task(run())
        self._background.add(task)
        task.add_done_callback(self._background.discard)

    def _look_at_books(self) -> None:
        self.aggregate.listen_to_all_books(self._subscriptions.hears_all_books)

    def _give_up(self, failure: ExchangeError) -> None:
        if self.failure is None:
            self.failure = failure
        self._requests.give_up(failure)
        for stream in list(self._streams):
            stream.end(failure)
        self._changes.notify()


async def start(
    url: str, credential: Callable[[bool], Awaitable[Authenticate]], wanted: Wanted, timeout: float
) -> Connection:
    """A connection that is ready."""
    websocket_url(url)  # A wrong address is the caller's mistake, so it is raised at once.
    connection = Connection(url, credential, wanted)
    await connection.start(timeout)
    return connection
