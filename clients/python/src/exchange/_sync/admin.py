# Generated from exchange/_aio by clients/python/generate. Do not edit.
"""Creates and changes markets, rooms, accounts and API keys."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Iterable, TypeVar

from exchange import _units
from exchange._sync.base import Asking
from exchange._sync.market import Market
from exchange._derived import BasketOf, OptionOn, derive
from exchange._units import Number
from exchange.models import Account, ApiKey, Room
from exchange.proto import keys_pb2, markets_pb2, rooms_pb2, session_pb2

_JOIN = {
    "open": rooms_pb2.JOIN_POLICY_OPEN,
    "invite": rooms_pb2.JOIN_POLICY_INVITE,
    "closed": rooms_pb2.JOIN_POLICY_CLOSED,
}
_ROLES = {
    "spectator": rooms_pb2.ROLE_SPECTATOR,
    "trader": rooms_pb2.ROLE_TRADER,
    "admin": rooms_pb2.ROLE_ADMIN,
}
_ACCOUNT_ROLES = {
    "trader": rooms_pb2.ACCOUNT_ROLE_TRADER,
    "manager": rooms_pb2.ACCOUNT_ROLE_MANAGER,
}


class Admin(Asking):
    """Creates and changes markets, rooms, accounts and API keys."""

    def _account_id(self, account: str | int | Account) -> int:
        raise NotImplementedError

    def elevate(self, on: bool = True) -> None:
        """Turns admin powers on or off, for admins of the room. An API key never has them."""
        self.request(session_pb2.SetElevated(elevated=on))
        self._connection.wanted.elevated = on
        self._caller.run(self._connection.settled(self.timeout))

    def create_market(
        self,
        name: str,
        min_price: Number | None = None,
        max_price: Number | None = None,
        *,
        description: str = "",
        tick_size: Number = "0.01",
        derived_from: BasketOf | OptionOn | None = None,
        category: str = "",
        group: str = "",
        pinned: bool = False,
        anonymous: bool = False,
        visible_to: Iterable[str | int | Account] = (),
        max_order: Number = 0,
        max_position: Number = 0,
        closes: datetime | timedelta | None = None,
    ) -> Market:
        """Creates a market. You are its owner and settle it.

        min_price, max_price: its range. Leave both out for a derived market.
        derived_from: `BasketOf` or `OptionOn`, which settles by itself.
        closes: when it halts by itself, or how long from now; None: never.
        The arguments pinned to max_position are for elevated admins. max_order, max_position: contracts; 0: no limit.

        Raises NotAllowed, MarketRefused (the name is taken), InvalidRequest.
        """
        request = markets_pb2.CreateMarket(
            name=name,
            description=description,
            tick_size=_units.quantity_units(tick_size, "tick_size"),
            category=category,
            group=group,
            pinned=pinned,
            anonymous=anonymous,
            visible_to_account_ids=[self._account_id(account) for account in visible_to],
            max_order=_units.quantity_units(max_order, "max_order"),
            max_position=_units.quantity_units(max_position, "max_position"),
            close_time_us=_units.expiry_units(closes, "closes"),
        )
        if min_price is not None:
            request.min_price = _units.price_units(min_price, "min_price")
        if max_price is not None:
            request.max_price = _units.price_units(max_price, "max_price")
        derive(request, derived_from)
        market_id = (self.request(request)).market_changed.market.market_id
        return Market(self._connection, self._caller, self.timeout, market_id)

    def delete_market(self, market: Market | int) -> None:
        """Deletes a market that was made by mistake, and cancels its live orders. It works only while nobody has traded
        or holds anything in it, and no other market depends on it. For its owner, or an elevated admin.
        """
        number = market if isinstance(market, int) else market.id
        self.request(markets_pb2.DeleteMarket(market_id=number))

    def open_room(
        self,
        slug: str,
        name: str,
        *,
        join: str = "open",
        opening_balance: Number = 10_000,
        markets_by: str = "anyone",
    ) -> Room:
        """Opens a room. You are its owner. join: ``open``, ``invite`` or ``closed``; markets_by: ``anyone``,
        ``admins``. Enter it with `enter_room`."""
        request = rooms_pb2.OpenRoom(
            slug=slug,
            name=name,
            join_policy=_choice(_JOIN, join, "join"),
            opening_balance=_units.cash_units(opening_balance, "opening_balance"),
            who_may_create_markets=_choice(_MAKERS, markets_by, "markets_by"),
        )
        return Room.of((self.request(request)).room_changed.room, rooms_pb2.ROLE_ADMIN)

    def update_room(
        self,
        *,
        name: str | None = None,
        join: str | None = None,
        opening_balance: Number | None = None,
        markets_by: str | None = None,
        archived: bool | None = None,
        join_code: str | None = None,
    ) -> None:
        """Changes the room you are in. An argument that is left out stays unchanged. For elevated admins."""
        request = rooms_pb2.UpdateRoom(name=name, join_code=join_code)
        if archived is not None:
            request.archived = archived
        if join is not None:
            request.join_policy = _choice(_JOIN, join, "join")
        if opening_balance is not None:
            request.opening_balance = _units.cash_units(opening_balance, "opening_balance")
        if markets_by is not None:
            request.who_may_create_markets = _choice(_MAKERS, markets_by, "markets_by")
        self.request(request)

    def invite(self, emails: Iterable[str] = (), *, remove: Iterable[str] = ()) -> list[str]:
        """Adds e-mail addresses that may join, and removes others. Returns all addresses. For elevated admins."""
        request = rooms_pb2.InviteToRoom(add_emails=emails, remove_emails=remove)
        return list((self.request(request)).room_settings.invited_emails)

    def room_settings(self) -> rooms_pb2.RoomSettings:
        """The join code and the invited addresses of the room. For elevated admins."""
        return (self.request(rooms_pb2.GetRoomSettings())).room_settings

    def set_role(self, user_id: int, role: str | None) -> None:
        """Gives a member the role ``spectator``, ``trader`` or ``admin``; None removes them.
        For elevated admins."""
        request = rooms_pb2.SetRole(user_id=user_id, remove=role is None)
        if role is not None:
            request.role = _choice(_ROLES, role, "role")
        self.request(request)

    def open_account(self, name: str) -> Account:
        """Opens another account for you in this room: for a bot, a team or a strategy. It has no money yet."""
        answer = self.request(rooms_pb2.OpenAccount(name=name))
        account = Account.of(answer.account_changed.account)
        state = self._connection.aggregate
        self._caller.until(
            self._connection, lambda: account.account_id in state.state.portfolios, self.timeout
        )
        return account

    def rename_account(self, account: str | int | Account, name: str) -> None:
        """Renames an account. For its owner and managers."""
        self.request(rooms_pb2.RenameAccount(account_id=self._account_id(account), name=name))

    def share_account(
        self, account: str | int | Account, user_id: int, role: str = "trader"
    ) -> None:
        """Lets a member of the room act as an account, as ``trader`` or ``manager``. For its owner and managers."""
        request = rooms_pb2.ShareAccount(
            account_id=self._account_id(account),
            user_id=user_id,
            role=_choice(_ACCOUNT_ROLES, role, "role"),
        )
        self.request(request)

    def remove_account_member(self, account: str | int | Account, user_id: int) -> None:
        """Removes a member of an account. For its owner and managers, and for members who remove themselves."""
        self.request(
            rooms_pb2.RemoveAccountMember(account_id=self._account_id(account), user_id=user_id)
        )

    def create_api_key(
        self,
        name: str,
        *,
        account: str | int | Account | None = None,
        read_only: bool = False,
        expires: datetime | None = None,
    ) -> ApiKey:
        """Creates an API key that signs in as you. `secret` is the key; it is shown only this once. An API key can't
        create keys.

        account: the account that the key can see and trade for; None: all of yours.
        """
        request = keys_pb2.CreateApiKey(
            name=name,
            account_id=0 if account is None else self._account_id(account),
            read_only=read_only,
            expires_time_us=_units.expiry_units(expires),
        )
        made = (self.request(request)).api_key_created
        return ApiKey.of(made.key, made.secret)

    def api_keys(self) -> list[ApiKey]:
        """Your valid keys."""
        return [ApiKey.of(raw) for raw in (self.request(keys_pb2.GetApiKeys())).api_keys.keys]

    def revoke_api_key(self, key: int | ApiKey) -> None:
        """Revokes a key at once, and closes every connection that signed in with it."""
        key_id = key.key_id if isinstance(key, ApiKey) else key
        self.request(keys_pb2.RevokeApiKey(key_id=key_id))


_MAKERS = {
    "anyone": rooms_pb2.WHO_MAY_CREATE_MARKETS_ANYONE,
    "admins": rooms_pb2.WHO_MAY_CREATE_MARKETS_ADMINS,
}
_Value = TypeVar("_Value")


def _choice(choices: dict[str, _Value], wanted: str, what: str) -> _Value:
    if wanted not in choices:
        raise ValueError(f"{what} is {wanted!r}; it must be one of {', '.join(choices)}.")
    return choices[wanted]
