from google.protobuf.internal import containers as _containers
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from typing import ClassVar as _ClassVar, Iterable as _Iterable, Mapping as _Mapping, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class ApiKey(_message.Message):
    __slots__ = ["account_id", "created_time_us", "expires_time_us", "key_id", "last_used_time_us", "name", "read_only"]
    ACCOUNT_ID_FIELD_NUMBER: _ClassVar[int]
    CREATED_TIME_US_FIELD_NUMBER: _ClassVar[int]
    EXPIRES_TIME_US_FIELD_NUMBER: _ClassVar[int]
    KEY_ID_FIELD_NUMBER: _ClassVar[int]
    LAST_USED_TIME_US_FIELD_NUMBER: _ClassVar[int]
    NAME_FIELD_NUMBER: _ClassVar[int]
    READ_ONLY_FIELD_NUMBER: _ClassVar[int]
    account_id: int
    created_time_us: int
    expires_time_us: int
    key_id: int
    last_used_time_us: int
    name: str
    read_only: bool
    def __init__(self, key_id: _Optional[int] = ..., name: _Optional[str] = ..., account_id: _Optional[int] = ..., read_only: bool = ..., created_time_us: _Optional[int] = ..., expires_time_us: _Optional[int] = ..., last_used_time_us: _Optional[int] = ...) -> None: ...

class ApiKeyCreated(_message.Message):
    __slots__ = ["key", "secret"]
    KEY_FIELD_NUMBER: _ClassVar[int]
    SECRET_FIELD_NUMBER: _ClassVar[int]
    key: ApiKey
    secret: str
    def __init__(self, key: _Optional[_Union[ApiKey, _Mapping]] = ..., secret: _Optional[str] = ...) -> None: ...

class ApiKeys(_message.Message):
    __slots__ = ["keys"]
    KEYS_FIELD_NUMBER: _ClassVar[int]
    keys: _containers.RepeatedCompositeFieldContainer[ApiKey]
    def __init__(self, keys: _Optional[_Iterable[_Union[ApiKey, _Mapping]]] = ...) -> None: ...

class CreateApiKey(_message.Message):
    __slots__ = ["account_id", "expires_time_us", "name", "read_only"]
    ACCOUNT_ID_FIELD_NUMBER: _ClassVar[int]
    EXPIRES_TIME_US_FIELD_NUMBER: _ClassVar[int]
    NAME_FIELD_NUMBER: _ClassVar[int]
    READ_ONLY_FIELD_NUMBER: _ClassVar[int]
    account_id: int
    expires_time_us: int
    name: str
    read_only: bool
    def __init__(self, name: _Optional[str] = ..., account_id: _Optional[int] = ..., read_only: bool = ..., expires_time_us: _Optional[int] = ...) -> None: ...

class GetApiKeys(_message.Message):
    __slots__ = []
    def __init__(self) -> None: ...

class RevokeApiKey(_message.Message):
    __slots__ = ["key_id"]
    KEY_ID_FIELD_NUMBER: _ClassVar[int]
    key_id: int
    def __init__(self, key_id: _Optional[int] = ...) -> None: ...
