from google.protobuf.internal import containers as _containers
from google.protobuf.internal import enum_type_wrapper as _enum_type_wrapper
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from typing import ClassVar as _ClassVar, Iterable as _Iterable, Mapping as _Mapping, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor
TRANSFER_KIND_CODE: TransferKind
TRANSFER_KIND_FEE: TransferKind
TRANSFER_KIND_GRANT: TransferKind
TRANSFER_KIND_OPENING: TransferKind
TRANSFER_KIND_TRANSFER: TransferKind
TRANSFER_KIND_UNSPECIFIED: TransferKind

class ClaimCode(_message.Message):
    __slots__ = ["code"]
    CODE_FIELD_NUMBER: _ClassVar[int]
    code: str
    def __init__(self, code: _Optional[str] = ...) -> None: ...

class Code(_message.Message):
    __slots__ = ["amount", "code", "created_time_us", "expires_time_us", "revoked", "used", "uses"]
    AMOUNT_FIELD_NUMBER: _ClassVar[int]
    CODE_FIELD_NUMBER: _ClassVar[int]
    CREATED_TIME_US_FIELD_NUMBER: _ClassVar[int]
    EXPIRES_TIME_US_FIELD_NUMBER: _ClassVar[int]
    REVOKED_FIELD_NUMBER: _ClassVar[int]
    USED_FIELD_NUMBER: _ClassVar[int]
    USES_FIELD_NUMBER: _ClassVar[int]
    amount: int
    code: str
    created_time_us: int
    expires_time_us: int
    revoked: bool
    used: int
    uses: int
    def __init__(self, code: _Optional[str] = ..., amount: _Optional[int] = ..., uses: _Optional[int] = ..., used: _Optional[int] = ..., expires_time_us: _Optional[int] = ..., revoked: bool = ..., created_time_us: _Optional[int] = ...) -> None: ...

class CodeChanged(_message.Message):
    __slots__ = ["code"]
    CODE_FIELD_NUMBER: _ClassVar[int]
    code: Code
    def __init__(self, code: _Optional[_Union[Code, _Mapping]] = ...) -> None: ...

class Codes(_message.Message):
    __slots__ = ["codes"]
    CODES_FIELD_NUMBER: _ClassVar[int]
    codes: _containers.RepeatedCompositeFieldContainer[Code]
    def __init__(self, codes: _Optional[_Iterable[_Union[Code, _Mapping]]] = ...) -> None: ...

class CreateCode(_message.Message):
    __slots__ = ["amount", "code", "expires_time_us", "uses"]
    AMOUNT_FIELD_NUMBER: _ClassVar[int]
    CODE_FIELD_NUMBER: _ClassVar[int]
    EXPIRES_TIME_US_FIELD_NUMBER: _ClassVar[int]
    USES_FIELD_NUMBER: _ClassVar[int]
    amount: int
    code: str
    expires_time_us: int
    uses: int
    def __init__(self, code: _Optional[str] = ..., amount: _Optional[int] = ..., uses: _Optional[int] = ..., expires_time_us: _Optional[int] = ...) -> None: ...

class GetCodes(_message.Message):
    __slots__ = []
    def __init__(self) -> None: ...

class Grant(_message.Message):
    __slots__ = ["account_ids", "amount", "every_member", "force", "memo"]
    ACCOUNT_IDS_FIELD_NUMBER: _ClassVar[int]
    AMOUNT_FIELD_NUMBER: _ClassVar[int]
    EVERY_MEMBER_FIELD_NUMBER: _ClassVar[int]
    FORCE_FIELD_NUMBER: _ClassVar[int]
    MEMO_FIELD_NUMBER: _ClassVar[int]
    account_ids: _containers.RepeatedScalarFieldContainer[int]
    amount: int
    every_member: bool
    force: bool
    memo: str
    def __init__(self, account_ids: _Optional[_Iterable[int]] = ..., every_member: bool = ..., amount: _Optional[int] = ..., memo: _Optional[str] = ..., force: bool = ...) -> None: ...

class Granted(_message.Message):
    __slots__ = ["count"]
    COUNT_FIELD_NUMBER: _ClassVar[int]
    count: int
    def __init__(self, count: _Optional[int] = ...) -> None: ...

class MakeTransfer(_message.Message):
    __slots__ = ["amount", "from_account_id", "memo", "to_account_id"]
    AMOUNT_FIELD_NUMBER: _ClassVar[int]
    FROM_ACCOUNT_ID_FIELD_NUMBER: _ClassVar[int]
    MEMO_FIELD_NUMBER: _ClassVar[int]
    TO_ACCOUNT_ID_FIELD_NUMBER: _ClassVar[int]
    amount: int
    from_account_id: int
    memo: str
    to_account_id: int
    def __init__(self, from_account_id: _Optional[int] = ..., to_account_id: _Optional[int] = ..., amount: _Optional[int] = ..., memo: _Optional[str] = ...) -> None: ...

class RevokeCode(_message.Message):
    __slots__ = ["code"]
    CODE_FIELD_NUMBER: _ClassVar[int]
    code: str
    def __init__(self, code: _Optional[str] = ...) -> None: ...

class Transfer(_message.Message):
    __slots__ = ["amount", "by_user_id", "from_account_id", "kind", "memo", "time_us", "to_account_id", "transfer_id"]
    AMOUNT_FIELD_NUMBER: _ClassVar[int]
    BY_USER_ID_FIELD_NUMBER: _ClassVar[int]
    FROM_ACCOUNT_ID_FIELD_NUMBER: _ClassVar[int]
    KIND_FIELD_NUMBER: _ClassVar[int]
    MEMO_FIELD_NUMBER: _ClassVar[int]
    TIME_US_FIELD_NUMBER: _ClassVar[int]
    TO_ACCOUNT_ID_FIELD_NUMBER: _ClassVar[int]
    TRANSFER_ID_FIELD_NUMBER: _ClassVar[int]
    amount: int
    by_user_id: int
    from_account_id: int
    kind: TransferKind
    memo: str
    time_us: int
    to_account_id: int
    transfer_id: int
    def __init__(self, transfer_id: _Optional[int] = ..., from_account_id: _Optional[int] = ..., to_account_id: _Optional[int] = ..., amount: _Optional[int] = ..., memo: _Optional[str] = ..., by_user_id: _Optional[int] = ..., kind: _Optional[_Union[TransferKind, str]] = ..., time_us: _Optional[int] = ...) -> None: ...

class TransferMade(_message.Message):
    __slots__ = ["transfer"]
    TRANSFER_FIELD_NUMBER: _ClassVar[int]
    transfer: Transfer
    def __init__(self, transfer: _Optional[_Union[Transfer, _Mapping]] = ...) -> None: ...

class TransferKind(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = []
