from exchange.proto import failures_pb2 as _failures_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf.internal import enum_type_wrapper as _enum_type_wrapper
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from typing import ClassVar as _ClassVar, Iterable as _Iterable, Mapping as _Mapping, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor
ORDER_REASON_ASSIGNED: OrderReason
ORDER_REASON_CANCEL_AFTER: OrderReason
ORDER_REASON_DISCONNECTED: OrderReason
ORDER_REASON_EXPIRED: OrderReason
ORDER_REASON_MARKET_DELETED: OrderReason
ORDER_REASON_MARKET_SETTLED: OrderReason
ORDER_REASON_MATCHED: OrderReason
ORDER_REASON_NO_TRADER: OrderReason
ORDER_REASON_PLACED: OrderReason
ORDER_REASON_REDUCE_ONLY: OrderReason
ORDER_REASON_REPLACED: OrderReason
ORDER_REASON_REQUESTED: OrderReason
ORDER_REASON_ROOM_ARCHIVED: OrderReason
ORDER_REASON_SELF_MATCH: OrderReason
ORDER_REASON_UNFILLED_REST: OrderReason
ORDER_REASON_UNSPECIFIED: OrderReason
ORDER_STATUS_CANCELLED: OrderStatus
ORDER_STATUS_FILLED: OrderStatus
ORDER_STATUS_LIVE: OrderStatus
ORDER_STATUS_UNSPECIFIED: OrderStatus
SIDE_BUY: Side
SIDE_SELL: Side
SIDE_UNSPECIFIED: Side
TIME_IN_FORCE_FILL_OR_KILL: TimeInForce
TIME_IN_FORCE_GOOD_TILL_CANCELLED: TimeInForce
TIME_IN_FORCE_GOOD_TILL_TIME: TimeInForce
TIME_IN_FORCE_IMMEDIATE_OR_CANCEL: TimeInForce
TIME_IN_FORCE_UNSPECIFIED: TimeInForce

class BatchApplied(_message.Message):
    __slots__ = ["results"]
    RESULTS_FIELD_NUMBER: _ClassVar[int]
    results: _containers.RepeatedCompositeFieldContainer[BatchResult]
    def __init__(self, results: _Optional[_Iterable[_Union[BatchResult, _Mapping]]] = ...) -> None: ...

class BatchItem(_message.Message):
    __slots__ = ["cancel", "place", "replace"]
    CANCEL_FIELD_NUMBER: _ClassVar[int]
    PLACE_FIELD_NUMBER: _ClassVar[int]
    REPLACE_FIELD_NUMBER: _ClassVar[int]
    cancel: CancelOrder
    place: PlaceOrder
    replace: ReplaceOrder
    def __init__(self, place: _Optional[_Union[PlaceOrder, _Mapping]] = ..., replace: _Optional[_Union[ReplaceOrder, _Mapping]] = ..., cancel: _Optional[_Union[CancelOrder, _Mapping]] = ...) -> None: ...

class BatchResult(_message.Message):
    __slots__ = ["existing", "failed", "order"]
    EXISTING_FIELD_NUMBER: _ClassVar[int]
    FAILED_FIELD_NUMBER: _ClassVar[int]
    ORDER_FIELD_NUMBER: _ClassVar[int]
    existing: bool
    failed: _failures_pb2.RequestFailed
    order: Order
    def __init__(self, order: _Optional[_Union[Order, _Mapping]] = ..., failed: _Optional[_Union[_failures_pb2.RequestFailed, _Mapping]] = ..., existing: bool = ...) -> None: ...

class CancelAfter(_message.Message):
    __slots__ = ["timeout_ms"]
    TIMEOUT_MS_FIELD_NUMBER: _ClassVar[int]
    timeout_ms: int
    def __init__(self, timeout_ms: _Optional[int] = ...) -> None: ...

class CancelAfterChanged(_message.Message):
    __slots__ = ["account_id", "cancel_time_us"]
    ACCOUNT_ID_FIELD_NUMBER: _ClassVar[int]
    CANCEL_TIME_US_FIELD_NUMBER: _ClassVar[int]
    account_id: int
    cancel_time_us: int
    def __init__(self, account_id: _Optional[int] = ..., cancel_time_us: _Optional[int] = ...) -> None: ...

class CancelOnDisconnectChanged(_message.Message):
    __slots__ = ["enabled"]
    ENABLED_FIELD_NUMBER: _ClassVar[int]
    enabled: bool
    def __init__(self, enabled: bool = ...) -> None: ...

class CancelOrder(_message.Message):
    __slots__ = ["client_order_id", "order_id"]
    CLIENT_ORDER_ID_FIELD_NUMBER: _ClassVar[int]
    ORDER_ID_FIELD_NUMBER: _ClassVar[int]
    client_order_id: str
    order_id: int
    def __init__(self, order_id: _Optional[int] = ..., client_order_id: _Optional[str] = ...) -> None: ...

class CancelOrders(_message.Message):
    __slots__ = ["market_id", "side"]
    MARKET_ID_FIELD_NUMBER: _ClassVar[int]
    SIDE_FIELD_NUMBER: _ClassVar[int]
    market_id: int
    side: Side
    def __init__(self, market_id: _Optional[int] = ..., side: _Optional[_Union[Side, str]] = ...) -> None: ...

class Fill(_message.Message):
    __slots__ = ["price", "quantity", "trade_id"]
    PRICE_FIELD_NUMBER: _ClassVar[int]
    QUANTITY_FIELD_NUMBER: _ClassVar[int]
    TRADE_ID_FIELD_NUMBER: _ClassVar[int]
    price: int
    quantity: int
    trade_id: int
    def __init__(self, trade_id: _Optional[int] = ..., price: _Optional[int] = ..., quantity: _Optional[int] = ...) -> None: ...

class Order(_message.Message):
    __slots__ = ["account_id", "cancel_on_disconnect", "client_order_id", "expires_time_us", "filled", "filled_value", "market_id", "order_id", "placed_by_user_id", "placed_time_us", "post_only", "price", "quantity", "reason", "reduce_only", "remaining", "side", "status", "time_in_force"]
    ACCOUNT_ID_FIELD_NUMBER: _ClassVar[int]
    CANCEL_ON_DISCONNECT_FIELD_NUMBER: _ClassVar[int]
    CLIENT_ORDER_ID_FIELD_NUMBER: _ClassVar[int]
    EXPIRES_TIME_US_FIELD_NUMBER: _ClassVar[int]
    FILLED_FIELD_NUMBER: _ClassVar[int]
    FILLED_VALUE_FIELD_NUMBER: _ClassVar[int]
    MARKET_ID_FIELD_NUMBER: _ClassVar[int]
    ORDER_ID_FIELD_NUMBER: _ClassVar[int]
    PLACED_BY_USER_ID_FIELD_NUMBER: _ClassVar[int]
    PLACED_TIME_US_FIELD_NUMBER: _ClassVar[int]
    POST_ONLY_FIELD_NUMBER: _ClassVar[int]
    PRICE_FIELD_NUMBER: _ClassVar[int]
    QUANTITY_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    REDUCE_ONLY_FIELD_NUMBER: _ClassVar[int]
    REMAINING_FIELD_NUMBER: _ClassVar[int]
    SIDE_FIELD_NUMBER: _ClassVar[int]
    STATUS_FIELD_NUMBER: _ClassVar[int]
    TIME_IN_FORCE_FIELD_NUMBER: _ClassVar[int]
    account_id: int
    cancel_on_disconnect: bool
    client_order_id: str
    expires_time_us: int
    filled: int
    filled_value: int
    market_id: int
    order_id: int
    placed_by_user_id: int
    placed_time_us: int
    post_only: bool
    price: int
    quantity: int
    reason: OrderReason
    reduce_only: bool
    remaining: int
    side: Side
    status: OrderStatus
    time_in_force: TimeInForce
    def __init__(self, order_id: _Optional[int] = ..., market_id: _Optional[int] = ..., account_id: _Optional[int] = ..., side: _Optional[_Union[Side, str]] = ..., price: _Optional[int] = ..., quantity: _Optional[int] = ..., remaining: _Optional[int] = ..., filled: _Optional[int] = ..., filled_value: _Optional[int] = ..., time_in_force: _Optional[_Union[TimeInForce, str]] = ..., post_only: bool = ..., client_order_id: _Optional[str] = ..., status: _Optional[_Union[OrderStatus, str]] = ..., reason: _Optional[_Union[OrderReason, str]] = ..., placed_time_us: _Optional[int] = ..., expires_time_us: _Optional[int] = ..., reduce_only: bool = ..., cancel_on_disconnect: bool = ..., placed_by_user_id: _Optional[int] = ...) -> None: ...

class OrderBatch(_message.Message):
    __slots__ = ["items"]
    ITEMS_FIELD_NUMBER: _ClassVar[int]
    items: _containers.RepeatedCompositeFieldContainer[BatchItem]
    def __init__(self, items: _Optional[_Iterable[_Union[BatchItem, _Mapping]]] = ...) -> None: ...

class OrderChanged(_message.Message):
    __slots__ = ["existing", "fills", "order"]
    EXISTING_FIELD_NUMBER: _ClassVar[int]
    FILLS_FIELD_NUMBER: _ClassVar[int]
    ORDER_FIELD_NUMBER: _ClassVar[int]
    existing: bool
    fills: _containers.RepeatedCompositeFieldContainer[Fill]
    order: Order
    def __init__(self, order: _Optional[_Union[Order, _Mapping]] = ..., fills: _Optional[_Iterable[_Union[Fill, _Mapping]]] = ..., existing: bool = ...) -> None: ...

class OrderPreviewed(_message.Message):
    __slots__ = ["available", "available_after", "filled", "filled_value", "market_id", "position_after", "resting", "side", "worst_case", "worst_case_after"]
    AVAILABLE_AFTER_FIELD_NUMBER: _ClassVar[int]
    AVAILABLE_FIELD_NUMBER: _ClassVar[int]
    FILLED_FIELD_NUMBER: _ClassVar[int]
    FILLED_VALUE_FIELD_NUMBER: _ClassVar[int]
    MARKET_ID_FIELD_NUMBER: _ClassVar[int]
    POSITION_AFTER_FIELD_NUMBER: _ClassVar[int]
    RESTING_FIELD_NUMBER: _ClassVar[int]
    SIDE_FIELD_NUMBER: _ClassVar[int]
    WORST_CASE_AFTER_FIELD_NUMBER: _ClassVar[int]
    WORST_CASE_FIELD_NUMBER: _ClassVar[int]
    available: int
    available_after: int
    filled: int
    filled_value: int
    market_id: int
    position_after: int
    resting: int
    side: Side
    worst_case: int
    worst_case_after: int
    def __init__(self, market_id: _Optional[int] = ..., side: _Optional[_Union[Side, str]] = ..., filled: _Optional[int] = ..., filled_value: _Optional[int] = ..., resting: _Optional[int] = ..., available: _Optional[int] = ..., available_after: _Optional[int] = ..., position_after: _Optional[int] = ..., worst_case: _Optional[int] = ..., worst_case_after: _Optional[int] = ...) -> None: ...

class OrdersCancelled(_message.Message):
    __slots__ = ["count"]
    COUNT_FIELD_NUMBER: _ClassVar[int]
    count: int
    def __init__(self, count: _Optional[int] = ...) -> None: ...

class PlaceOrder(_message.Message):
    __slots__ = ["client_order_id", "expires_time_us", "market_id", "post_only", "price", "quantity", "reduce_only", "side", "time_in_force"]
    CLIENT_ORDER_ID_FIELD_NUMBER: _ClassVar[int]
    EXPIRES_TIME_US_FIELD_NUMBER: _ClassVar[int]
    MARKET_ID_FIELD_NUMBER: _ClassVar[int]
    POST_ONLY_FIELD_NUMBER: _ClassVar[int]
    PRICE_FIELD_NUMBER: _ClassVar[int]
    QUANTITY_FIELD_NUMBER: _ClassVar[int]
    REDUCE_ONLY_FIELD_NUMBER: _ClassVar[int]
    SIDE_FIELD_NUMBER: _ClassVar[int]
    TIME_IN_FORCE_FIELD_NUMBER: _ClassVar[int]
    client_order_id: str
    expires_time_us: int
    market_id: int
    post_only: bool
    price: int
    quantity: int
    reduce_only: bool
    side: Side
    time_in_force: TimeInForce
    def __init__(self, market_id: _Optional[int] = ..., side: _Optional[_Union[Side, str]] = ..., price: _Optional[int] = ..., quantity: _Optional[int] = ..., time_in_force: _Optional[_Union[TimeInForce, str]] = ..., post_only: bool = ..., client_order_id: _Optional[str] = ..., expires_time_us: _Optional[int] = ..., reduce_only: bool = ...) -> None: ...

class PreviewOrder(_message.Message):
    __slots__ = ["order"]
    ORDER_FIELD_NUMBER: _ClassVar[int]
    order: PlaceOrder
    def __init__(self, order: _Optional[_Union[PlaceOrder, _Mapping]] = ...) -> None: ...

class ReplaceOrder(_message.Message):
    __slots__ = ["client_order_id", "order_id", "price", "quantity"]
    CLIENT_ORDER_ID_FIELD_NUMBER: _ClassVar[int]
    ORDER_ID_FIELD_NUMBER: _ClassVar[int]
    PRICE_FIELD_NUMBER: _ClassVar[int]
    QUANTITY_FIELD_NUMBER: _ClassVar[int]
    client_order_id: str
    order_id: int
    price: int
    quantity: int
    def __init__(self, order_id: _Optional[int] = ..., client_order_id: _Optional[str] = ..., price: _Optional[int] = ..., quantity: _Optional[int] = ...) -> None: ...

class SetCancelOnDisconnect(_message.Message):
    __slots__ = ["enabled"]
    ENABLED_FIELD_NUMBER: _ClassVar[int]
    enabled: bool
    def __init__(self, enabled: bool = ...) -> None: ...

class Side(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = []

class TimeInForce(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = []

class OrderStatus(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = []

class OrderReason(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = []
