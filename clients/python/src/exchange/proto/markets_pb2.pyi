from exchange.proto import orders_pb2 as _orders_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf.internal import enum_type_wrapper as _enum_type_wrapper
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from typing import ClassVar as _ClassVar, Iterable as _Iterable, Mapping as _Mapping, Optional as _Optional, Union as _Union

CONVERSION_DIRECTION_CREATE: ConversionDirection
CONVERSION_DIRECTION_REDEEM: ConversionDirection
CONVERSION_DIRECTION_UNSPECIFIED: ConversionDirection
DESCRIPTOR: _descriptor.FileDescriptor
HOUSE_BOT_KIND_INFORMED: HouseBotKind
HOUSE_BOT_KIND_MAKER: HouseBotKind
HOUSE_BOT_KIND_NOISE: HouseBotKind
HOUSE_BOT_KIND_UNSPECIFIED: HouseBotKind
HOUSE_BOT_STRENGTH_GENTLE: HouseBotStrength
HOUSE_BOT_STRENGTH_LIVELY: HouseBotStrength
HOUSE_BOT_STRENGTH_NORMAL: HouseBotStrength
HOUSE_BOT_STRENGTH_UNSPECIFIED: HouseBotStrength
MARKET_STATUS_CANCEL_ONLY: MarketStatus
MARKET_STATUS_HALTED: MarketStatus
MARKET_STATUS_OPEN: MarketStatus
MARKET_STATUS_SETTLED: MarketStatus
MARKET_STATUS_UNSPECIFIED: MarketStatus
OPTION_KIND_CALL: OptionKind
OPTION_KIND_PUT: OptionKind
OPTION_KIND_UNSPECIFIED: OptionKind
OPTION_STYLE_AMERICAN: OptionStyle
OPTION_STYLE_EUROPEAN: OptionStyle
OPTION_STYLE_UNSPECIFIED: OptionStyle

class AccountIds(_message.Message):
    __slots__ = ["account_ids"]
    ACCOUNT_IDS_FIELD_NUMBER: _ClassVar[int]
    account_ids: _containers.RepeatedScalarFieldContainer[int]
    def __init__(self, account_ids: _Optional[_Iterable[int]] = ...) -> None: ...

class Basket(_message.Message):
    __slots__ = ["constituents", "fee"]
    CONSTITUENTS_FIELD_NUMBER: _ClassVar[int]
    FEE_FIELD_NUMBER: _ClassVar[int]
    constituents: _containers.RepeatedCompositeFieldContainer[Constituent]
    fee: int
    def __init__(self, constituents: _Optional[_Iterable[_Union[Constituent, _Mapping]]] = ..., fee: _Optional[int] = ...) -> None: ...

class BasketConverted(_message.Message):
    __slots__ = ["account_id", "conversion_id", "direction", "fee", "market_id", "quantity"]
    ACCOUNT_ID_FIELD_NUMBER: _ClassVar[int]
    CONVERSION_ID_FIELD_NUMBER: _ClassVar[int]
    DIRECTION_FIELD_NUMBER: _ClassVar[int]
    FEE_FIELD_NUMBER: _ClassVar[int]
    MARKET_ID_FIELD_NUMBER: _ClassVar[int]
    QUANTITY_FIELD_NUMBER: _ClassVar[int]
    account_id: int
    conversion_id: int
    direction: ConversionDirection
    fee: int
    market_id: int
    quantity: int
    def __init__(self, conversion_id: _Optional[int] = ..., market_id: _Optional[int] = ..., account_id: _Optional[int] = ..., direction: _Optional[_Union[ConversionDirection, str]] = ..., quantity: _Optional[int] = ..., fee: _Optional[int] = ...) -> None: ...

class BookChanged(_message.Message):
    __slots__ = ["account_id", "market_id", "order_id", "price", "remaining", "side"]
    ACCOUNT_ID_FIELD_NUMBER: _ClassVar[int]
    MARKET_ID_FIELD_NUMBER: _ClassVar[int]
    ORDER_ID_FIELD_NUMBER: _ClassVar[int]
    PRICE_FIELD_NUMBER: _ClassVar[int]
    REMAINING_FIELD_NUMBER: _ClassVar[int]
    SIDE_FIELD_NUMBER: _ClassVar[int]
    account_id: int
    market_id: int
    order_id: int
    price: int
    remaining: int
    side: _orders_pb2.Side
    def __init__(self, market_id: _Optional[int] = ..., order_id: _Optional[int] = ..., side: _Optional[_Union[_orders_pb2.Side, str]] = ..., price: _Optional[int] = ..., remaining: _Optional[int] = ..., account_id: _Optional[int] = ...) -> None: ...

class BookOrder(_message.Message):
    __slots__ = ["account_id", "order_id", "price", "remaining"]
    ACCOUNT_ID_FIELD_NUMBER: _ClassVar[int]
    ORDER_ID_FIELD_NUMBER: _ClassVar[int]
    PRICE_FIELD_NUMBER: _ClassVar[int]
    REMAINING_FIELD_NUMBER: _ClassVar[int]
    account_id: int
    order_id: int
    price: int
    remaining: int
    def __init__(self, order_id: _Optional[int] = ..., price: _Optional[int] = ..., remaining: _Optional[int] = ..., account_id: _Optional[int] = ...) -> None: ...

class BookSnapshot(_message.Message):
    __slots__ = ["bids", "market_id", "offers"]
    BIDS_FIELD_NUMBER: _ClassVar[int]
    MARKET_ID_FIELD_NUMBER: _ClassVar[int]
    OFFERS_FIELD_NUMBER: _ClassVar[int]
    bids: _containers.RepeatedCompositeFieldContainer[BookOrder]
    market_id: int
    offers: _containers.RepeatedCompositeFieldContainer[BookOrder]
    def __init__(self, market_id: _Optional[int] = ..., bids: _Optional[_Iterable[_Union[BookOrder, _Mapping]]] = ..., offers: _Optional[_Iterable[_Union[BookOrder, _Mapping]]] = ...) -> None: ...

class Constituent(_message.Message):
    __slots__ = ["market_id", "multiplier"]
    MARKET_ID_FIELD_NUMBER: _ClassVar[int]
    MULTIPLIER_FIELD_NUMBER: _ClassVar[int]
    market_id: int
    multiplier: int
    def __init__(self, market_id: _Optional[int] = ..., multiplier: _Optional[int] = ...) -> None: ...

class ConvertBasket(_message.Message):
    __slots__ = ["direction", "market_id", "quantity"]
    DIRECTION_FIELD_NUMBER: _ClassVar[int]
    MARKET_ID_FIELD_NUMBER: _ClassVar[int]
    QUANTITY_FIELD_NUMBER: _ClassVar[int]
    direction: ConversionDirection
    market_id: int
    quantity: int
    def __init__(self, market_id: _Optional[int] = ..., direction: _Optional[_Union[ConversionDirection, str]] = ..., quantity: _Optional[int] = ...) -> None: ...

class CreateMarket(_message.Message):
    __slots__ = ["anonymous", "basket", "category", "close_time_us", "description", "group", "max_order", "max_position", "max_price", "min_price", "name", "option", "pinned", "tick_size", "visible_to_account_ids"]
    ANONYMOUS_FIELD_NUMBER: _ClassVar[int]
    BASKET_FIELD_NUMBER: _ClassVar[int]
    CATEGORY_FIELD_NUMBER: _ClassVar[int]
    CLOSE_TIME_US_FIELD_NUMBER: _ClassVar[int]
    DESCRIPTION_FIELD_NUMBER: _ClassVar[int]
    GROUP_FIELD_NUMBER: _ClassVar[int]
    MAX_ORDER_FIELD_NUMBER: _ClassVar[int]
    MAX_POSITION_FIELD_NUMBER: _ClassVar[int]
    MAX_PRICE_FIELD_NUMBER: _ClassVar[int]
    MIN_PRICE_FIELD_NUMBER: _ClassVar[int]
    NAME_FIELD_NUMBER: _ClassVar[int]
    OPTION_FIELD_NUMBER: _ClassVar[int]
    PINNED_FIELD_NUMBER: _ClassVar[int]
    TICK_SIZE_FIELD_NUMBER: _ClassVar[int]
    VISIBLE_TO_ACCOUNT_IDS_FIELD_NUMBER: _ClassVar[int]
    anonymous: bool
    basket: Basket
    category: str
    close_time_us: int
    description: str
    group: str
    max_order: int
    max_position: int
    max_price: int
    min_price: int
    name: str
    option: Option
    pinned: bool
    tick_size: int
    visible_to_account_ids: _containers.RepeatedScalarFieldContainer[int]
    def __init__(self, name: _Optional[str] = ..., description: _Optional[str] = ..., min_price: _Optional[int] = ..., max_price: _Optional[int] = ..., tick_size: _Optional[int] = ..., category: _Optional[str] = ..., group: _Optional[str] = ..., pinned: bool = ..., anonymous: bool = ..., visible_to_account_ids: _Optional[_Iterable[int]] = ..., max_order: _Optional[int] = ..., max_position: _Optional[int] = ..., basket: _Optional[_Union[Basket, _Mapping]] = ..., option: _Optional[_Union[Option, _Mapping]] = ..., close_time_us: _Optional[int] = ...) -> None: ...

class DeleteMarket(_message.Message):
    __slots__ = ["market_id"]
    MARKET_ID_FIELD_NUMBER: _ClassVar[int]
    market_id: int
    def __init__(self, market_id: _Optional[int] = ...) -> None: ...

class ExerciseOption(_message.Message):
    __slots__ = ["market_id", "quantity"]
    MARKET_ID_FIELD_NUMBER: _ClassVar[int]
    QUANTITY_FIELD_NUMBER: _ClassVar[int]
    market_id: int
    quantity: int
    def __init__(self, market_id: _Optional[int] = ..., quantity: _Optional[int] = ...) -> None: ...

class ForeseenPayout(_message.Message):
    __slots__ = ["account_id", "amount", "position", "profit"]
    ACCOUNT_ID_FIELD_NUMBER: _ClassVar[int]
    AMOUNT_FIELD_NUMBER: _ClassVar[int]
    POSITION_FIELD_NUMBER: _ClassVar[int]
    PROFIT_FIELD_NUMBER: _ClassVar[int]
    account_id: int
    amount: int
    position: int
    profit: int
    def __init__(self, account_id: _Optional[int] = ..., position: _Optional[int] = ..., amount: _Optional[int] = ..., profit: _Optional[int] = ...) -> None: ...

class ForeseenSettlement(_message.Message):
    __slots__ = ["holders", "market_id", "orders", "paid", "payouts", "price"]
    HOLDERS_FIELD_NUMBER: _ClassVar[int]
    MARKET_ID_FIELD_NUMBER: _ClassVar[int]
    ORDERS_FIELD_NUMBER: _ClassVar[int]
    PAID_FIELD_NUMBER: _ClassVar[int]
    PAYOUTS_FIELD_NUMBER: _ClassVar[int]
    PRICE_FIELD_NUMBER: _ClassVar[int]
    holders: int
    market_id: int
    orders: int
    paid: int
    payouts: _containers.RepeatedCompositeFieldContainer[ForeseenPayout]
    price: int
    def __init__(self, market_id: _Optional[int] = ..., price: _Optional[int] = ..., orders: _Optional[int] = ..., holders: _Optional[int] = ..., paid: _Optional[int] = ..., payouts: _Optional[_Iterable[_Union[ForeseenPayout, _Mapping]]] = ...) -> None: ...

class HouseBot(_message.Message):
    __slots__ = ["kind", "strength"]
    KIND_FIELD_NUMBER: _ClassVar[int]
    STRENGTH_FIELD_NUMBER: _ClassVar[int]
    kind: HouseBotKind
    strength: HouseBotStrength
    def __init__(self, kind: _Optional[_Union[HouseBotKind, str]] = ..., strength: _Optional[_Union[HouseBotStrength, str]] = ...) -> None: ...

class Market(_message.Message):
    __slots__ = ["anonymous", "basket", "category", "close_time_us", "created_time_us", "description", "group", "house_bots", "market_id", "max_order", "max_position", "max_price", "min_price", "name", "option", "owner_user_id", "pinned", "room_id", "settlement_price", "status", "status_time_us", "tick_size", "visible_to_account_ids"]
    ANONYMOUS_FIELD_NUMBER: _ClassVar[int]
    BASKET_FIELD_NUMBER: _ClassVar[int]
    CATEGORY_FIELD_NUMBER: _ClassVar[int]
    CLOSE_TIME_US_FIELD_NUMBER: _ClassVar[int]
    CREATED_TIME_US_FIELD_NUMBER: _ClassVar[int]
    DESCRIPTION_FIELD_NUMBER: _ClassVar[int]
    GROUP_FIELD_NUMBER: _ClassVar[int]
    HOUSE_BOTS_FIELD_NUMBER: _ClassVar[int]
    MARKET_ID_FIELD_NUMBER: _ClassVar[int]
    MAX_ORDER_FIELD_NUMBER: _ClassVar[int]
    MAX_POSITION_FIELD_NUMBER: _ClassVar[int]
    MAX_PRICE_FIELD_NUMBER: _ClassVar[int]
    MIN_PRICE_FIELD_NUMBER: _ClassVar[int]
    NAME_FIELD_NUMBER: _ClassVar[int]
    OPTION_FIELD_NUMBER: _ClassVar[int]
    OWNER_USER_ID_FIELD_NUMBER: _ClassVar[int]
    PINNED_FIELD_NUMBER: _ClassVar[int]
    ROOM_ID_FIELD_NUMBER: _ClassVar[int]
    SETTLEMENT_PRICE_FIELD_NUMBER: _ClassVar[int]
    STATUS_FIELD_NUMBER: _ClassVar[int]
    STATUS_TIME_US_FIELD_NUMBER: _ClassVar[int]
    TICK_SIZE_FIELD_NUMBER: _ClassVar[int]
    VISIBLE_TO_ACCOUNT_IDS_FIELD_NUMBER: _ClassVar[int]
    anonymous: bool
    basket: Basket
    category: str
    close_time_us: int
    created_time_us: int
    description: str
    group: str
    house_bots: _containers.RepeatedCompositeFieldContainer[HouseBot]
    market_id: int
    max_order: int
    max_position: int
    max_price: int
    min_price: int
    name: str
    option: Option
    owner_user_id: int
    pinned: bool
    room_id: int
    settlement_price: int
    status: MarketStatus
    status_time_us: int
    tick_size: int
    visible_to_account_ids: _containers.RepeatedScalarFieldContainer[int]
    def __init__(self, market_id: _Optional[int] = ..., room_id: _Optional[int] = ..., name: _Optional[str] = ..., description: _Optional[str] = ..., owner_user_id: _Optional[int] = ..., min_price: _Optional[int] = ..., max_price: _Optional[int] = ..., tick_size: _Optional[int] = ..., status: _Optional[_Union[MarketStatus, str]] = ..., settlement_price: _Optional[int] = ..., created_time_us: _Optional[int] = ..., category: _Optional[str] = ..., group: _Optional[str] = ..., pinned: bool = ..., anonymous: bool = ..., visible_to_account_ids: _Optional[_Iterable[int]] = ..., max_order: _Optional[int] = ..., max_position: _Optional[int] = ..., basket: _Optional[_Union[Basket, _Mapping]] = ..., option: _Optional[_Union[Option, _Mapping]] = ..., status_time_us: _Optional[int] = ..., house_bots: _Optional[_Iterable[_Union[HouseBot, _Mapping]]] = ..., close_time_us: _Optional[int] = ...) -> None: ...

class MarketChanged(_message.Message):
    __slots__ = ["market"]
    MARKET_FIELD_NUMBER: _ClassVar[int]
    market: Market
    def __init__(self, market: _Optional[_Union[Market, _Mapping]] = ...) -> None: ...

class MarketDeleted(_message.Message):
    __slots__ = ["market_id"]
    MARKET_ID_FIELD_NUMBER: _ClassVar[int]
    market_id: int
    def __init__(self, market_id: _Optional[int] = ...) -> None: ...

class Option(_message.Message):
    __slots__ = ["kind", "strike", "style", "underlying_market_id"]
    KIND_FIELD_NUMBER: _ClassVar[int]
    STRIKE_FIELD_NUMBER: _ClassVar[int]
    STYLE_FIELD_NUMBER: _ClassVar[int]
    UNDERLYING_MARKET_ID_FIELD_NUMBER: _ClassVar[int]
    kind: OptionKind
    strike: int
    style: OptionStyle
    underlying_market_id: int
    def __init__(self, underlying_market_id: _Optional[int] = ..., kind: _Optional[_Union[OptionKind, str]] = ..., style: _Optional[_Union[OptionStyle, str]] = ..., strike: _Optional[int] = ...) -> None: ...

class OptionExercised(_message.Message):
    __slots__ = ["account_id", "assigned", "exercise_id", "market_id", "quantity"]
    ACCOUNT_ID_FIELD_NUMBER: _ClassVar[int]
    ASSIGNED_FIELD_NUMBER: _ClassVar[int]
    EXERCISE_ID_FIELD_NUMBER: _ClassVar[int]
    MARKET_ID_FIELD_NUMBER: _ClassVar[int]
    QUANTITY_FIELD_NUMBER: _ClassVar[int]
    account_id: int
    assigned: bool
    exercise_id: int
    market_id: int
    quantity: int
    def __init__(self, exercise_id: _Optional[int] = ..., market_id: _Optional[int] = ..., account_id: _Optional[int] = ..., quantity: _Optional[int] = ..., assigned: bool = ...) -> None: ...

class PreviewSettlement(_message.Message):
    __slots__ = ["market_id", "price"]
    MARKET_ID_FIELD_NUMBER: _ClassVar[int]
    PRICE_FIELD_NUMBER: _ClassVar[int]
    market_id: int
    price: int
    def __init__(self, market_id: _Optional[int] = ..., price: _Optional[int] = ...) -> None: ...

class SetHouseBots(_message.Message):
    __slots__ = ["bots", "market_id"]
    BOTS_FIELD_NUMBER: _ClassVar[int]
    MARKET_ID_FIELD_NUMBER: _ClassVar[int]
    bots: _containers.RepeatedCompositeFieldContainer[HouseBot]
    market_id: int
    def __init__(self, market_id: _Optional[int] = ..., bots: _Optional[_Iterable[_Union[HouseBot, _Mapping]]] = ...) -> None: ...

class SetMarketStatus(_message.Message):
    __slots__ = ["market_id", "status"]
    MARKET_ID_FIELD_NUMBER: _ClassVar[int]
    STATUS_FIELD_NUMBER: _ClassVar[int]
    market_id: int
    status: MarketStatus
    def __init__(self, market_id: _Optional[int] = ..., status: _Optional[_Union[MarketStatus, str]] = ...) -> None: ...

class SettleMarket(_message.Message):
    __slots__ = ["market_id", "price"]
    MARKET_ID_FIELD_NUMBER: _ClassVar[int]
    PRICE_FIELD_NUMBER: _ClassVar[int]
    market_id: int
    price: int
    def __init__(self, market_id: _Optional[int] = ..., price: _Optional[int] = ...) -> None: ...

class SettlementPreviewed(_message.Message):
    __slots__ = ["markets"]
    MARKETS_FIELD_NUMBER: _ClassVar[int]
    markets: _containers.RepeatedCompositeFieldContainer[ForeseenSettlement]
    def __init__(self, markets: _Optional[_Iterable[_Union[ForeseenSettlement, _Mapping]]] = ...) -> None: ...

class TickerChanged(_message.Message):
    __slots__ = ["best_bid", "best_bid_quantity", "best_offer", "best_offer_quantity", "change_24h", "last_price", "market_id", "volume_24h"]
    BEST_BID_FIELD_NUMBER: _ClassVar[int]
    BEST_BID_QUANTITY_FIELD_NUMBER: _ClassVar[int]
    BEST_OFFER_FIELD_NUMBER: _ClassVar[int]
    BEST_OFFER_QUANTITY_FIELD_NUMBER: _ClassVar[int]
    CHANGE_24H_FIELD_NUMBER: _ClassVar[int]
    LAST_PRICE_FIELD_NUMBER: _ClassVar[int]
    MARKET_ID_FIELD_NUMBER: _ClassVar[int]
    VOLUME_24H_FIELD_NUMBER: _ClassVar[int]
    best_bid: int
    best_bid_quantity: int
    best_offer: int
    best_offer_quantity: int
    change_24h: int
    last_price: int
    market_id: int
    volume_24h: int
    def __init__(self, market_id: _Optional[int] = ..., best_bid: _Optional[int] = ..., best_offer: _Optional[int] = ..., best_bid_quantity: _Optional[int] = ..., best_offer_quantity: _Optional[int] = ..., last_price: _Optional[int] = ..., volume_24h: _Optional[int] = ..., change_24h: _Optional[int] = ...) -> None: ...

class Trade(_message.Message):
    __slots__ = ["aggressor", "buyer_account_id", "market_id", "price", "quantity", "seller_account_id", "time_us", "trade_id"]
    AGGRESSOR_FIELD_NUMBER: _ClassVar[int]
    BUYER_ACCOUNT_ID_FIELD_NUMBER: _ClassVar[int]
    MARKET_ID_FIELD_NUMBER: _ClassVar[int]
    PRICE_FIELD_NUMBER: _ClassVar[int]
    QUANTITY_FIELD_NUMBER: _ClassVar[int]
    SELLER_ACCOUNT_ID_FIELD_NUMBER: _ClassVar[int]
    TIME_US_FIELD_NUMBER: _ClassVar[int]
    TRADE_ID_FIELD_NUMBER: _ClassVar[int]
    aggressor: _orders_pb2.Side
    buyer_account_id: int
    market_id: int
    price: int
    quantity: int
    seller_account_id: int
    time_us: int
    trade_id: int
    def __init__(self, trade_id: _Optional[int] = ..., market_id: _Optional[int] = ..., price: _Optional[int] = ..., quantity: _Optional[int] = ..., buyer_account_id: _Optional[int] = ..., seller_account_id: _Optional[int] = ..., aggressor: _Optional[_Union[_orders_pb2.Side, str]] = ..., time_us: _Optional[int] = ...) -> None: ...

class Traded(_message.Message):
    __slots__ = ["trade"]
    TRADE_FIELD_NUMBER: _ClassVar[int]
    trade: Trade
    def __init__(self, trade: _Optional[_Union[Trade, _Mapping]] = ...) -> None: ...

class TradesSnapshot(_message.Message):
    __slots__ = ["market_id", "trades"]
    MARKET_ID_FIELD_NUMBER: _ClassVar[int]
    TRADES_FIELD_NUMBER: _ClassVar[int]
    market_id: int
    trades: _containers.RepeatedCompositeFieldContainer[Trade]
    def __init__(self, market_id: _Optional[int] = ..., trades: _Optional[_Iterable[_Union[Trade, _Mapping]]] = ...) -> None: ...

class UndoSettlement(_message.Message):
    __slots__ = ["market_id"]
    MARKET_ID_FIELD_NUMBER: _ClassVar[int]
    market_id: int
    def __init__(self, market_id: _Optional[int] = ...) -> None: ...

class UpdateMarket(_message.Message):
    __slots__ = ["anonymous", "category", "close_time_us", "description", "group", "market_id", "max_order", "max_position", "max_price", "min_price", "name", "pinned", "tick_size", "visible_to"]
    ANONYMOUS_FIELD_NUMBER: _ClassVar[int]
    CATEGORY_FIELD_NUMBER: _ClassVar[int]
    CLOSE_TIME_US_FIELD_NUMBER: _ClassVar[int]
    DESCRIPTION_FIELD_NUMBER: _ClassVar[int]
    GROUP_FIELD_NUMBER: _ClassVar[int]
    MARKET_ID_FIELD_NUMBER: _ClassVar[int]
    MAX_ORDER_FIELD_NUMBER: _ClassVar[int]
    MAX_POSITION_FIELD_NUMBER: _ClassVar[int]
    MAX_PRICE_FIELD_NUMBER: _ClassVar[int]
    MIN_PRICE_FIELD_NUMBER: _ClassVar[int]
    NAME_FIELD_NUMBER: _ClassVar[int]
    PINNED_FIELD_NUMBER: _ClassVar[int]
    TICK_SIZE_FIELD_NUMBER: _ClassVar[int]
    VISIBLE_TO_FIELD_NUMBER: _ClassVar[int]
    anonymous: bool
    category: str
    close_time_us: int
    description: str
    group: str
    market_id: int
    max_order: int
    max_position: int
    max_price: int
    min_price: int
    name: str
    pinned: bool
    tick_size: int
    visible_to: AccountIds
    def __init__(self, market_id: _Optional[int] = ..., name: _Optional[str] = ..., description: _Optional[str] = ..., category: _Optional[str] = ..., group: _Optional[str] = ..., pinned: bool = ..., anonymous: bool = ..., visible_to: _Optional[_Union[AccountIds, _Mapping]] = ..., max_order: _Optional[int] = ..., max_position: _Optional[int] = ..., min_price: _Optional[int] = ..., max_price: _Optional[int] = ..., tick_size: _Optional[int] = ..., close_time_us: _Optional[int] = ...) -> None: ...

class HouseBotKind(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = []

class HouseBotStrength(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = []

class OptionKind(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = []

class OptionStyle(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = []

class MarketStatus(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = []

class ConversionDirection(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = []
