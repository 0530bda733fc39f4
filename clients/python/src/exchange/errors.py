"""What can go wrong, as a tree::

    ExchangeError
    ├── Refused                 the exchange refused a request, which changed nothing
    │   ├── InvalidRequest      1-99     MALFORMED, INVALID_FIELD, TOO_LARGE
    │   ├── NotAllowed          100-199  FORBIDDEN, NOT_ELEVATED, KEY_FORBIDS
    │   │   └── SignInFailed             BAD_CREDENTIAL, a wrong password, ...
    │   ├── NotFound            200-299  MARKET_, ACCOUNT_, ORDER_, ROOM_, USER_, CODE_, KEY_NOT_FOUND
    │   ├── OrderRefused        300-399  INVALID_PRICE, INVALID_QUANTITY, CANNOT_FILL, WOULD_MATCH, ...
    │   │   ├── OrderNotLive             ORDER_NOT_LIVE: it was filled or cancelled already
    │   │   └── ClientOrderIdReused      CLIENT_ORDER_ID_REUSED: another order has that client order id
    │   ├── LimitReached        400-499  LIMIT_EXCEEDED, TOO_MANY_CONNECTIONS
    │   │   ├── InsufficientFunds        INSUFFICIENT_FUNDS: has `needed` and `available`
    │   │   └── RateLimited              RATE_LIMITED, TOO_MANY_WRONG_CODES: has `retry_after`
    │   ├── MarketRefused       500-599  MARKET_NOT_OPEN, NAME_TAKEN, MARKET_DERIVED, ...
    │   ├── RoomRefused         600-699  ROOM_ARCHIVED, NOT_INVITED
    │   └── Unavailable         900-999  OVERLOADED, STOPPING: nothing was done, try again
    ├── ConnectionFailed        there is no connection
    │   └── Unanswered          it was lost before the answer: the request may have taken effect or not
    ├── WaitTimeout             a condition did not become true in time (also a TimeoutError)
    └── StreamOverrun           a stream was not read, and events had to be dropped

A name that does not exist (``ex.markets["Rian"]``) is a ``NotFound`` and also a ``KeyError``.
"""

from __future__ import annotations

from decimal import Decimal

from exchange import _units
from exchange.proto import failures_pb2
from exchange.proto.failures_pb2 import ErrorCode, RequestFailed

__all__ = [
    "ClientOrderIdReused",
    "ConnectionFailed",
    "ExchangeError",
    "InsufficientFunds",
    "InvalidRequest",
    "LimitReached",
    "MarketRefused",
    "NotAllowed",
    "NotFound",
    "NothingOfThatName",
    "OrderNotLive",
    "OrderRefused",
    "RateLimited",
    "Refused",
    "RoomRefused",
    "SignInFailed",
    "StreamOverrun",
    "Unanswered",
    "Unavailable",
    "WaitTimeout",
]


class ExchangeError(Exception):
    """The base class of all exceptions of this package."""


class Refused(ExchangeError):
    """The exchange refused a request. It changed nothing.

    ``message`` is its sentence, with the numbers that explain it; ``code`` the name of its reason as
    the schema's ErrorCode has it, without the prefix (``"INVALID_PRICE"``).
    """

    def __init__(self, message: str, code: str, retry_after: float = 0.0) -> None:
        super().__init__(message)
        self.message = message
        self.code = code
        self.retry_after = retry_after
        """Seconds after which to try again; 0: trying again does not help."""
        self.resent = False
        """Whether the request had been sent before, on a connection that was then lost: the first
        sending may have been carried out."""

    def __str__(self) -> str:
        return f"{self.message} ({self.code})"


class InvalidRequest(Refused):
    """The request itself is wrong; the message names the field."""


class NotAllowed(Refused):
    """You may not do this, or this API key may not."""


class SignInFailed(NotAllowed):
    """You can't sign in: the key, the token, the name or the password is wrong."""


class NotFound(Refused):
    """It does not exist, or you can't see it."""


class NothingOfThatName(NotFound, KeyError):
    """Nothing has that name or number. The message suggests similar names."""


class OrderRefused(Refused):
    """The order is not valid, or it can't be carried out now."""


class OrderNotLive(OrderRefused):
    """The order was filled or cancelled already, or it belongs to another account."""


class ClientOrderIdReused(OrderRefused):
    """The account has a different order with that client order id. Nothing was placed.

    ``ex.find_order(client_order_id)`` gives the order that has it. A new order takes a new id.
    """


class LimitReached(Refused):
    """A limit of the exchange, or the account's money, does not allow it."""


class InsufficientFunds(LimitReached):
    """The account could not pay in the worst case."""

    needed: Decimal | None = None
    """By how much the request would have lowered the account's ``available``."""
    available: Decimal | None = None
    """What the account has available."""


class RateLimited(LimitReached):
    """Too many requests, or too many wrong codes; ``retry_after`` says for how many seconds."""


class MarketRefused(Refused):
    """The status or the kind of the market does not allow it."""


class RoomRefused(Refused):
    """The room does not allow it."""


class Unavailable(Refused):
    """The exchange is overloaded (OVERLOADED) or stopping (STOPPING); nothing was done. Try again after ``retry_after`` seconds."""


class ConnectionFailed(ExchangeError):
    """There is no connection to the exchange."""


class Unanswered(ConnectionFailed):
    """The connection was lost before the answer came: whether the request took effect is not known.

    Orders with a client order id never end like this while the connection comes back within a minute.
    """


class WaitTimeout(ExchangeError, TimeoutError):
    """The condition did not become true in time."""


class StreamOverrun(ExchangeError):
    """The stream has ended because too many events were unread. Make a new one."""


_FAMILIES: tuple[type[Refused], ...] = (
    InvalidRequest,
    NotAllowed,
    NotFound,
    OrderRefused,
    LimitReached,
    MarketRefused,
    RoomRefused,
    Refused,
    Refused,
    Unavailable,
)

_OWN_CLASS: dict[int, type[Refused]] = {
    failures_pb2.ERROR_CODE_BAD_CREDENTIAL: SignInFailed,
    failures_pb2.ERROR_CODE_ORDER_NOT_LIVE: OrderNotLive,
    # By number: an exchange may be newer than the schema that was here when the client was made.
    307: ClientOrderIdReused,
    failures_pb2.ERROR_CODE_INSUFFICIENT_FUNDS: InsufficientFunds,
    failures_pb2.ERROR_CODE_RATE_LIMITED: RateLimited,
    failures_pb2.ERROR_CODE_TOO_MANY_WRONG_CODES: RateLimited,
}


def refusal(failed: RequestFailed) -> Refused:
    """The exception for a refusal: its own class, or the class of its family."""
    code = int(failed.code)
    family = _FAMILIES[code // 100] if 0 <= code < 1000 else Refused
    error_class = _OWN_CLASS.get(code, family)
    name = ErrorCode.Name(failed.code) if code in ErrorCode.values() else str(code)
    short = name[len("ERROR_CODE_") :] if name.startswith("ERROR_CODE_") else name
    error = error_class(failed.message or "Refused.", short, failed.retry_after_ms / 1000)
    if isinstance(error, InsufficientFunds):
        if failed.HasField("needed"):
            error.needed = _units.cash(failed.needed)
        if failed.HasField("available"):
            error.available = _units.cash(failed.available)
    return error
