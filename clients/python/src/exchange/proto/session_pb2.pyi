from exchange.proto import rooms_pb2 as _rooms_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf.internal import enum_type_wrapper as _enum_type_wrapper
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from typing import ClassVar as _ClassVar, Iterable as _Iterable, Mapping as _Mapping, Optional as _Optional, Union as _Union

CHANNEL_BOOK: Channel
CHANNEL_TICKER: Channel
CHANNEL_TRADES: Channel
CHANNEL_UNSPECIFIED: Channel
DESCRIPTOR: _descriptor.FileDescriptor

class ActAs(_message.Message):
    __slots__ = ["account_id"]
    ACCOUNT_ID_FIELD_NUMBER: _ClassVar[int]
    account_id: int
    def __init__(self, account_id: _Optional[int] = ...) -> None: ...

class ActingAs(_message.Message):
    __slots__ = ["account_id"]
    ACCOUNT_ID_FIELD_NUMBER: _ClassVar[int]
    account_id: int
    def __init__(self, account_id: _Optional[int] = ...) -> None: ...

class Authenticate(_message.Message):
    __slots__ = ["access_token", "api_key", "id_token", "resume", "room"]
    ACCESS_TOKEN_FIELD_NUMBER: _ClassVar[int]
    API_KEY_FIELD_NUMBER: _ClassVar[int]
    ID_TOKEN_FIELD_NUMBER: _ClassVar[int]
    RESUME_FIELD_NUMBER: _ClassVar[int]
    ROOM_FIELD_NUMBER: _ClassVar[int]
    access_token: str
    api_key: str
    id_token: str
    resume: Resume
    room: str
    def __init__(self, access_token: _Optional[str] = ..., api_key: _Optional[str] = ..., id_token: _Optional[str] = ..., resume: _Optional[_Union[Resume, _Mapping]] = ..., room: _Optional[str] = ...) -> None: ...

class Authenticated(_message.Message):
    __slots__ = ["account_id", "elevated", "epoch", "resumed", "room_id", "rooms", "rooms_left", "user"]
    ACCOUNT_ID_FIELD_NUMBER: _ClassVar[int]
    ELEVATED_FIELD_NUMBER: _ClassVar[int]
    EPOCH_FIELD_NUMBER: _ClassVar[int]
    RESUMED_FIELD_NUMBER: _ClassVar[int]
    ROOMS_FIELD_NUMBER: _ClassVar[int]
    ROOMS_LEFT_FIELD_NUMBER: _ClassVar[int]
    ROOM_ID_FIELD_NUMBER: _ClassVar[int]
    USER_FIELD_NUMBER: _ClassVar[int]
    account_id: int
    elevated: bool
    epoch: int
    resumed: bool
    room_id: int
    rooms: _containers.RepeatedCompositeFieldContainer[_rooms_pb2.Room]
    rooms_left: int
    user: _rooms_pb2.User
    def __init__(self, user: _Optional[_Union[_rooms_pb2.User, _Mapping]] = ..., account_id: _Optional[int] = ..., epoch: _Optional[int] = ..., resumed: bool = ..., elevated: bool = ..., rooms: _Optional[_Iterable[_Union[_rooms_pb2.Room, _Mapping]]] = ..., room_id: _Optional[int] = ..., rooms_left: _Optional[int] = ...) -> None: ...

class ElevationChanged(_message.Message):
    __slots__ = ["elevated"]
    ELEVATED_FIELD_NUMBER: _ClassVar[int]
    elevated: bool
    def __init__(self, elevated: bool = ...) -> None: ...

class EnterRoom(_message.Message):
    __slots__ = ["join_code", "room_id", "slug"]
    JOIN_CODE_FIELD_NUMBER: _ClassVar[int]
    ROOM_ID_FIELD_NUMBER: _ClassVar[int]
    SLUG_FIELD_NUMBER: _ClassVar[int]
    join_code: str
    room_id: int
    slug: str
    def __init__(self, room_id: _Optional[int] = ..., slug: _Optional[str] = ..., join_code: _Optional[str] = ...) -> None: ...

class Ping(_message.Message):
    __slots__ = []
    def __init__(self) -> None: ...

class Pong(_message.Message):
    __slots__ = []
    def __init__(self) -> None: ...

class Ready(_message.Message):
    __slots__ = ["sequence"]
    SEQUENCE_FIELD_NUMBER: _ClassVar[int]
    sequence: int
    def __init__(self, sequence: _Optional[int] = ...) -> None: ...

class Resume(_message.Message):
    __slots__ = ["elevated", "epoch", "room_id", "sequence", "subscriptions"]
    ELEVATED_FIELD_NUMBER: _ClassVar[int]
    EPOCH_FIELD_NUMBER: _ClassVar[int]
    ROOM_ID_FIELD_NUMBER: _ClassVar[int]
    SEQUENCE_FIELD_NUMBER: _ClassVar[int]
    SUBSCRIPTIONS_FIELD_NUMBER: _ClassVar[int]
    elevated: bool
    epoch: int
    room_id: int
    sequence: int
    subscriptions: _containers.RepeatedCompositeFieldContainer[Subscribe]
    def __init__(self, epoch: _Optional[int] = ..., sequence: _Optional[int] = ..., subscriptions: _Optional[_Iterable[_Union[Subscribe, _Mapping]]] = ..., room_id: _Optional[int] = ..., elevated: bool = ...) -> None: ...

class Resynchronizing(_message.Message):
    __slots__ = ["reason"]
    class Reason(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
        __slots__ = []
    REASON_FIELD_NUMBER: _ClassVar[int]
    REASON_RIGHTS_CHANGED: Resynchronizing.Reason
    REASON_TOO_SLOW: Resynchronizing.Reason
    REASON_UNSPECIFIED: Resynchronizing.Reason
    reason: Resynchronizing.Reason
    def __init__(self, reason: _Optional[_Union[Resynchronizing.Reason, str]] = ...) -> None: ...

class RoomEntered(_message.Message):
    __slots__ = ["account_id", "role", "room_id", "slug"]
    ACCOUNT_ID_FIELD_NUMBER: _ClassVar[int]
    ROLE_FIELD_NUMBER: _ClassVar[int]
    ROOM_ID_FIELD_NUMBER: _ClassVar[int]
    SLUG_FIELD_NUMBER: _ClassVar[int]
    account_id: int
    role: _rooms_pb2.Role
    room_id: int
    slug: str
    def __init__(self, room_id: _Optional[int] = ..., account_id: _Optional[int] = ..., role: _Optional[_Union[_rooms_pb2.Role, str]] = ..., slug: _Optional[str] = ...) -> None: ...

class SetElevated(_message.Message):
    __slots__ = ["elevated"]
    ELEVATED_FIELD_NUMBER: _ClassVar[int]
    elevated: bool
    def __init__(self, elevated: bool = ...) -> None: ...

class Subscribe(_message.Message):
    __slots__ = ["all", "channels", "market_ids"]
    ALL_FIELD_NUMBER: _ClassVar[int]
    CHANNELS_FIELD_NUMBER: _ClassVar[int]
    MARKET_IDS_FIELD_NUMBER: _ClassVar[int]
    all: bool
    channels: _containers.RepeatedScalarFieldContainer[Channel]
    market_ids: _containers.RepeatedScalarFieldContainer[int]
    def __init__(self, market_ids: _Optional[_Iterable[int]] = ..., all: bool = ..., channels: _Optional[_Iterable[_Union[Channel, str]]] = ...) -> None: ...

class Subscribed(_message.Message):
    __slots__ = []
    def __init__(self) -> None: ...

class Unsubscribe(_message.Message):
    __slots__ = ["all", "channels", "market_ids"]
    ALL_FIELD_NUMBER: _ClassVar[int]
    CHANNELS_FIELD_NUMBER: _ClassVar[int]
    MARKET_IDS_FIELD_NUMBER: _ClassVar[int]
    all: bool
    channels: _containers.RepeatedScalarFieldContainer[Channel]
    market_ids: _containers.RepeatedScalarFieldContainer[int]
    def __init__(self, market_ids: _Optional[_Iterable[int]] = ..., all: bool = ..., channels: _Optional[_Iterable[_Union[Channel, str]]] = ...) -> None: ...

class Channel(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = []
