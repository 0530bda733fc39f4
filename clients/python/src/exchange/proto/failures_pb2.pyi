from google.protobuf.internal import enum_type_wrapper as _enum_type_wrapper
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor
ERROR_CODE_ACCOUNT_NOT_FOUND: ErrorCode
ERROR_CODE_BAD_CREDENTIAL: ErrorCode
ERROR_CODE_CANNOT_FILL: ErrorCode
ERROR_CODE_CLIENT_ORDER_ID_REUSED: ErrorCode
ERROR_CODE_CODE_NOT_FOUND: ErrorCode
ERROR_CODE_EXPIRED: ErrorCode
ERROR_CODE_FORBIDDEN: ErrorCode
ERROR_CODE_INSUFFICIENT_FUNDS: ErrorCode
ERROR_CODE_INVALID_FIELD: ErrorCode
ERROR_CODE_INVALID_PRICE: ErrorCode
ERROR_CODE_INVALID_QUANTITY: ErrorCode
ERROR_CODE_KEY_FORBIDS: ErrorCode
ERROR_CODE_KEY_NOT_FOUND: ErrorCode
ERROR_CODE_LIMIT_EXCEEDED: ErrorCode
ERROR_CODE_MALFORMED: ErrorCode
ERROR_CODE_MARKET_DERIVED: ErrorCode
ERROR_CODE_MARKET_IN_USE: ErrorCode
ERROR_CODE_MARKET_NOT_FOUND: ErrorCode
ERROR_CODE_MARKET_NOT_OPEN: ErrorCode
ERROR_CODE_MARKET_NOT_SETTLED: ErrorCode
ERROR_CODE_MARKET_TRADED: ErrorCode
ERROR_CODE_NAME_TAKEN: ErrorCode
ERROR_CODE_NOT_AUTHENTICATED: ErrorCode
ERROR_CODE_NOT_ELEVATED: ErrorCode
ERROR_CODE_NOT_INVITED: ErrorCode
ERROR_CODE_ORDER_NOT_FOUND: ErrorCode
ERROR_CODE_ORDER_NOT_LIVE: ErrorCode
ERROR_CODE_OVERLOADED: ErrorCode
ERROR_CODE_RATE_LIMITED: ErrorCode
ERROR_CODE_REDUCE_ONLY: ErrorCode
ERROR_CODE_ROOM_ARCHIVED: ErrorCode
ERROR_CODE_ROOM_CLOSED: ErrorCode
ERROR_CODE_ROOM_NAME_NOT_UNIQUE: ErrorCode
ERROR_CODE_ROOM_NOT_FOUND: ErrorCode
ERROR_CODE_STOPPING: ErrorCode
ERROR_CODE_TOO_LARGE: ErrorCode
ERROR_CODE_TOO_MANY_CONNECTIONS: ErrorCode
ERROR_CODE_TOO_MANY_WRONG_CODES: ErrorCode
ERROR_CODE_UNSPECIFIED: ErrorCode
ERROR_CODE_USER_NOT_FOUND: ErrorCode
ERROR_CODE_WOULD_MATCH: ErrorCode
ERROR_CODE_WRONG_KIND_OF_MARKET: ErrorCode

class RequestFailed(_message.Message):
    __slots__ = ["available", "code", "message", "needed", "retry_after_ms"]
    AVAILABLE_FIELD_NUMBER: _ClassVar[int]
    CODE_FIELD_NUMBER: _ClassVar[int]
    MESSAGE_FIELD_NUMBER: _ClassVar[int]
    NEEDED_FIELD_NUMBER: _ClassVar[int]
    RETRY_AFTER_MS_FIELD_NUMBER: _ClassVar[int]
    available: int
    code: ErrorCode
    message: str
    needed: int
    retry_after_ms: int
    def __init__(self, code: _Optional[_Union[ErrorCode, str]] = ..., message: _Optional[str] = ..., needed: _Optional[int] = ..., available: _Optional[int] = ..., retry_after_ms: _Optional[int] = ...) -> None: ...

class ErrorCode(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = []
