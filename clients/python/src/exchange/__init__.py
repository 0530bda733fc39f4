"""A client of Exchange, the order-book exchange for simulated money.

    from exchange import Exchange

    with Exchange.connect("http://localhost:8080", api_key=...) as ex:
        m = ex.markets["Rain tomorrow"]
        print(m.book.best_bid, m.position, ex.available)
        order = m.buy(10, at="42.50")
        ex.wait(lambda: order.filled, timeout=30)

`Exchange` blocks until each request is answered; `AsyncExchange` has the same methods to await. What goes
wrong is in `exchange.errors`. What the exchange tells is in `exchange.models`, `exchange.past` and `exchange.notices`, and the schema's
own messages are in `exchange.proto`. Prices, quantities and cash are Decimals; given, they may also be text or int.
"""

from exchange._aio.exchange import AsyncExchange
from exchange._aio.market import AsyncMarket
from exchange._aio.order import AsyncOrder
from exchange._derived import BasketOf, OptionOn
from exchange._events import Event
from exchange._files import download
from exchange._orders import Cancel, Place, Replace
from exchange._signin import sign_in, sign_up
from exchange._sync.exchange import Exchange
from exchange._sync.market import Market
from exchange._sync.order import Order
from exchange.errors import (
    ClientOrderIdReused,
    ConnectionFailed,
    ExchangeError,
    InsufficientFunds,
    InvalidRequest,
    LimitReached,
    MarketRefused,
    NotAllowed,
    NotFound,
    OrderNotLive,
    OrderRefused,
    RateLimited,
    Refused,
    RoomRefused,
    SignInFailed,
    StreamOverrun,
    Unanswered,
    Unavailable,
    WaitTimeout,
)
from exchange.notices import Notice

__version__ = "0.1.0"

__all__ = [
    "AsyncExchange",
    "AsyncMarket",
    "AsyncOrder",
    "BasketOf",
    "Cancel",
    "ClientOrderIdReused",
    "ConnectionFailed",
    "Event",
    "Exchange",
    "ExchangeError",
    "InsufficientFunds",
    "InvalidRequest",
    "LimitReached",
    "Market",
    "MarketRefused",
    "NotAllowed",
    "NotFound",
    "Notice",
    "OptionOn",
    "Order",
    "OrderNotLive",
    "OrderRefused",
    "Place",
    "RateLimited",
    "Refused",
    "Replace",
    "RoomRefused",
    "SignInFailed",
    "StreamOverrun",
    "Unanswered",
    "Unavailable",
    "WaitTimeout",
    "download",
    "sign_in",
    "sign_up",
]
