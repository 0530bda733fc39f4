from exchange.proto import history_pb2 as _history_pb2
from exchange.proto import markets_pb2 as _markets_pb2
from exchange.proto import money_pb2 as _money_pb2
from exchange.proto import orders_pb2 as _orders_pb2
from exchange.proto import rooms_pb2 as _rooms_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from typing import ClassVar as _ClassVar, Iterable as _Iterable, Mapping as _Mapping, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class AssignedNotice(_message.Message):
    __slots__ = ["option", "quantity"]
    OPTION_FIELD_NUMBER: _ClassVar[int]
    QUANTITY_FIELD_NUMBER: _ClassVar[int]
    option: _markets_pb2.Option
    quantity: int
    def __init__(self, quantity: _Optional[int] = ..., option: _Optional[_Union[_markets_pb2.Option, _Mapping]] = ...) -> None: ...

class CancelledNotice(_message.Message):
    __slots__ = ["orders", "price", "quantity", "reason", "side"]
    ORDERS_FIELD_NUMBER: _ClassVar[int]
    PRICE_FIELD_NUMBER: _ClassVar[int]
    QUANTITY_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    SIDE_FIELD_NUMBER: _ClassVar[int]
    orders: int
    price: int
    quantity: int
    reason: _orders_pb2.OrderReason
    side: _orders_pb2.Side
    def __init__(self, reason: _Optional[_Union[_orders_pb2.OrderReason, str]] = ..., orders: _Optional[int] = ..., side: _Optional[_Union[_orders_pb2.Side, str]] = ..., price: _Optional[int] = ..., quantity: _Optional[int] = ...) -> None: ...

class GetHealth(_message.Message):
    __slots__ = []
    def __init__(self) -> None: ...

class GetMembersOverview(_message.Message):
    __slots__ = []
    def __init__(self) -> None: ...

class GetNotices(_message.Message):
    __slots__ = ["page"]
    PAGE_FIELD_NUMBER: _ClassVar[int]
    page: _history_pb2.Page
    def __init__(self, page: _Optional[_Union[_history_pb2.Page, _Mapping]] = ...) -> None: ...

class GetPerson(_message.Message):
    __slots__ = ["user_id"]
    USER_ID_FIELD_NUMBER: _ClassVar[int]
    user_id: int
    def __init__(self, user_id: _Optional[int] = ...) -> None: ...

class Health(_message.Message):
    __slots__ = ["commit_longest_us", "commit_p50_us", "commit_p99_us", "commits_per_second", "connections", "database_size", "disk_free", "disk_size", "events", "log_size", "memory", "memory_size", "orders_per_second", "overloaded", "ready", "started_time_us", "version", "waiting"]
    COMMITS_PER_SECOND_FIELD_NUMBER: _ClassVar[int]
    COMMIT_LONGEST_US_FIELD_NUMBER: _ClassVar[int]
    COMMIT_P50_US_FIELD_NUMBER: _ClassVar[int]
    COMMIT_P99_US_FIELD_NUMBER: _ClassVar[int]
    CONNECTIONS_FIELD_NUMBER: _ClassVar[int]
    DATABASE_SIZE_FIELD_NUMBER: _ClassVar[int]
    DISK_FREE_FIELD_NUMBER: _ClassVar[int]
    DISK_SIZE_FIELD_NUMBER: _ClassVar[int]
    EVENTS_FIELD_NUMBER: _ClassVar[int]
    LOG_SIZE_FIELD_NUMBER: _ClassVar[int]
    MEMORY_FIELD_NUMBER: _ClassVar[int]
    MEMORY_SIZE_FIELD_NUMBER: _ClassVar[int]
    ORDERS_PER_SECOND_FIELD_NUMBER: _ClassVar[int]
    OVERLOADED_FIELD_NUMBER: _ClassVar[int]
    READY_FIELD_NUMBER: _ClassVar[int]
    STARTED_TIME_US_FIELD_NUMBER: _ClassVar[int]
    VERSION_FIELD_NUMBER: _ClassVar[int]
    WAITING_FIELD_NUMBER: _ClassVar[int]
    commit_longest_us: int
    commit_p50_us: int
    commit_p99_us: int
    commits_per_second: float
    connections: int
    database_size: int
    disk_free: int
    disk_size: int
    events: int
    log_size: int
    memory: int
    memory_size: int
    orders_per_second: float
    overloaded: int
    ready: bool
    started_time_us: int
    version: str
    waiting: int
    def __init__(self, version: _Optional[str] = ..., started_time_us: _Optional[int] = ..., connections: _Optional[int] = ..., orders_per_second: _Optional[float] = ..., commits_per_second: _Optional[float] = ..., commit_p50_us: _Optional[int] = ..., commit_p99_us: _Optional[int] = ..., commit_longest_us: _Optional[int] = ..., waiting: _Optional[int] = ..., overloaded: _Optional[int] = ..., events: _Optional[int] = ..., disk_free: _Optional[int] = ..., disk_size: _Optional[int] = ..., database_size: _Optional[int] = ..., log_size: _Optional[int] = ..., memory: _Optional[int] = ..., memory_size: _Optional[int] = ..., ready: bool = ...) -> None: ...

class MarkNoticesRead(_message.Message):
    __slots__ = ["sequence"]
    SEQUENCE_FIELD_NUMBER: _ClassVar[int]
    sequence: int
    def __init__(self, sequence: _Optional[int] = ...) -> None: ...

class MemberOverview(_message.Message):
    __slots__ = ["by_key", "cash", "connections", "equity", "last_seen_time_us", "open_orders", "profit", "trades", "user_id"]
    BY_KEY_FIELD_NUMBER: _ClassVar[int]
    CASH_FIELD_NUMBER: _ClassVar[int]
    CONNECTIONS_FIELD_NUMBER: _ClassVar[int]
    EQUITY_FIELD_NUMBER: _ClassVar[int]
    LAST_SEEN_TIME_US_FIELD_NUMBER: _ClassVar[int]
    OPEN_ORDERS_FIELD_NUMBER: _ClassVar[int]
    PROFIT_FIELD_NUMBER: _ClassVar[int]
    TRADES_FIELD_NUMBER: _ClassVar[int]
    USER_ID_FIELD_NUMBER: _ClassVar[int]
    by_key: int
    cash: int
    connections: int
    equity: int
    last_seen_time_us: int
    open_orders: int
    profit: int
    trades: int
    user_id: int
    def __init__(self, user_id: _Optional[int] = ..., connections: _Optional[int] = ..., by_key: _Optional[int] = ..., last_seen_time_us: _Optional[int] = ..., cash: _Optional[int] = ..., equity: _Optional[int] = ..., profit: _Optional[int] = ..., trades: _Optional[int] = ..., open_orders: _Optional[int] = ...) -> None: ...

class MembersOverview(_message.Message):
    __slots__ = ["members"]
    MEMBERS_FIELD_NUMBER: _ClassVar[int]
    members: _containers.RepeatedCompositeFieldContainer[MemberOverview]
    def __init__(self, members: _Optional[_Iterable[_Union[MemberOverview, _Mapping]]] = ...) -> None: ...

class Notice(_message.Message):
    __slots__ = ["account_id", "archived", "assigned", "by_user_id", "cancelled", "market_id", "role", "sequence", "settled", "status", "time_us", "transfer", "undone"]
    ACCOUNT_ID_FIELD_NUMBER: _ClassVar[int]
    ARCHIVED_FIELD_NUMBER: _ClassVar[int]
    ASSIGNED_FIELD_NUMBER: _ClassVar[int]
    BY_USER_ID_FIELD_NUMBER: _ClassVar[int]
    CANCELLED_FIELD_NUMBER: _ClassVar[int]
    MARKET_ID_FIELD_NUMBER: _ClassVar[int]
    ROLE_FIELD_NUMBER: _ClassVar[int]
    SEQUENCE_FIELD_NUMBER: _ClassVar[int]
    SETTLED_FIELD_NUMBER: _ClassVar[int]
    STATUS_FIELD_NUMBER: _ClassVar[int]
    TIME_US_FIELD_NUMBER: _ClassVar[int]
    TRANSFER_FIELD_NUMBER: _ClassVar[int]
    UNDONE_FIELD_NUMBER: _ClassVar[int]
    account_id: int
    archived: bool
    assigned: AssignedNotice
    by_user_id: int
    cancelled: CancelledNotice
    market_id: int
    role: _rooms_pb2.Role
    sequence: int
    settled: SettledNotice
    status: _markets_pb2.MarketStatus
    time_us: int
    transfer: _money_pb2.Transfer
    undone: SettledNotice
    def __init__(self, sequence: _Optional[int] = ..., time_us: _Optional[int] = ..., account_id: _Optional[int] = ..., market_id: _Optional[int] = ..., by_user_id: _Optional[int] = ..., transfer: _Optional[_Union[_money_pb2.Transfer, _Mapping]] = ..., settled: _Optional[_Union[SettledNotice, _Mapping]] = ..., undone: _Optional[_Union[SettledNotice, _Mapping]] = ..., status: _Optional[_Union[_markets_pb2.MarketStatus, str]] = ..., cancelled: _Optional[_Union[CancelledNotice, _Mapping]] = ..., assigned: _Optional[_Union[AssignedNotice, _Mapping]] = ..., role: _Optional[_Union[_rooms_pb2.Role, str]] = ..., archived: bool = ...) -> None: ...

class NoticesPage(_message.Message):
    __slots__ = ["next_after", "notices", "read_sequence"]
    NEXT_AFTER_FIELD_NUMBER: _ClassVar[int]
    NOTICES_FIELD_NUMBER: _ClassVar[int]
    READ_SEQUENCE_FIELD_NUMBER: _ClassVar[int]
    next_after: int
    notices: _containers.RepeatedCompositeFieldContainer[Notice]
    read_sequence: int
    def __init__(self, notices: _Optional[_Iterable[_Union[Notice, _Mapping]]] = ..., next_after: _Optional[int] = ..., read_sequence: _Optional[int] = ...) -> None: ...

class NoticesRead(_message.Message):
    __slots__ = ["sequence"]
    SEQUENCE_FIELD_NUMBER: _ClassVar[int]
    sequence: int
    def __init__(self, sequence: _Optional[int] = ...) -> None: ...

class Person(_message.Message):
    __slots__ = ["accounts", "connections", "email", "overview", "role", "user"]
    ACCOUNTS_FIELD_NUMBER: _ClassVar[int]
    CONNECTIONS_FIELD_NUMBER: _ClassVar[int]
    EMAIL_FIELD_NUMBER: _ClassVar[int]
    OVERVIEW_FIELD_NUMBER: _ClassVar[int]
    ROLE_FIELD_NUMBER: _ClassVar[int]
    USER_FIELD_NUMBER: _ClassVar[int]
    accounts: _containers.RepeatedCompositeFieldContainer[_rooms_pb2.PortfolioSnapshot]
    connections: _containers.RepeatedCompositeFieldContainer[PersonConnection]
    email: str
    overview: MemberOverview
    role: _rooms_pb2.Role
    user: _rooms_pb2.User
    def __init__(self, user: _Optional[_Union[_rooms_pb2.User, _Mapping]] = ..., role: _Optional[_Union[_rooms_pb2.Role, str]] = ..., email: _Optional[str] = ..., accounts: _Optional[_Iterable[_Union[_rooms_pb2.PortfolioSnapshot, _Mapping]]] = ..., overview: _Optional[_Union[MemberOverview, _Mapping]] = ..., connections: _Optional[_Iterable[_Union[PersonConnection, _Mapping]]] = ...) -> None: ...

class PersonConnection(_message.Message):
    __slots__ = ["by_key", "since_time_us"]
    BY_KEY_FIELD_NUMBER: _ClassVar[int]
    SINCE_TIME_US_FIELD_NUMBER: _ClassVar[int]
    by_key: bool
    since_time_us: int
    def __init__(self, since_time_us: _Optional[int] = ..., by_key: bool = ...) -> None: ...

class SettledNotice(_message.Message):
    __slots__ = ["paid", "position", "price", "profit"]
    PAID_FIELD_NUMBER: _ClassVar[int]
    POSITION_FIELD_NUMBER: _ClassVar[int]
    PRICE_FIELD_NUMBER: _ClassVar[int]
    PROFIT_FIELD_NUMBER: _ClassVar[int]
    paid: int
    position: int
    price: int
    profit: int
    def __init__(self, price: _Optional[int] = ..., position: _Optional[int] = ..., paid: _Optional[int] = ..., profit: _Optional[int] = ...) -> None: ...
