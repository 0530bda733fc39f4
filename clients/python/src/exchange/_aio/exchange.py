"""The exchange as one connection sees it."""

from __future__ import annotations

from decimal import Decimal
from types import TracebackType
from typing import Callable, Iterable, TypeVar

from exchange import _units
from exchange._aio.admin import AsyncAdmin
from exchange._aio.frames import AsyncFrames
from exchange._aio.market import AsyncMarket
from exchange._aio.markets import AsyncMarkets
from exchange._aio.money import AsyncMoney
from exchange._aio.notices import AsyncNotices
from exchange._aio.stream import AsyncStream
from exchange._aio.trading import AsyncTrading
from exchange._callers import AsyncCaller
from exchange._channels import Channel, subscription, unsubscription
from exchange._connection import Connection, start
from exchange._credentials import credential
from exchange._names import find
from exchange._subscriptions import Wanted

from exchange.models import Account, Room
from exchange.proto import rooms_pb2, session_pb2

T = TypeVar("T")


class AsyncExchange(AsyncTrading, AsyncMoney, AsyncNotices, AsyncFrames, AsyncAdmin):
    """The exchange: its markets, your account, requests that look like calls.

    What it shows (`markets`, `available`, `orders`, ...) is held here and always current; looking costs no
    request. A lost connection comes back by itself, and requests wait for it.
    """

    def __init__(self, connection: Connection, caller: AsyncCaller, timeout: float) -> None:
        """Use `connect`."""
        super().__init__(connection)
        self._caller, self.timeout = caller, timeout

    @classmethod
    async def connect(
        cls,
        url: str = "http://localhost:8080",
        *,
        api_key: str | None = None,
        token: str | None = None,
        name: str | None = None,
        password: str | None = None,
        room: str = "",
        join_code: str = "",
        account: str | int | None = None,
        channels: Channel | Iterable[Channel] = ("book", "trades"),
        timeout: float = 30.0,
    ) -> AsyncExchange:
        """Connects, signs in, and gives the exchange when all its state is here.

        url: where its web page is.
        api_key, or token, or name and password: who you are. Bots take an API key (made on the web page
            under Accounts), which does not expire in the night.
        room: the slug of the room to enter; empty: ``main``. join_code: for rooms that ask for one.
        account: whom to trade for, by name or id; None: your personal account.
        channels: what to listen to in every market: ``book``, ``trades``, ``ticker``; () for nothing.
        timeout: seconds that each request may take, this one included.

        Raises SignInFailed, ConnectionFailed, NotFound (no such account).
        """
        signing_in = credential(url, api_key, token, name, password)
        wanted = Wanted(room=room, join_code=join_code)
        named: list[Channel] = [channels] if isinstance(channels, str) else list(channels)
        if named:
            wanted.subscriptions.append(subscription(named, None))
        caller = AsyncCaller()
        try:
            connection = await caller.run(start(url, signing_in, wanted, timeout))
        except BaseException:
            caller.end()
            raise
        exchange = cls(connection, caller, timeout)
        if account is not None:
            try:
                await exchange.act_as(account)
            except BaseException:
                await exchange.close()
                raise
        return exchange

    async def close(self) -> None:
        """Ends the connection. Orders stay, unless `cancel_on_disconnect` was asked for."""
        if self._caller.has_ended:
            return
        await self._caller.run(self._connection.stop())
        self._caller.end()

    async def __aenter__(self) -> AsyncExchange:
        return self

    async def __aexit__(
        self,
        exc_type: type[BaseException] | None,
        exc: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        await self.close()

    # What happens.

    async def wait(self, condition: Callable[[], T], timeout: float | None = None) -> T:
        """Waits until `condition()` is true, looking after each change, and gives what it gave.

        Within `condition` nothing changes, so what it reads belongs together. timeout: seconds; None waits
        for ever. Raises WaitTimeout.
        """
        return await self._caller.until(self._connection, condition, timeout)

    def stream(self, seconds: float | None = None) -> AsyncStream:
        """Events from here on, one after the other; for `seconds`, or without an end.

        Each is there when the state shows it already. ``with`` or `close()` ends it.
        """
        return AsyncStream(self._connection.stream(seconds), self._caller)

    async def subscribe(self, *channels: Channel) -> None:
        """Listens to ``book``, ``trades``, ``ticker`` of every market, those created later included."""
        await self._caller.run(
            self._connection.subscribe(subscription(channels, None), self.timeout)
        )

    async def unsubscribe(self, *channels: Channel) -> None:
        """Listens no more, in any market."""
        await self._caller.run(
            self._connection.unsubscribe(unsubscription(channels, None), self.timeout)
        )

    @property
    def connected(self) -> bool:
        """Whether requests go out at once; if not, they wait for the connection to come back."""
        return self._connection.is_open

    @property
    def connections(self) -> int:
        """How many connections there were."""
        return self._connection.connections

    @property
    def sequence(self) -> int:
        """The exchange's count of commands that changed something, as of what is shown here."""
        return self._read(lambda state: state.sequence)

    # Who and where.

    @property
    def markets(self) -> AsyncMarkets:
        """The room's markets: ``ex.markets["Rain tomorrow"]``, ``ex.markets[3]``, ``for market in ex.markets``."""
        return AsyncMarkets(self._connection, self._caller, self.timeout)

    @property
    def user(self) -> rooms_pb2.User:
        """Who is signed in."""
        return self._read(lambda state: state.session.user)

    @property
    def room(self) -> Room:
        """Where you are."""

        number = self._read(lambda state: state.session.room_id)
        return next(room for room in self.rooms if room.room_id == number)

    @property
    def rooms(self) -> list[Room]:
        """Those you are in or may enter."""
        return self._read(
            lambda state: [
                Room.of(room, state.session.roles.get(room.room_id, 0))
                for room in state.session.rooms.values()
            ]
        )

    @property
    def account(self) -> Account:
        """The one that orders are placed for."""
        return self._read(lambda state: Account.of(state.accounts[state.session.account_id]))

    @property
    def accounts(self) -> list[Account]:
        """All of the room's."""
        return self._read(lambda state: [Account.of(raw) for raw in state.accounts.values()])

    @property
    def own_accounts(self) -> list[Account]:
        """Those that you may act as."""
        return self._read(
            lambda state: [
                Account.of(raw)
                for number, raw in state.accounts.items()
                if number in state.portfolios
            ]
        )

    @property
    def cash(self) -> Decimal:
        """Of the account acted as."""
        return self._read(lambda state: _units.cash(state.portfolio(state.session.account_id).cash))

    @property
    def available(self) -> Decimal:
        """What the account acted as can still put at risk."""
        return self._read(
            lambda state: _units.cash(state.portfolio(state.session.account_id).available)
        )

    @property
    def positions(self) -> dict[AsyncMarket, Decimal]:
        """Markets that the account acted as holds something in, and how much: long is positive."""
        held = self._read(
            lambda state: {
                number: position.quantity
                for number, position in state.portfolio(state.session.account_id).positions.items()
                if position.quantity
            }
        )
        return {
            AsyncMarket(self._connection, self._caller, self.timeout, number): _units.quantity(
                units
            )
            for number, units in held.items()
        }

    async def act_as(self, account: str | int) -> None:
        """Trades for this account from here on: one of yours, by name or id. Raises NotFound, NotAllowed."""
        number = self._account_id(account)
        await self.request(session_pb2.ActAs(account_id=number))
        self._connection.wanted.account_id = number

    async def enter_room(self, slug: str, *, join_code: str = "") -> None:
        """Goes to another room, and becomes a member of it if need be and allowed."""
        await self.request(session_pb2.EnterRoom(slug=slug, join_code=join_code))
        self._connection.wanted.join_code = join_code
        await self._caller.run(self._connection.settled(self.timeout))

    def __repr__(self) -> str:
        session = self._read(lambda state: state.session)
        room = session.rooms.get(session.room_id)
        where = room.slug if room is not None else "no room"
        return f"<Exchange at {self._connection.url}: {session.user.name} in {where}>"

    def _account_id(self, account: str | int | Account) -> int:
        if isinstance(account, Account):
            return account.account_id
        known = [(each.account_id, each.name) for each in self.accounts]
        return find("account", "ACCOUNT_NOT_FOUND", account, known)
