# Generated from exchange/_aio by clients/python/generate. Do not edit.
"""The exchange as one connection sees it."""

from __future__ import annotations

from decimal import Decimal
from types import TracebackType
from typing import Callable, Iterable, TypeVar

from exchange import _units
from exchange._sync.admin import Admin
from exchange._sync.frames import Frames
from exchange._sync.market import Market
from exchange._sync.markets import Markets
from exchange._sync.money import Money
from exchange._sync.notices import Notices
from exchange._sync.stream import Stream
from exchange._sync.trading import Trading
from exchange._callers import Caller
from exchange._channels import Channel, subscription, unsubscription
from exchange._connection import Connection, start
from exchange._credentials import credential
from exchange._names import find
from exchange._subscriptions import Wanted

from exchange.models import Account, Room
from exchange.proto import rooms_pb2, session_pb2

T = TypeVar("T")


class Exchange(Trading, Money, Notices, Frames, Admin):
    """The exchange: its markets, your account, and methods that send requests.

    The client holds the state (`markets`, `available`, `orders`, ...) and keeps it current. Reading it needs no
    request. After a lost connection the client connects again by itself, and requests wait for it.
    """

    def __init__(self, connection: Connection, caller: Caller, timeout: float) -> None:
        """Use `connect`."""
        super().__init__(connection)
        self._caller, self.timeout = caller, timeout

    @classmethod
    def connect(
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
    ) -> Exchange:
        """Connects, signs in, and returns the exchange when its state is complete.

        url: the address of the web page.
        api_key, or token, or name and password: how you sign in. Bots use an API key, which you make on the
            web page under Accounts.
        room: the short name (slug) of the room; empty: ``main``. join_code: for rooms that need one.
        account: the account to trade for, by name or id; None: your personal account.
        channels: the subscriptions in every market: ``book``, ``trades``, ``ticker``; () for none.
        timeout: seconds that each request may take, this one included.

        Raises SignInFailed, ConnectionFailed, NotFound (no such account).
        """
        signing_in = credential(url, api_key, token, name, password)
        wanted = Wanted(room=room, join_code=join_code)
        named: list[Channel] = [channels] if isinstance(channels, str) else list(channels)
        if named:
            wanted.subscriptions.append(subscription(named, None))
        caller = Caller()
        try:
            connection = caller.run(start(url, signing_in, wanted, timeout))
        except BaseException:
            caller.end()
            raise
        exchange = cls(connection, caller, timeout)
        if account is not None:
            try:
                exchange.act_as(account)
            except BaseException:
                exchange.close()
                raise
        return exchange

    def close(self) -> None:
        """Ends the connection. Orders stay, unless `cancel_on_disconnect` is on."""
        if self._caller.has_ended:
            return
        self._caller.run(self._connection.stop())
        self._caller.end()

    def __enter__(self) -> Exchange:
        return self

    def __exit__(
        self,
        exc_type: type[BaseException] | None,
        exc: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()

    # What happens.

    def wait(self, condition: Callable[[], T], timeout: float | None = None) -> T:
        """Waits until `condition()` is true, and returns its value. It is checked after each change.

        While `condition` runs the state does not change, so the values that it reads belong together. timeout:
        seconds; None: no limit. Raises WaitTimeout.
        """
        return self._caller.until(self._connection, condition, timeout)

    def stream(self, seconds: float | None = None) -> Stream:
        """Events from now on, one after the other, for `seconds` or without an end.

        When an event comes, the state shows it already. ``with`` or `close()` ends the stream.
        """
        return Stream(self._connection.stream(seconds), self._caller)

    def subscribe(self, *channels: Channel) -> None:
        """Subscribes to ``book``, ``trades`` or ``ticker`` of every market, including those created later."""
        self._caller.run(self._connection.subscribe(subscription(channels, None), self.timeout))

    def unsubscribe(self, *channels: Channel) -> None:
        """Ends subscriptions in all markets."""
        self._caller.run(self._connection.unsubscribe(unsubscription(channels, None), self.timeout))

    @property
    def connected(self) -> bool:
        """Whether there is a connection. If there is none, requests wait for it."""
        return self._connection.is_open

    @property
    def connections(self) -> int:
        """How many connections there were, including the current one."""
        return self._connection.connections

    @property
    def sequence(self) -> int:
        """The sequence of the state: how many commands have changed something in the exchange."""
        return self._read(lambda state: state.sequence)

    # Who and where.

    @property
    def markets(self) -> Markets:
        """The room's markets: ``ex.markets["Rain tomorrow"]``, ``ex.markets[3]``, ``for market in ex.markets``."""
        return Markets(self._connection, self._caller, self.timeout)

    @property
    def user(self) -> rooms_pb2.User:
        """The user who is signed in."""
        return self._read(lambda state: state.session.user)

    @property
    def room(self) -> Room:
        """The room that you are in."""

        number = self._read(lambda state: state.session.room_id)
        return next(room for room in self.rooms if room.room_id == number)

    @property
    def rooms(self) -> list[Room]:
        """The rooms that you are a member of or may enter."""
        return self._read(
            lambda state: [
                Room.of(room, state.session.roles.get(room.room_id, 0))
                for room in state.session.rooms.values()
            ]
        )

    @property
    def account(self) -> Account:
        """The account for which orders are placed."""
        return self._read(lambda state: Account.of(state.accounts[state.session.account_id]))

    @property
    def accounts(self) -> list[Account]:
        """All accounts of the room."""
        return self._read(lambda state: [Account.of(raw) for raw in state.accounts.values()])

    @property
    def own_accounts(self) -> list[Account]:
        """The accounts that you may act as."""
        return self._read(
            lambda state: [
                Account.of(raw)
                for number, raw in state.accounts.items()
                if number in state.portfolios
            ]
        )

    @property
    def cash(self) -> Decimal:
        """The cash of the account that you act as."""
        return self._read(lambda state: _units.cash(state.portfolio(state.session.account_id).cash))

    @property
    def available(self) -> Decimal:
        """The cash that the account you act as can still put at risk."""
        return self._read(
            lambda state: _units.cash(state.portfolio(state.session.account_id).available)
        )

    @property
    def positions(self) -> dict[Market, Decimal]:
        """The positions of the account that you act as, by market: long is positive."""
        held = self._read(
            lambda state: {
                number: position.quantity
                for number, position in state.portfolio(state.session.account_id).positions.items()
                if position.quantity
            }
        )
        return {
            Market(self._connection, self._caller, self.timeout, number): _units.quantity(units)
            for number, units in held.items()
        }

    def act_as(self, account: str | int) -> None:
        """Makes this connection act as one of your accounts, by name or id. Raises NotFound, NotAllowed."""
        number = self._account_id(account)
        self.request(session_pb2.ActAs(account_id=number))
        self._connection.wanted.account_id = number

    def enter_room(self, slug: str, *, join_code: str = "") -> None:
        """Enters another room. If you are not a member yet and may become one, you become one."""
        self.request(session_pb2.EnterRoom(slug=slug, join_code=join_code))
        self._connection.wanted.join_code = join_code
        self._caller.run(self._connection.settled(self.timeout))

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
