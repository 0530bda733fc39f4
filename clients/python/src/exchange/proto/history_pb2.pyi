from exchange.proto import markets_pb2 as _markets_pb2
from exchange.proto import money_pb2 as _money_pb2
from exchange.proto import orders_pb2 as _orders_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf.internal import enum_type_wrapper as _enum_type_wrapper
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from typing import ClassVar as _ClassVar, Iterable as _Iterable, Mapping as _Mapping, Optional as _Optional, Union as _Union

CANDLE_INTERVAL_15_MINUTES: CandleInterval
CANDLE_INTERVAL_15_SECONDS: CandleInterval
CANDLE_INTERVAL_1_DAY: CandleInterval
CANDLE_INTERVAL_1_HOUR: CandleInterval
CANDLE_INTERVAL_1_MINUTE: CandleInterval
CANDLE_INTERVAL_1_SECOND: CandleInterval
CANDLE_INTERVAL_4_HOURS: CandleInterval
CANDLE_INTERVAL_5_MINUTES: CandleInterval
CANDLE_INTERVAL_5_SECONDS: CandleInterval
CANDLE_INTERVAL_UNSPECIFIED: CandleInterval
DESCRIPTOR: _descriptor.FileDescriptor

class AuditEntry(_message.Message):
    __slots__ = ["account_id", "action", "detail", "elevated", "market_id", "sentence", "sequence", "time_us", "user_id"]
    ACCOUNT_ID_FIELD_NUMBER: _ClassVar[int]
    ACTION_FIELD_NUMBER: _ClassVar[int]
    DETAIL_FIELD_NUMBER: _ClassVar[int]
    ELEVATED_FIELD_NUMBER: _ClassVar[int]
    MARKET_ID_FIELD_NUMBER: _ClassVar[int]
    SENTENCE_FIELD_NUMBER: _ClassVar[int]
    SEQUENCE_FIELD_NUMBER: _ClassVar[int]
    TIME_US_FIELD_NUMBER: _ClassVar[int]
    USER_ID_FIELD_NUMBER: _ClassVar[int]
    account_id: int
    action: str
    detail: str
    elevated: bool
    market_id: int
    sentence: _containers.RepeatedCompositeFieldContainer[SentencePart]
    sequence: int
    time_us: int
    user_id: int
    def __init__(self, sequence: _Optional[int] = ..., time_us: _Optional[int] = ..., user_id: _Optional[int] = ..., account_id: _Optional[int] = ..., market_id: _Optional[int] = ..., elevated: bool = ..., action: _Optional[str] = ..., detail: _Optional[str] = ..., sentence: _Optional[_Iterable[_Union[SentencePart, _Mapping]]] = ...) -> None: ...

class AuditPage(_message.Message):
    __slots__ = ["entries", "next_after"]
    ENTRIES_FIELD_NUMBER: _ClassVar[int]
    NEXT_AFTER_FIELD_NUMBER: _ClassVar[int]
    entries: _containers.RepeatedCompositeFieldContainer[AuditEntry]
    next_after: int
    def __init__(self, entries: _Optional[_Iterable[_Union[AuditEntry, _Mapping]]] = ..., next_after: _Optional[int] = ...) -> None: ...

class Candle(_message.Message):
    __slots__ = ["close", "high", "low", "open", "quantity", "time_us", "trades"]
    CLOSE_FIELD_NUMBER: _ClassVar[int]
    HIGH_FIELD_NUMBER: _ClassVar[int]
    LOW_FIELD_NUMBER: _ClassVar[int]
    OPEN_FIELD_NUMBER: _ClassVar[int]
    QUANTITY_FIELD_NUMBER: _ClassVar[int]
    TIME_US_FIELD_NUMBER: _ClassVar[int]
    TRADES_FIELD_NUMBER: _ClassVar[int]
    close: int
    high: int
    low: int
    open: int
    quantity: int
    time_us: int
    trades: int
    def __init__(self, time_us: _Optional[int] = ..., open: _Optional[int] = ..., high: _Optional[int] = ..., low: _Optional[int] = ..., close: _Optional[int] = ..., quantity: _Optional[int] = ..., trades: _Optional[int] = ...) -> None: ...

class CandlesPage(_message.Message):
    __slots__ = ["candles", "next_from_time_us"]
    CANDLES_FIELD_NUMBER: _ClassVar[int]
    NEXT_FROM_TIME_US_FIELD_NUMBER: _ClassVar[int]
    candles: _containers.RepeatedCompositeFieldContainer[Candle]
    next_from_time_us: int
    def __init__(self, candles: _Optional[_Iterable[_Union[Candle, _Mapping]]] = ..., next_from_time_us: _Optional[int] = ...) -> None: ...

class Conversion(_message.Message):
    __slots__ = ["by_user_id", "converted", "legs", "sequence", "time_us"]
    BY_USER_ID_FIELD_NUMBER: _ClassVar[int]
    CONVERTED_FIELD_NUMBER: _ClassVar[int]
    LEGS_FIELD_NUMBER: _ClassVar[int]
    SEQUENCE_FIELD_NUMBER: _ClassVar[int]
    TIME_US_FIELD_NUMBER: _ClassVar[int]
    by_user_id: int
    converted: _markets_pb2.BasketConverted
    legs: _containers.RepeatedCompositeFieldContainer[ConversionLeg]
    sequence: int
    time_us: int
    def __init__(self, converted: _Optional[_Union[_markets_pb2.BasketConverted, _Mapping]] = ..., legs: _Optional[_Iterable[_Union[ConversionLeg, _Mapping]]] = ..., by_user_id: _Optional[int] = ..., sequence: _Optional[int] = ..., time_us: _Optional[int] = ...) -> None: ...

class ConversionLeg(_message.Message):
    __slots__ = ["change", "market_id", "price"]
    CHANGE_FIELD_NUMBER: _ClassVar[int]
    MARKET_ID_FIELD_NUMBER: _ClassVar[int]
    PRICE_FIELD_NUMBER: _ClassVar[int]
    change: int
    market_id: int
    price: int
    def __init__(self, market_id: _Optional[int] = ..., change: _Optional[int] = ..., price: _Optional[int] = ...) -> None: ...

class ConversionsPage(_message.Message):
    __slots__ = ["conversions", "next_after"]
    CONVERSIONS_FIELD_NUMBER: _ClassVar[int]
    NEXT_AFTER_FIELD_NUMBER: _ClassVar[int]
    conversions: _containers.RepeatedCompositeFieldContainer[Conversion]
    next_after: int
    def __init__(self, conversions: _Optional[_Iterable[_Union[Conversion, _Mapping]]] = ..., next_after: _Optional[int] = ...) -> None: ...

class EquityPage(_message.Message):
    __slots__ = ["next_after", "samples"]
    NEXT_AFTER_FIELD_NUMBER: _ClassVar[int]
    SAMPLES_FIELD_NUMBER: _ClassVar[int]
    next_after: int
    samples: _containers.RepeatedCompositeFieldContainer[EquitySample]
    def __init__(self, samples: _Optional[_Iterable[_Union[EquitySample, _Mapping]]] = ..., next_after: _Optional[int] = ...) -> None: ...

class EquitySample(_message.Message):
    __slots__ = ["equity", "profit", "time_us"]
    EQUITY_FIELD_NUMBER: _ClassVar[int]
    PROFIT_FIELD_NUMBER: _ClassVar[int]
    TIME_US_FIELD_NUMBER: _ClassVar[int]
    equity: int
    profit: int
    time_us: int
    def __init__(self, time_us: _Optional[int] = ..., equity: _Optional[int] = ..., profit: _Optional[int] = ...) -> None: ...

class Exercise(_message.Message):
    __slots__ = ["exercised", "option", "sequence", "time_us"]
    EXERCISED_FIELD_NUMBER: _ClassVar[int]
    OPTION_FIELD_NUMBER: _ClassVar[int]
    SEQUENCE_FIELD_NUMBER: _ClassVar[int]
    TIME_US_FIELD_NUMBER: _ClassVar[int]
    exercised: _markets_pb2.OptionExercised
    option: _markets_pb2.Option
    sequence: int
    time_us: int
    def __init__(self, exercised: _Optional[_Union[_markets_pb2.OptionExercised, _Mapping]] = ..., option: _Optional[_Union[_markets_pb2.Option, _Mapping]] = ..., sequence: _Optional[int] = ..., time_us: _Optional[int] = ...) -> None: ...

class ExercisesPage(_message.Message):
    __slots__ = ["exercises", "next_after"]
    EXERCISES_FIELD_NUMBER: _ClassVar[int]
    NEXT_AFTER_FIELD_NUMBER: _ClassVar[int]
    exercises: _containers.RepeatedCompositeFieldContainer[Exercise]
    next_after: int
    def __init__(self, exercises: _Optional[_Iterable[_Union[Exercise, _Mapping]]] = ..., next_after: _Optional[int] = ...) -> None: ...

class GetAuditTrail(_message.Message):
    __slots__ = ["action", "from_time_us", "market_id", "page", "to_time_us", "user_id"]
    ACTION_FIELD_NUMBER: _ClassVar[int]
    FROM_TIME_US_FIELD_NUMBER: _ClassVar[int]
    MARKET_ID_FIELD_NUMBER: _ClassVar[int]
    PAGE_FIELD_NUMBER: _ClassVar[int]
    TO_TIME_US_FIELD_NUMBER: _ClassVar[int]
    USER_ID_FIELD_NUMBER: _ClassVar[int]
    action: str
    from_time_us: int
    market_id: int
    page: Page
    to_time_us: int
    user_id: int
    def __init__(self, page: _Optional[_Union[Page, _Mapping]] = ..., user_id: _Optional[int] = ..., market_id: _Optional[int] = ..., action: _Optional[str] = ..., from_time_us: _Optional[int] = ..., to_time_us: _Optional[int] = ...) -> None: ...

class GetBook(_message.Message):
    __slots__ = ["limit", "market_id", "sequence"]
    LIMIT_FIELD_NUMBER: _ClassVar[int]
    MARKET_ID_FIELD_NUMBER: _ClassVar[int]
    SEQUENCE_FIELD_NUMBER: _ClassVar[int]
    limit: int
    market_id: int
    sequence: int
    def __init__(self, market_id: _Optional[int] = ..., sequence: _Optional[int] = ..., limit: _Optional[int] = ...) -> None: ...

class GetCandles(_message.Message):
    __slots__ = ["from_time_us", "interval", "limit", "market_id", "to_time_us"]
    FROM_TIME_US_FIELD_NUMBER: _ClassVar[int]
    INTERVAL_FIELD_NUMBER: _ClassVar[int]
    LIMIT_FIELD_NUMBER: _ClassVar[int]
    MARKET_ID_FIELD_NUMBER: _ClassVar[int]
    TO_TIME_US_FIELD_NUMBER: _ClassVar[int]
    from_time_us: int
    interval: CandleInterval
    limit: int
    market_id: int
    to_time_us: int
    def __init__(self, market_id: _Optional[int] = ..., interval: _Optional[_Union[CandleInterval, str]] = ..., from_time_us: _Optional[int] = ..., to_time_us: _Optional[int] = ..., limit: _Optional[int] = ...) -> None: ...

class GetConversions(_message.Message):
    __slots__ = ["account_id", "page"]
    ACCOUNT_ID_FIELD_NUMBER: _ClassVar[int]
    PAGE_FIELD_NUMBER: _ClassVar[int]
    account_id: int
    page: Page
    def __init__(self, account_id: _Optional[int] = ..., page: _Optional[_Union[Page, _Mapping]] = ...) -> None: ...

class GetEquityCurve(_message.Message):
    __slots__ = ["account_id", "as_ranked", "interval_us", "page"]
    ACCOUNT_ID_FIELD_NUMBER: _ClassVar[int]
    AS_RANKED_FIELD_NUMBER: _ClassVar[int]
    INTERVAL_US_FIELD_NUMBER: _ClassVar[int]
    PAGE_FIELD_NUMBER: _ClassVar[int]
    account_id: int
    as_ranked: bool
    interval_us: int
    page: Page
    def __init__(self, account_id: _Optional[int] = ..., page: _Optional[_Union[Page, _Mapping]] = ..., as_ranked: bool = ..., interval_us: _Optional[int] = ...) -> None: ...

class GetExercises(_message.Message):
    __slots__ = ["account_id", "page"]
    ACCOUNT_ID_FIELD_NUMBER: _ClassVar[int]
    PAGE_FIELD_NUMBER: _ClassVar[int]
    account_id: int
    page: Page
    def __init__(self, account_id: _Optional[int] = ..., page: _Optional[_Union[Page, _Mapping]] = ...) -> None: ...

class GetOrderChanges(_message.Message):
    __slots__ = ["order_id", "page"]
    ORDER_ID_FIELD_NUMBER: _ClassVar[int]
    PAGE_FIELD_NUMBER: _ClassVar[int]
    order_id: int
    page: Page
    def __init__(self, order_id: _Optional[int] = ..., page: _Optional[_Union[Page, _Mapping]] = ...) -> None: ...

class GetOrders(_message.Message):
    __slots__ = ["account_id", "market_id", "page", "status"]
    ACCOUNT_ID_FIELD_NUMBER: _ClassVar[int]
    MARKET_ID_FIELD_NUMBER: _ClassVar[int]
    PAGE_FIELD_NUMBER: _ClassVar[int]
    STATUS_FIELD_NUMBER: _ClassVar[int]
    account_id: int
    market_id: int
    page: Page
    status: _orders_pb2.OrderStatus
    def __init__(self, account_id: _Optional[int] = ..., market_id: _Optional[int] = ..., status: _Optional[_Union[_orders_pb2.OrderStatus, str]] = ..., page: _Optional[_Union[Page, _Mapping]] = ...) -> None: ...

class GetSettlements(_message.Message):
    __slots__ = ["market_id", "page"]
    MARKET_ID_FIELD_NUMBER: _ClassVar[int]
    PAGE_FIELD_NUMBER: _ClassVar[int]
    market_id: int
    page: Page
    def __init__(self, market_id: _Optional[int] = ..., page: _Optional[_Union[Page, _Mapping]] = ...) -> None: ...

class GetStatusChanges(_message.Message):
    __slots__ = ["market_id", "page"]
    MARKET_ID_FIELD_NUMBER: _ClassVar[int]
    PAGE_FIELD_NUMBER: _ClassVar[int]
    market_id: int
    page: Page
    def __init__(self, market_id: _Optional[int] = ..., page: _Optional[_Union[Page, _Mapping]] = ...) -> None: ...

class GetTrades(_message.Message):
    __slots__ = ["account_id", "market_id", "page"]
    ACCOUNT_ID_FIELD_NUMBER: _ClassVar[int]
    MARKET_ID_FIELD_NUMBER: _ClassVar[int]
    PAGE_FIELD_NUMBER: _ClassVar[int]
    account_id: int
    market_id: int
    page: Page
    def __init__(self, market_id: _Optional[int] = ..., account_id: _Optional[int] = ..., page: _Optional[_Union[Page, _Mapping]] = ...) -> None: ...

class GetTransfers(_message.Message):
    __slots__ = ["account_id", "page"]
    ACCOUNT_ID_FIELD_NUMBER: _ClassVar[int]
    PAGE_FIELD_NUMBER: _ClassVar[int]
    account_id: int
    page: Page
    def __init__(self, account_id: _Optional[int] = ..., page: _Optional[_Union[Page, _Mapping]] = ...) -> None: ...

class OrderChangesPage(_message.Message):
    __slots__ = ["changes", "next_after"]
    CHANGES_FIELD_NUMBER: _ClassVar[int]
    NEXT_AFTER_FIELD_NUMBER: _ClassVar[int]
    changes: _containers.RepeatedCompositeFieldContainer[PastOrderChange]
    next_after: int
    def __init__(self, changes: _Optional[_Iterable[_Union[PastOrderChange, _Mapping]]] = ..., next_after: _Optional[int] = ...) -> None: ...

class OrdersPage(_message.Message):
    __slots__ = ["next_after", "orders"]
    NEXT_AFTER_FIELD_NUMBER: _ClassVar[int]
    ORDERS_FIELD_NUMBER: _ClassVar[int]
    next_after: int
    orders: _containers.RepeatedCompositeFieldContainer[_orders_pb2.Order]
    def __init__(self, orders: _Optional[_Iterable[_Union[_orders_pb2.Order, _Mapping]]] = ..., next_after: _Optional[int] = ...) -> None: ...

class Page(_message.Message):
    __slots__ = ["after", "limit", "newest_first"]
    AFTER_FIELD_NUMBER: _ClassVar[int]
    LIMIT_FIELD_NUMBER: _ClassVar[int]
    NEWEST_FIRST_FIELD_NUMBER: _ClassVar[int]
    after: int
    limit: int
    newest_first: bool
    def __init__(self, after: _Optional[int] = ..., limit: _Optional[int] = ..., newest_first: bool = ...) -> None: ...

class PastBook(_message.Message):
    __slots__ = ["bids_left_out", "book", "offers_left_out", "sequence"]
    BIDS_LEFT_OUT_FIELD_NUMBER: _ClassVar[int]
    BOOK_FIELD_NUMBER: _ClassVar[int]
    OFFERS_LEFT_OUT_FIELD_NUMBER: _ClassVar[int]
    SEQUENCE_FIELD_NUMBER: _ClassVar[int]
    bids_left_out: int
    book: _markets_pb2.BookSnapshot
    offers_left_out: int
    sequence: int
    def __init__(self, book: _Optional[_Union[_markets_pb2.BookSnapshot, _Mapping]] = ..., sequence: _Optional[int] = ..., bids_left_out: _Optional[int] = ..., offers_left_out: _Optional[int] = ...) -> None: ...

class PastOrderChange(_message.Message):
    __slots__ = ["price", "quantity", "reason", "remaining", "sequence", "time_us"]
    PRICE_FIELD_NUMBER: _ClassVar[int]
    QUANTITY_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    REMAINING_FIELD_NUMBER: _ClassVar[int]
    SEQUENCE_FIELD_NUMBER: _ClassVar[int]
    TIME_US_FIELD_NUMBER: _ClassVar[int]
    price: int
    quantity: int
    reason: _orders_pb2.OrderReason
    remaining: int
    sequence: int
    time_us: int
    def __init__(self, sequence: _Optional[int] = ..., time_us: _Optional[int] = ..., price: _Optional[int] = ..., quantity: _Optional[int] = ..., remaining: _Optional[int] = ..., reason: _Optional[_Union[_orders_pb2.OrderReason, str]] = ...) -> None: ...

class PastTrade(_message.Message):
    __slots__ = ["buy_order_id", "sell_order_id", "sequence", "trade"]
    BUY_ORDER_ID_FIELD_NUMBER: _ClassVar[int]
    SELL_ORDER_ID_FIELD_NUMBER: _ClassVar[int]
    SEQUENCE_FIELD_NUMBER: _ClassVar[int]
    TRADE_FIELD_NUMBER: _ClassVar[int]
    buy_order_id: int
    sell_order_id: int
    sequence: int
    trade: _markets_pb2.Trade
    def __init__(self, trade: _Optional[_Union[_markets_pb2.Trade, _Mapping]] = ..., sequence: _Optional[int] = ..., buy_order_id: _Optional[int] = ..., sell_order_id: _Optional[int] = ...) -> None: ...

class Payout(_message.Message):
    __slots__ = ["account_id", "amount", "position"]
    ACCOUNT_ID_FIELD_NUMBER: _ClassVar[int]
    AMOUNT_FIELD_NUMBER: _ClassVar[int]
    POSITION_FIELD_NUMBER: _ClassVar[int]
    account_id: int
    amount: int
    position: int
    def __init__(self, account_id: _Optional[int] = ..., position: _Optional[int] = ..., amount: _Optional[int] = ...) -> None: ...

class SentencePart(_message.Message):
    __slots__ = ["account_id", "market_id", "text", "user_id"]
    ACCOUNT_ID_FIELD_NUMBER: _ClassVar[int]
    MARKET_ID_FIELD_NUMBER: _ClassVar[int]
    TEXT_FIELD_NUMBER: _ClassVar[int]
    USER_ID_FIELD_NUMBER: _ClassVar[int]
    account_id: int
    market_id: int
    text: str
    user_id: int
    def __init__(self, text: _Optional[str] = ..., user_id: _Optional[int] = ..., account_id: _Optional[int] = ..., market_id: _Optional[int] = ...) -> None: ...

class Settlement(_message.Message):
    __slots__ = ["by_user_id", "caused_by_settlement_id", "market_id", "payouts", "price", "sequence", "settlement_id", "time_us", "undone"]
    BY_USER_ID_FIELD_NUMBER: _ClassVar[int]
    CAUSED_BY_SETTLEMENT_ID_FIELD_NUMBER: _ClassVar[int]
    MARKET_ID_FIELD_NUMBER: _ClassVar[int]
    PAYOUTS_FIELD_NUMBER: _ClassVar[int]
    PRICE_FIELD_NUMBER: _ClassVar[int]
    SEQUENCE_FIELD_NUMBER: _ClassVar[int]
    SETTLEMENT_ID_FIELD_NUMBER: _ClassVar[int]
    TIME_US_FIELD_NUMBER: _ClassVar[int]
    UNDONE_FIELD_NUMBER: _ClassVar[int]
    by_user_id: int
    caused_by_settlement_id: int
    market_id: int
    payouts: _containers.RepeatedCompositeFieldContainer[Payout]
    price: int
    sequence: int
    settlement_id: int
    time_us: int
    undone: SettlementUndo
    def __init__(self, settlement_id: _Optional[int] = ..., market_id: _Optional[int] = ..., price: _Optional[int] = ..., by_user_id: _Optional[int] = ..., caused_by_settlement_id: _Optional[int] = ..., sequence: _Optional[int] = ..., time_us: _Optional[int] = ..., payouts: _Optional[_Iterable[_Union[Payout, _Mapping]]] = ..., undone: _Optional[_Union[SettlementUndo, _Mapping]] = ...) -> None: ...

class SettlementUndo(_message.Message):
    __slots__ = ["by_user_id", "sequence", "time_us"]
    BY_USER_ID_FIELD_NUMBER: _ClassVar[int]
    SEQUENCE_FIELD_NUMBER: _ClassVar[int]
    TIME_US_FIELD_NUMBER: _ClassVar[int]
    by_user_id: int
    sequence: int
    time_us: int
    def __init__(self, by_user_id: _Optional[int] = ..., sequence: _Optional[int] = ..., time_us: _Optional[int] = ...) -> None: ...

class SettlementsPage(_message.Message):
    __slots__ = ["next_after", "settlements"]
    NEXT_AFTER_FIELD_NUMBER: _ClassVar[int]
    SETTLEMENTS_FIELD_NUMBER: _ClassVar[int]
    next_after: int
    settlements: _containers.RepeatedCompositeFieldContainer[Settlement]
    def __init__(self, settlements: _Optional[_Iterable[_Union[Settlement, _Mapping]]] = ..., next_after: _Optional[int] = ...) -> None: ...

class StatusChange(_message.Message):
    __slots__ = ["by_user_id", "sequence", "status", "time_us"]
    BY_USER_ID_FIELD_NUMBER: _ClassVar[int]
    SEQUENCE_FIELD_NUMBER: _ClassVar[int]
    STATUS_FIELD_NUMBER: _ClassVar[int]
    TIME_US_FIELD_NUMBER: _ClassVar[int]
    by_user_id: int
    sequence: int
    status: _markets_pb2.MarketStatus
    time_us: int
    def __init__(self, sequence: _Optional[int] = ..., time_us: _Optional[int] = ..., status: _Optional[_Union[_markets_pb2.MarketStatus, str]] = ..., by_user_id: _Optional[int] = ...) -> None: ...

class StatusChangesPage(_message.Message):
    __slots__ = ["changes", "next_after"]
    CHANGES_FIELD_NUMBER: _ClassVar[int]
    NEXT_AFTER_FIELD_NUMBER: _ClassVar[int]
    changes: _containers.RepeatedCompositeFieldContainer[StatusChange]
    next_after: int
    def __init__(self, changes: _Optional[_Iterable[_Union[StatusChange, _Mapping]]] = ..., next_after: _Optional[int] = ...) -> None: ...

class TradesPage(_message.Message):
    __slots__ = ["next_after", "trades"]
    NEXT_AFTER_FIELD_NUMBER: _ClassVar[int]
    TRADES_FIELD_NUMBER: _ClassVar[int]
    next_after: int
    trades: _containers.RepeatedCompositeFieldContainer[PastTrade]
    def __init__(self, trades: _Optional[_Iterable[_Union[PastTrade, _Mapping]]] = ..., next_after: _Optional[int] = ...) -> None: ...

class TransfersPage(_message.Message):
    __slots__ = ["next_after", "transfers"]
    NEXT_AFTER_FIELD_NUMBER: _ClassVar[int]
    TRANSFERS_FIELD_NUMBER: _ClassVar[int]
    next_after: int
    transfers: _containers.RepeatedCompositeFieldContainer[_money_pb2.Transfer]
    def __init__(self, transfers: _Optional[_Iterable[_Union[_money_pb2.Transfer, _Mapping]]] = ..., next_after: _Optional[int] = ...) -> None: ...

class CandleInterval(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = []
