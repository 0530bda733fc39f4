from exchange.proto import markets_pb2 as _markets_pb2
from exchange.proto import money_pb2 as _money_pb2
from exchange.proto import orders_pb2 as _orders_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf.internal import enum_type_wrapper as _enum_type_wrapper
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from typing import ClassVar as _ClassVar, Iterable as _Iterable, Mapping as _Mapping, Optional as _Optional, Union as _Union

ACCOUNT_ROLE_MANAGER: AccountRole
ACCOUNT_ROLE_OWNER: AccountRole
ACCOUNT_ROLE_TRADER: AccountRole
ACCOUNT_ROLE_UNSPECIFIED: AccountRole
DESCRIPTOR: _descriptor.FileDescriptor
JOIN_POLICY_CLOSED: JoinPolicy
JOIN_POLICY_INVITE: JoinPolicy
JOIN_POLICY_OPEN: JoinPolicy
JOIN_POLICY_UNSPECIFIED: JoinPolicy
ROLE_ADMIN: Role
ROLE_SPECTATOR: Role
ROLE_TRADER: Role
ROLE_UNSPECIFIED: Role
WHO_MAY_CREATE_MARKETS_ADMINS: WhoMayCreateMarkets
WHO_MAY_CREATE_MARKETS_ANYONE: WhoMayCreateMarkets
WHO_MAY_CREATE_MARKETS_UNSPECIFIED: WhoMayCreateMarkets

class Account(_message.Message):
    __slots__ = ["account_id", "house_bot", "name", "owner_user_id", "personal", "room_id"]
    ACCOUNT_ID_FIELD_NUMBER: _ClassVar[int]
    HOUSE_BOT_FIELD_NUMBER: _ClassVar[int]
    NAME_FIELD_NUMBER: _ClassVar[int]
    OWNER_USER_ID_FIELD_NUMBER: _ClassVar[int]
    PERSONAL_FIELD_NUMBER: _ClassVar[int]
    ROOM_ID_FIELD_NUMBER: _ClassVar[int]
    account_id: int
    house_bot: bool
    name: str
    owner_user_id: int
    personal: bool
    room_id: int
    def __init__(self, account_id: _Optional[int] = ..., room_id: _Optional[int] = ..., name: _Optional[str] = ..., owner_user_id: _Optional[int] = ..., personal: bool = ..., house_bot: bool = ...) -> None: ...

class AccountChanged(_message.Message):
    __slots__ = ["account"]
    ACCOUNT_FIELD_NUMBER: _ClassVar[int]
    account: Account
    def __init__(self, account: _Optional[_Union[Account, _Mapping]] = ...) -> None: ...

class AccountMember(_message.Message):
    __slots__ = ["role", "user_id"]
    ROLE_FIELD_NUMBER: _ClassVar[int]
    USER_ID_FIELD_NUMBER: _ClassVar[int]
    role: AccountRole
    user_id: int
    def __init__(self, user_id: _Optional[int] = ..., role: _Optional[_Union[AccountRole, str]] = ...) -> None: ...

class AccountMembersChanged(_message.Message):
    __slots__ = ["account_id", "members"]
    ACCOUNT_ID_FIELD_NUMBER: _ClassVar[int]
    MEMBERS_FIELD_NUMBER: _ClassVar[int]
    account_id: int
    members: _containers.RepeatedCompositeFieldContainer[AccountMember]
    def __init__(self, account_id: _Optional[int] = ..., members: _Optional[_Iterable[_Union[AccountMember, _Mapping]]] = ...) -> None: ...

class GetLeaderboard(_message.Message):
    __slots__ = []
    def __init__(self) -> None: ...

class GetRoomSettings(_message.Message):
    __slots__ = []
    def __init__(self) -> None: ...

class InviteToRoom(_message.Message):
    __slots__ = ["add_emails", "remove_emails"]
    ADD_EMAILS_FIELD_NUMBER: _ClassVar[int]
    REMOVE_EMAILS_FIELD_NUMBER: _ClassVar[int]
    add_emails: _containers.RepeatedScalarFieldContainer[str]
    remove_emails: _containers.RepeatedScalarFieldContainer[str]
    def __init__(self, add_emails: _Optional[_Iterable[str]] = ..., remove_emails: _Optional[_Iterable[str]] = ...) -> None: ...

class Leaderboard(_message.Message):
    __slots__ = ["entries"]
    ENTRIES_FIELD_NUMBER: _ClassVar[int]
    entries: _containers.RepeatedCompositeFieldContainer[LeaderboardEntry]
    def __init__(self, entries: _Optional[_Iterable[_Union[LeaderboardEntry, _Mapping]]] = ...) -> None: ...

class LeaderboardEntry(_message.Message):
    __slots__ = ["account_id", "equity", "profit"]
    ACCOUNT_ID_FIELD_NUMBER: _ClassVar[int]
    EQUITY_FIELD_NUMBER: _ClassVar[int]
    PROFIT_FIELD_NUMBER: _ClassVar[int]
    account_id: int
    equity: int
    profit: int
    def __init__(self, account_id: _Optional[int] = ..., equity: _Optional[int] = ..., profit: _Optional[int] = ...) -> None: ...

class Member(_message.Message):
    __slots__ = ["role", "user"]
    ROLE_FIELD_NUMBER: _ClassVar[int]
    USER_FIELD_NUMBER: _ClassVar[int]
    role: Role
    user: User
    def __init__(self, user: _Optional[_Union[User, _Mapping]] = ..., role: _Optional[_Union[Role, str]] = ...) -> None: ...

class MemberChanged(_message.Message):
    __slots__ = ["member", "removed"]
    MEMBER_FIELD_NUMBER: _ClassVar[int]
    REMOVED_FIELD_NUMBER: _ClassVar[int]
    member: Member
    removed: bool
    def __init__(self, member: _Optional[_Union[Member, _Mapping]] = ..., removed: bool = ...) -> None: ...

class MembershipChanged(_message.Message):
    __slots__ = ["role", "room_id"]
    ROLE_FIELD_NUMBER: _ClassVar[int]
    ROOM_ID_FIELD_NUMBER: _ClassVar[int]
    role: Role
    room_id: int
    def __init__(self, room_id: _Optional[int] = ..., role: _Optional[_Union[Role, str]] = ...) -> None: ...

class OpenAccount(_message.Message):
    __slots__ = ["name"]
    NAME_FIELD_NUMBER: _ClassVar[int]
    name: str
    def __init__(self, name: _Optional[str] = ...) -> None: ...

class OpenRoom(_message.Message):
    __slots__ = ["join_policy", "name", "opening_balance", "slug", "who_may_create_markets"]
    JOIN_POLICY_FIELD_NUMBER: _ClassVar[int]
    NAME_FIELD_NUMBER: _ClassVar[int]
    OPENING_BALANCE_FIELD_NUMBER: _ClassVar[int]
    SLUG_FIELD_NUMBER: _ClassVar[int]
    WHO_MAY_CREATE_MARKETS_FIELD_NUMBER: _ClassVar[int]
    join_policy: JoinPolicy
    name: str
    opening_balance: int
    slug: str
    who_may_create_markets: WhoMayCreateMarkets
    def __init__(self, slug: _Optional[str] = ..., name: _Optional[str] = ..., join_policy: _Optional[_Union[JoinPolicy, str]] = ..., opening_balance: _Optional[int] = ..., who_may_create_markets: _Optional[_Union[WhoMayCreateMarkets, str]] = ...) -> None: ...

class PortfolioChanged(_message.Message):
    __slots__ = ["account_id", "available", "cash", "position"]
    ACCOUNT_ID_FIELD_NUMBER: _ClassVar[int]
    AVAILABLE_FIELD_NUMBER: _ClassVar[int]
    CASH_FIELD_NUMBER: _ClassVar[int]
    POSITION_FIELD_NUMBER: _ClassVar[int]
    account_id: int
    available: int
    cash: int
    position: Position
    def __init__(self, account_id: _Optional[int] = ..., cash: _Optional[int] = ..., available: _Optional[int] = ..., position: _Optional[_Union[Position, _Mapping]] = ...) -> None: ...

class PortfolioSnapshot(_message.Message):
    __slots__ = ["account_id", "available", "cancel_time_us", "cash", "members", "orders", "positions", "received", "transfers"]
    ACCOUNT_ID_FIELD_NUMBER: _ClassVar[int]
    AVAILABLE_FIELD_NUMBER: _ClassVar[int]
    CANCEL_TIME_US_FIELD_NUMBER: _ClassVar[int]
    CASH_FIELD_NUMBER: _ClassVar[int]
    MEMBERS_FIELD_NUMBER: _ClassVar[int]
    ORDERS_FIELD_NUMBER: _ClassVar[int]
    POSITIONS_FIELD_NUMBER: _ClassVar[int]
    RECEIVED_FIELD_NUMBER: _ClassVar[int]
    TRANSFERS_FIELD_NUMBER: _ClassVar[int]
    account_id: int
    available: int
    cancel_time_us: int
    cash: int
    members: _containers.RepeatedCompositeFieldContainer[AccountMember]
    orders: _containers.RepeatedCompositeFieldContainer[_orders_pb2.Order]
    positions: _containers.RepeatedCompositeFieldContainer[Position]
    received: int
    transfers: _containers.RepeatedCompositeFieldContainer[_money_pb2.Transfer]
    def __init__(self, account_id: _Optional[int] = ..., cash: _Optional[int] = ..., available: _Optional[int] = ..., positions: _Optional[_Iterable[_Union[Position, _Mapping]]] = ..., orders: _Optional[_Iterable[_Union[_orders_pb2.Order, _Mapping]]] = ..., members: _Optional[_Iterable[_Union[AccountMember, _Mapping]]] = ..., transfers: _Optional[_Iterable[_Union[_money_pb2.Transfer, _Mapping]]] = ..., cancel_time_us: _Optional[int] = ..., received: _Optional[int] = ...) -> None: ...

class Position(_message.Message):
    __slots__ = ["market_id", "open_cost", "quantity", "settled_profit", "spent"]
    MARKET_ID_FIELD_NUMBER: _ClassVar[int]
    OPEN_COST_FIELD_NUMBER: _ClassVar[int]
    QUANTITY_FIELD_NUMBER: _ClassVar[int]
    SETTLED_PROFIT_FIELD_NUMBER: _ClassVar[int]
    SPENT_FIELD_NUMBER: _ClassVar[int]
    market_id: int
    open_cost: int
    quantity: int
    settled_profit: int
    spent: int
    def __init__(self, market_id: _Optional[int] = ..., quantity: _Optional[int] = ..., spent: _Optional[int] = ..., settled_profit: _Optional[int] = ..., open_cost: _Optional[int] = ...) -> None: ...

class RemoveAccountMember(_message.Message):
    __slots__ = ["account_id", "user_id"]
    ACCOUNT_ID_FIELD_NUMBER: _ClassVar[int]
    USER_ID_FIELD_NUMBER: _ClassVar[int]
    account_id: int
    user_id: int
    def __init__(self, account_id: _Optional[int] = ..., user_id: _Optional[int] = ...) -> None: ...

class RenameAccount(_message.Message):
    __slots__ = ["account_id", "name"]
    ACCOUNT_ID_FIELD_NUMBER: _ClassVar[int]
    NAME_FIELD_NUMBER: _ClassVar[int]
    account_id: int
    name: str
    def __init__(self, account_id: _Optional[int] = ..., name: _Optional[str] = ...) -> None: ...

class Room(_message.Message):
    __slots__ = ["archived", "created_time_us", "house_account_id", "join_policy", "name", "opening_balance", "owner_user_id", "role", "room_id", "slug", "who_may_create_markets"]
    ARCHIVED_FIELD_NUMBER: _ClassVar[int]
    CREATED_TIME_US_FIELD_NUMBER: _ClassVar[int]
    HOUSE_ACCOUNT_ID_FIELD_NUMBER: _ClassVar[int]
    JOIN_POLICY_FIELD_NUMBER: _ClassVar[int]
    NAME_FIELD_NUMBER: _ClassVar[int]
    OPENING_BALANCE_FIELD_NUMBER: _ClassVar[int]
    OWNER_USER_ID_FIELD_NUMBER: _ClassVar[int]
    ROLE_FIELD_NUMBER: _ClassVar[int]
    ROOM_ID_FIELD_NUMBER: _ClassVar[int]
    SLUG_FIELD_NUMBER: _ClassVar[int]
    WHO_MAY_CREATE_MARKETS_FIELD_NUMBER: _ClassVar[int]
    archived: bool
    created_time_us: int
    house_account_id: int
    join_policy: JoinPolicy
    name: str
    opening_balance: int
    owner_user_id: int
    role: Role
    room_id: int
    slug: str
    who_may_create_markets: WhoMayCreateMarkets
    def __init__(self, room_id: _Optional[int] = ..., slug: _Optional[str] = ..., name: _Optional[str] = ..., house_account_id: _Optional[int] = ..., opening_balance: _Optional[int] = ..., who_may_create_markets: _Optional[_Union[WhoMayCreateMarkets, str]] = ..., role: _Optional[_Union[Role, str]] = ..., owner_user_id: _Optional[int] = ..., join_policy: _Optional[_Union[JoinPolicy, str]] = ..., archived: bool = ..., created_time_us: _Optional[int] = ...) -> None: ...

class RoomChanged(_message.Message):
    __slots__ = ["room"]
    ROOM_FIELD_NUMBER: _ClassVar[int]
    room: Room
    def __init__(self, room: _Optional[_Union[Room, _Mapping]] = ...) -> None: ...

class RoomSettings(_message.Message):
    __slots__ = ["invited_emails", "join_code"]
    INVITED_EMAILS_FIELD_NUMBER: _ClassVar[int]
    JOIN_CODE_FIELD_NUMBER: _ClassVar[int]
    invited_emails: _containers.RepeatedScalarFieldContainer[str]
    join_code: str
    def __init__(self, join_code: _Optional[str] = ..., invited_emails: _Optional[_Iterable[str]] = ...) -> None: ...

class RoomSnapshot(_message.Message):
    __slots__ = ["accounts", "markets", "members", "room"]
    ACCOUNTS_FIELD_NUMBER: _ClassVar[int]
    MARKETS_FIELD_NUMBER: _ClassVar[int]
    MEMBERS_FIELD_NUMBER: _ClassVar[int]
    ROOM_FIELD_NUMBER: _ClassVar[int]
    accounts: _containers.RepeatedCompositeFieldContainer[Account]
    markets: _containers.RepeatedCompositeFieldContainer[_markets_pb2.Market]
    members: _containers.RepeatedCompositeFieldContainer[Member]
    room: Room
    def __init__(self, room: _Optional[_Union[Room, _Mapping]] = ..., accounts: _Optional[_Iterable[_Union[Account, _Mapping]]] = ..., markets: _Optional[_Iterable[_Union[_markets_pb2.Market, _Mapping]]] = ..., members: _Optional[_Iterable[_Union[Member, _Mapping]]] = ...) -> None: ...

class SetRole(_message.Message):
    __slots__ = ["remove", "role", "user_id"]
    REMOVE_FIELD_NUMBER: _ClassVar[int]
    ROLE_FIELD_NUMBER: _ClassVar[int]
    USER_ID_FIELD_NUMBER: _ClassVar[int]
    remove: bool
    role: Role
    user_id: int
    def __init__(self, user_id: _Optional[int] = ..., role: _Optional[_Union[Role, str]] = ..., remove: bool = ...) -> None: ...

class ShareAccount(_message.Message):
    __slots__ = ["account_id", "role", "user_id"]
    ACCOUNT_ID_FIELD_NUMBER: _ClassVar[int]
    ROLE_FIELD_NUMBER: _ClassVar[int]
    USER_ID_FIELD_NUMBER: _ClassVar[int]
    account_id: int
    role: AccountRole
    user_id: int
    def __init__(self, account_id: _Optional[int] = ..., user_id: _Optional[int] = ..., role: _Optional[_Union[AccountRole, str]] = ...) -> None: ...

class UpdateRoom(_message.Message):
    __slots__ = ["archived", "join_code", "join_policy", "name", "opening_balance", "who_may_create_markets"]
    ARCHIVED_FIELD_NUMBER: _ClassVar[int]
    JOIN_CODE_FIELD_NUMBER: _ClassVar[int]
    JOIN_POLICY_FIELD_NUMBER: _ClassVar[int]
    NAME_FIELD_NUMBER: _ClassVar[int]
    OPENING_BALANCE_FIELD_NUMBER: _ClassVar[int]
    WHO_MAY_CREATE_MARKETS_FIELD_NUMBER: _ClassVar[int]
    archived: bool
    join_code: str
    join_policy: JoinPolicy
    name: str
    opening_balance: int
    who_may_create_markets: WhoMayCreateMarkets
    def __init__(self, name: _Optional[str] = ..., join_policy: _Optional[_Union[JoinPolicy, str]] = ..., opening_balance: _Optional[int] = ..., who_may_create_markets: _Optional[_Union[WhoMayCreateMarkets, str]] = ..., archived: bool = ..., join_code: _Optional[str] = ...) -> None: ...

class User(_message.Message):
    __slots__ = ["is_server_admin", "name", "user_id"]
    IS_SERVER_ADMIN_FIELD_NUMBER: _ClassVar[int]
    NAME_FIELD_NUMBER: _ClassVar[int]
    USER_ID_FIELD_NUMBER: _ClassVar[int]
    is_server_admin: bool
    name: str
    user_id: int
    def __init__(self, user_id: _Optional[int] = ..., name: _Optional[str] = ..., is_server_admin: bool = ...) -> None: ...

class WhoMayCreateMarkets(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = []

class JoinPolicy(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = []

class Role(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = []

class AccountRole(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = []
