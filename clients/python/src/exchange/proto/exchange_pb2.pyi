from exchange.proto import failures_pb2 as _failures_pb2
from exchange.proto import history_pb2 as _history_pb2
from exchange.proto import keys_pb2 as _keys_pb2
from exchange.proto import markets_pb2 as _markets_pb2
from exchange.proto import money_pb2 as _money_pb2
from exchange.proto import orders_pb2 as _orders_pb2
from exchange.proto import rooms_pb2 as _rooms_pb2
from exchange.proto import session_pb2 as _session_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from typing import ClassVar as _ClassVar, Iterable as _Iterable, Mapping as _Mapping, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class ClientFrame(_message.Message):
    __slots__ = ["messages"]
    MESSAGES_FIELD_NUMBER: _ClassVar[int]
    messages: _containers.RepeatedCompositeFieldContainer[ClientMessage]
    def __init__(self, messages: _Optional[_Iterable[_Union[ClientMessage, _Mapping]]] = ...) -> None: ...

class ClientMessage(_message.Message):
    __slots__ = ["act_as", "authenticate", "cancel_after", "cancel_order", "cancel_orders", "claim_code", "convert_basket", "create_api_key", "create_code", "create_market", "enter_room", "exercise_option", "get_api_keys", "get_audit_trail", "get_book", "get_candles", "get_codes", "get_conversions", "get_equity_curve", "get_exercises", "get_leaderboard", "get_order_changes", "get_orders", "get_room_settings", "get_settlements", "get_status_changes", "get_trades", "get_transfers", "grant", "invite_to_room", "make_transfer", "open_account", "open_room", "order_batch", "ping", "place_order", "preview_order", "remove_account_member", "rename_account", "replace_order", "request_id", "revoke_api_key", "revoke_code", "set_cancel_on_disconnect", "set_elevated", "set_house_bots", "set_market_status", "set_role", "settle_market", "share_account", "subscribe", "undo_settlement", "unsubscribe", "update_market", "update_room"]
    ACT_AS_FIELD_NUMBER: _ClassVar[int]
    AUTHENTICATE_FIELD_NUMBER: _ClassVar[int]
    CANCEL_AFTER_FIELD_NUMBER: _ClassVar[int]
    CANCEL_ORDERS_FIELD_NUMBER: _ClassVar[int]
    CANCEL_ORDER_FIELD_NUMBER: _ClassVar[int]
    CLAIM_CODE_FIELD_NUMBER: _ClassVar[int]
    CONVERT_BASKET_FIELD_NUMBER: _ClassVar[int]
    CREATE_API_KEY_FIELD_NUMBER: _ClassVar[int]
    CREATE_CODE_FIELD_NUMBER: _ClassVar[int]
    CREATE_MARKET_FIELD_NUMBER: _ClassVar[int]
    ENTER_ROOM_FIELD_NUMBER: _ClassVar[int]
    EXERCISE_OPTION_FIELD_NUMBER: _ClassVar[int]
    GET_API_KEYS_FIELD_NUMBER: _ClassVar[int]
    GET_AUDIT_TRAIL_FIELD_NUMBER: _ClassVar[int]
    GET_BOOK_FIELD_NUMBER: _ClassVar[int]
    GET_CANDLES_FIELD_NUMBER: _ClassVar[int]
    GET_CODES_FIELD_NUMBER: _ClassVar[int]
    GET_CONVERSIONS_FIELD_NUMBER: _ClassVar[int]
    GET_EQUITY_CURVE_FIELD_NUMBER: _ClassVar[int]
    GET_EXERCISES_FIELD_NUMBER: _ClassVar[int]
    GET_LEADERBOARD_FIELD_NUMBER: _ClassVar[int]
    GET_ORDERS_FIELD_NUMBER: _ClassVar[int]
    GET_ORDER_CHANGES_FIELD_NUMBER: _ClassVar[int]
    GET_ROOM_SETTINGS_FIELD_NUMBER: _ClassVar[int]
    GET_SETTLEMENTS_FIELD_NUMBER: _ClassVar[int]
    GET_STATUS_CHANGES_FIELD_NUMBER: _ClassVar[int]
    GET_TRADES_FIELD_NUMBER: _ClassVar[int]
    GET_TRANSFERS_FIELD_NUMBER: _ClassVar[int]
    GRANT_FIELD_NUMBER: _ClassVar[int]
    INVITE_TO_ROOM_FIELD_NUMBER: _ClassVar[int]
    MAKE_TRANSFER_FIELD_NUMBER: _ClassVar[int]
    OPEN_ACCOUNT_FIELD_NUMBER: _ClassVar[int]
    OPEN_ROOM_FIELD_NUMBER: _ClassVar[int]
    ORDER_BATCH_FIELD_NUMBER: _ClassVar[int]
    PING_FIELD_NUMBER: _ClassVar[int]
    PLACE_ORDER_FIELD_NUMBER: _ClassVar[int]
    PREVIEW_ORDER_FIELD_NUMBER: _ClassVar[int]
    REMOVE_ACCOUNT_MEMBER_FIELD_NUMBER: _ClassVar[int]
    RENAME_ACCOUNT_FIELD_NUMBER: _ClassVar[int]
    REPLACE_ORDER_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    REVOKE_API_KEY_FIELD_NUMBER: _ClassVar[int]
    REVOKE_CODE_FIELD_NUMBER: _ClassVar[int]
    SETTLE_MARKET_FIELD_NUMBER: _ClassVar[int]
    SET_CANCEL_ON_DISCONNECT_FIELD_NUMBER: _ClassVar[int]
    SET_ELEVATED_FIELD_NUMBER: _ClassVar[int]
    SET_HOUSE_BOTS_FIELD_NUMBER: _ClassVar[int]
    SET_MARKET_STATUS_FIELD_NUMBER: _ClassVar[int]
    SET_ROLE_FIELD_NUMBER: _ClassVar[int]
    SHARE_ACCOUNT_FIELD_NUMBER: _ClassVar[int]
    SUBSCRIBE_FIELD_NUMBER: _ClassVar[int]
    UNDO_SETTLEMENT_FIELD_NUMBER: _ClassVar[int]
    UNSUBSCRIBE_FIELD_NUMBER: _ClassVar[int]
    UPDATE_MARKET_FIELD_NUMBER: _ClassVar[int]
    UPDATE_ROOM_FIELD_NUMBER: _ClassVar[int]
    act_as: _session_pb2.ActAs
    authenticate: _session_pb2.Authenticate
    cancel_after: _orders_pb2.CancelAfter
    cancel_order: _orders_pb2.CancelOrder
    cancel_orders: _orders_pb2.CancelOrders
    claim_code: _money_pb2.ClaimCode
    convert_basket: _markets_pb2.ConvertBasket
    create_api_key: _keys_pb2.CreateApiKey
    create_code: _money_pb2.CreateCode
    create_market: _markets_pb2.CreateMarket
    enter_room: _session_pb2.EnterRoom
    exercise_option: _markets_pb2.ExerciseOption
    get_api_keys: _keys_pb2.GetApiKeys
    get_audit_trail: _history_pb2.GetAuditTrail
    get_book: _history_pb2.GetBook
    get_candles: _history_pb2.GetCandles
    get_codes: _money_pb2.GetCodes
    get_conversions: _history_pb2.GetConversions
    get_equity_curve: _history_pb2.GetEquityCurve
    get_exercises: _history_pb2.GetExercises
    get_leaderboard: _rooms_pb2.GetLeaderboard
    get_order_changes: _history_pb2.GetOrderChanges
    get_orders: _history_pb2.GetOrders
    get_room_settings: _rooms_pb2.GetRoomSettings
    get_settlements: _history_pb2.GetSettlements
    get_status_changes: _history_pb2.GetStatusChanges
    get_trades: _history_pb2.GetTrades
    get_transfers: _history_pb2.GetTransfers
    grant: _money_pb2.Grant
    invite_to_room: _rooms_pb2.InviteToRoom
    make_transfer: _money_pb2.MakeTransfer
    open_account: _rooms_pb2.OpenAccount
    open_room: _rooms_pb2.OpenRoom
    order_batch: _orders_pb2.OrderBatch
    ping: _session_pb2.Ping
    place_order: _orders_pb2.PlaceOrder
    preview_order: _orders_pb2.PreviewOrder
    remove_account_member: _rooms_pb2.RemoveAccountMember
    rename_account: _rooms_pb2.RenameAccount
    replace_order: _orders_pb2.ReplaceOrder
    request_id: int
    revoke_api_key: _keys_pb2.RevokeApiKey
    revoke_code: _money_pb2.RevokeCode
    set_cancel_on_disconnect: _orders_pb2.SetCancelOnDisconnect
    set_elevated: _session_pb2.SetElevated
    set_house_bots: _markets_pb2.SetHouseBots
    set_market_status: _markets_pb2.SetMarketStatus
    set_role: _rooms_pb2.SetRole
    settle_market: _markets_pb2.SettleMarket
    share_account: _rooms_pb2.ShareAccount
    subscribe: _session_pb2.Subscribe
    undo_settlement: _markets_pb2.UndoSettlement
    unsubscribe: _session_pb2.Unsubscribe
    update_market: _markets_pb2.UpdateMarket
    update_room: _rooms_pb2.UpdateRoom
    def __init__(self, request_id: _Optional[int] = ..., authenticate: _Optional[_Union[_session_pb2.Authenticate, _Mapping]] = ..., subscribe: _Optional[_Union[_session_pb2.Subscribe, _Mapping]] = ..., unsubscribe: _Optional[_Union[_session_pb2.Unsubscribe, _Mapping]] = ..., set_elevated: _Optional[_Union[_session_pb2.SetElevated, _Mapping]] = ..., ping: _Optional[_Union[_session_pb2.Ping, _Mapping]] = ..., enter_room: _Optional[_Union[_session_pb2.EnterRoom, _Mapping]] = ..., act_as: _Optional[_Union[_session_pb2.ActAs, _Mapping]] = ..., set_cancel_on_disconnect: _Optional[_Union[_orders_pb2.SetCancelOnDisconnect, _Mapping]] = ..., place_order: _Optional[_Union[_orders_pb2.PlaceOrder, _Mapping]] = ..., replace_order: _Optional[_Union[_orders_pb2.ReplaceOrder, _Mapping]] = ..., cancel_order: _Optional[_Union[_orders_pb2.CancelOrder, _Mapping]] = ..., cancel_orders: _Optional[_Union[_orders_pb2.CancelOrders, _Mapping]] = ..., order_batch: _Optional[_Union[_orders_pb2.OrderBatch, _Mapping]] = ..., preview_order: _Optional[_Union[_orders_pb2.PreviewOrder, _Mapping]] = ..., cancel_after: _Optional[_Union[_orders_pb2.CancelAfter, _Mapping]] = ..., convert_basket: _Optional[_Union[_markets_pb2.ConvertBasket, _Mapping]] = ..., exercise_option: _Optional[_Union[_markets_pb2.ExerciseOption, _Mapping]] = ..., create_market: _Optional[_Union[_markets_pb2.CreateMarket, _Mapping]] = ..., settle_market: _Optional[_Union[_markets_pb2.SettleMarket, _Mapping]] = ..., update_market: _Optional[_Union[_markets_pb2.UpdateMarket, _Mapping]] = ..., set_market_status: _Optional[_Union[_markets_pb2.SetMarketStatus, _Mapping]] = ..., undo_settlement: _Optional[_Union[_markets_pb2.UndoSettlement, _Mapping]] = ..., set_house_bots: _Optional[_Union[_markets_pb2.SetHouseBots, _Mapping]] = ..., open_room: _Optional[_Union[_rooms_pb2.OpenRoom, _Mapping]] = ..., update_room: _Optional[_Union[_rooms_pb2.UpdateRoom, _Mapping]] = ..., invite_to_room: _Optional[_Union[_rooms_pb2.InviteToRoom, _Mapping]] = ..., get_room_settings: _Optional[_Union[_rooms_pb2.GetRoomSettings, _Mapping]] = ..., set_role: _Optional[_Union[_rooms_pb2.SetRole, _Mapping]] = ..., open_account: _Optional[_Union[_rooms_pb2.OpenAccount, _Mapping]] = ..., rename_account: _Optional[_Union[_rooms_pb2.RenameAccount, _Mapping]] = ..., share_account: _Optional[_Union[_rooms_pb2.ShareAccount, _Mapping]] = ..., remove_account_member: _Optional[_Union[_rooms_pb2.RemoveAccountMember, _Mapping]] = ..., make_transfer: _Optional[_Union[_money_pb2.MakeTransfer, _Mapping]] = ..., grant: _Optional[_Union[_money_pb2.Grant, _Mapping]] = ..., create_code: _Optional[_Union[_money_pb2.CreateCode, _Mapping]] = ..., revoke_code: _Optional[_Union[_money_pb2.RevokeCode, _Mapping]] = ..., claim_code: _Optional[_Union[_money_pb2.ClaimCode, _Mapping]] = ..., get_codes: _Optional[_Union[_money_pb2.GetCodes, _Mapping]] = ..., get_leaderboard: _Optional[_Union[_rooms_pb2.GetLeaderboard, _Mapping]] = ..., get_trades: _Optional[_Union[_history_pb2.GetTrades, _Mapping]] = ..., get_orders: _Optional[_Union[_history_pb2.GetOrders, _Mapping]] = ..., get_order_changes: _Optional[_Union[_history_pb2.GetOrderChanges, _Mapping]] = ..., get_transfers: _Optional[_Union[_history_pb2.GetTransfers, _Mapping]] = ..., get_status_changes: _Optional[_Union[_history_pb2.GetStatusChanges, _Mapping]] = ..., get_settlements: _Optional[_Union[_history_pb2.GetSettlements, _Mapping]] = ..., get_candles: _Optional[_Union[_history_pb2.GetCandles, _Mapping]] = ..., get_equity_curve: _Optional[_Union[_history_pb2.GetEquityCurve, _Mapping]] = ..., get_book: _Optional[_Union[_history_pb2.GetBook, _Mapping]] = ..., get_conversions: _Optional[_Union[_history_pb2.GetConversions, _Mapping]] = ..., get_exercises: _Optional[_Union[_history_pb2.GetExercises, _Mapping]] = ..., get_audit_trail: _Optional[_Union[_history_pb2.GetAuditTrail, _Mapping]] = ..., create_api_key: _Optional[_Union[_keys_pb2.CreateApiKey, _Mapping]] = ..., get_api_keys: _Optional[_Union[_keys_pb2.GetApiKeys, _Mapping]] = ..., revoke_api_key: _Optional[_Union[_keys_pb2.RevokeApiKey, _Mapping]] = ...) -> None: ...

class ServerFrame(_message.Message):
    __slots__ = ["frame_number", "messages"]
    FRAME_NUMBER_FIELD_NUMBER: _ClassVar[int]
    MESSAGES_FIELD_NUMBER: _ClassVar[int]
    frame_number: int
    messages: _containers.RepeatedCompositeFieldContainer[ServerMessage]
    def __init__(self, messages: _Optional[_Iterable[_Union[ServerMessage, _Mapping]]] = ..., frame_number: _Optional[int] = ...) -> None: ...

class ServerMessage(_message.Message):
    __slots__ = ["account_changed", "account_members_changed", "acting_as", "api_key_created", "api_keys", "audit_page", "authenticated", "basket_converted", "batch_applied", "book_changed", "book_snapshot", "cancel_after_changed", "cancel_on_disconnect_changed", "candles_page", "code_changed", "codes", "conversions_page", "elevation_changed", "equity_page", "exercises_page", "granted", "leaderboard", "market_changed", "member_changed", "membership_changed", "option_exercised", "order_changed", "order_changes_page", "order_previewed", "orders_cancelled", "orders_page", "past_book", "pong", "portfolio_changed", "portfolio_snapshot", "ready", "request_failed", "request_id", "resynchronizing", "room_changed", "room_entered", "room_settings", "room_snapshot", "sequence", "settlements_page", "status_changes_page", "subscribed", "ticker_changed", "time_us", "traded", "trades_page", "trades_snapshot", "transfer_made", "transfers_page"]
    ACCOUNT_CHANGED_FIELD_NUMBER: _ClassVar[int]
    ACCOUNT_MEMBERS_CHANGED_FIELD_NUMBER: _ClassVar[int]
    ACTING_AS_FIELD_NUMBER: _ClassVar[int]
    API_KEYS_FIELD_NUMBER: _ClassVar[int]
    API_KEY_CREATED_FIELD_NUMBER: _ClassVar[int]
    AUDIT_PAGE_FIELD_NUMBER: _ClassVar[int]
    AUTHENTICATED_FIELD_NUMBER: _ClassVar[int]
    BASKET_CONVERTED_FIELD_NUMBER: _ClassVar[int]
    BATCH_APPLIED_FIELD_NUMBER: _ClassVar[int]
    BOOK_CHANGED_FIELD_NUMBER: _ClassVar[int]
    BOOK_SNAPSHOT_FIELD_NUMBER: _ClassVar[int]
    CANCEL_AFTER_CHANGED_FIELD_NUMBER: _ClassVar[int]
    CANCEL_ON_DISCONNECT_CHANGED_FIELD_NUMBER: _ClassVar[int]
    CANDLES_PAGE_FIELD_NUMBER: _ClassVar[int]
    CODES_FIELD_NUMBER: _ClassVar[int]
    CODE_CHANGED_FIELD_NUMBER: _ClassVar[int]
    CONVERSIONS_PAGE_FIELD_NUMBER: _ClassVar[int]
    ELEVATION_CHANGED_FIELD_NUMBER: _ClassVar[int]
    EQUITY_PAGE_FIELD_NUMBER: _ClassVar[int]
    EXERCISES_PAGE_FIELD_NUMBER: _ClassVar[int]
    GRANTED_FIELD_NUMBER: _ClassVar[int]
    LEADERBOARD_FIELD_NUMBER: _ClassVar[int]
    MARKET_CHANGED_FIELD_NUMBER: _ClassVar[int]
    MEMBERSHIP_CHANGED_FIELD_NUMBER: _ClassVar[int]
    MEMBER_CHANGED_FIELD_NUMBER: _ClassVar[int]
    OPTION_EXERCISED_FIELD_NUMBER: _ClassVar[int]
    ORDERS_CANCELLED_FIELD_NUMBER: _ClassVar[int]
    ORDERS_PAGE_FIELD_NUMBER: _ClassVar[int]
    ORDER_CHANGED_FIELD_NUMBER: _ClassVar[int]
    ORDER_CHANGES_PAGE_FIELD_NUMBER: _ClassVar[int]
    ORDER_PREVIEWED_FIELD_NUMBER: _ClassVar[int]
    PAST_BOOK_FIELD_NUMBER: _ClassVar[int]
    PONG_FIELD_NUMBER: _ClassVar[int]
    PORTFOLIO_CHANGED_FIELD_NUMBER: _ClassVar[int]
    PORTFOLIO_SNAPSHOT_FIELD_NUMBER: _ClassVar[int]
    READY_FIELD_NUMBER: _ClassVar[int]
    REQUEST_FAILED_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    RESYNCHRONIZING_FIELD_NUMBER: _ClassVar[int]
    ROOM_CHANGED_FIELD_NUMBER: _ClassVar[int]
    ROOM_ENTERED_FIELD_NUMBER: _ClassVar[int]
    ROOM_SETTINGS_FIELD_NUMBER: _ClassVar[int]
    ROOM_SNAPSHOT_FIELD_NUMBER: _ClassVar[int]
    SEQUENCE_FIELD_NUMBER: _ClassVar[int]
    SETTLEMENTS_PAGE_FIELD_NUMBER: _ClassVar[int]
    STATUS_CHANGES_PAGE_FIELD_NUMBER: _ClassVar[int]
    SUBSCRIBED_FIELD_NUMBER: _ClassVar[int]
    TICKER_CHANGED_FIELD_NUMBER: _ClassVar[int]
    TIME_US_FIELD_NUMBER: _ClassVar[int]
    TRADED_FIELD_NUMBER: _ClassVar[int]
    TRADES_PAGE_FIELD_NUMBER: _ClassVar[int]
    TRADES_SNAPSHOT_FIELD_NUMBER: _ClassVar[int]
    TRANSFERS_PAGE_FIELD_NUMBER: _ClassVar[int]
    TRANSFER_MADE_FIELD_NUMBER: _ClassVar[int]
    account_changed: _rooms_pb2.AccountChanged
    account_members_changed: _rooms_pb2.AccountMembersChanged
    acting_as: _session_pb2.ActingAs
    api_key_created: _keys_pb2.ApiKeyCreated
    api_keys: _keys_pb2.ApiKeys
    audit_page: _history_pb2.AuditPage
    authenticated: _session_pb2.Authenticated
    basket_converted: _markets_pb2.BasketConverted
    batch_applied: _orders_pb2.BatchApplied
    book_changed: _markets_pb2.BookChanged
    book_snapshot: _markets_pb2.BookSnapshot
    cancel_after_changed: _orders_pb2.CancelAfterChanged
    cancel_on_disconnect_changed: _orders_pb2.CancelOnDisconnectChanged
    candles_page: _history_pb2.CandlesPage
    code_changed: _money_pb2.CodeChanged
    codes: _money_pb2.Codes
    conversions_page: _history_pb2.ConversionsPage
    elevation_changed: _session_pb2.ElevationChanged
    equity_page: _history_pb2.EquityPage
    exercises_page: _history_pb2.ExercisesPage
    granted: _money_pb2.Granted
    leaderboard: _rooms_pb2.Leaderboard
    market_changed: _markets_pb2.MarketChanged
    member_changed: _rooms_pb2.MemberChanged
    membership_changed: _rooms_pb2.MembershipChanged
    option_exercised: _markets_pb2.OptionExercised
    order_changed: _orders_pb2.OrderChanged
    order_changes_page: _history_pb2.OrderChangesPage
    order_previewed: _orders_pb2.OrderPreviewed
    orders_cancelled: _orders_pb2.OrdersCancelled
    orders_page: _history_pb2.OrdersPage
    past_book: _history_pb2.PastBook
    pong: _session_pb2.Pong
    portfolio_changed: _rooms_pb2.PortfolioChanged
    portfolio_snapshot: _rooms_pb2.PortfolioSnapshot
    ready: _session_pb2.Ready
    request_failed: _failures_pb2.RequestFailed
    request_id: int
    resynchronizing: _session_pb2.Resynchronizing
    room_changed: _rooms_pb2.RoomChanged
    room_entered: _session_pb2.RoomEntered
    room_settings: _rooms_pb2.RoomSettings
    room_snapshot: _rooms_pb2.RoomSnapshot
    sequence: int
    settlements_page: _history_pb2.SettlementsPage
    status_changes_page: _history_pb2.StatusChangesPage
    subscribed: _session_pb2.Subscribed
    ticker_changed: _markets_pb2.TickerChanged
    time_us: int
    traded: _markets_pb2.Traded
    trades_page: _history_pb2.TradesPage
    trades_snapshot: _markets_pb2.TradesSnapshot
    transfer_made: _money_pb2.TransferMade
    transfers_page: _history_pb2.TransfersPage
    def __init__(self, request_id: _Optional[int] = ..., sequence: _Optional[int] = ..., time_us: _Optional[int] = ..., request_failed: _Optional[_Union[_failures_pb2.RequestFailed, _Mapping]] = ..., authenticated: _Optional[_Union[_session_pb2.Authenticated, _Mapping]] = ..., ready: _Optional[_Union[_session_pb2.Ready, _Mapping]] = ..., subscribed: _Optional[_Union[_session_pb2.Subscribed, _Mapping]] = ..., elevation_changed: _Optional[_Union[_session_pb2.ElevationChanged, _Mapping]] = ..., resynchronizing: _Optional[_Union[_session_pb2.Resynchronizing, _Mapping]] = ..., pong: _Optional[_Union[_session_pb2.Pong, _Mapping]] = ..., room_entered: _Optional[_Union[_session_pb2.RoomEntered, _Mapping]] = ..., acting_as: _Optional[_Union[_session_pb2.ActingAs, _Mapping]] = ..., cancel_on_disconnect_changed: _Optional[_Union[_orders_pb2.CancelOnDisconnectChanged, _Mapping]] = ..., room_snapshot: _Optional[_Union[_rooms_pb2.RoomSnapshot, _Mapping]] = ..., account_changed: _Optional[_Union[_rooms_pb2.AccountChanged, _Mapping]] = ..., market_changed: _Optional[_Union[_markets_pb2.MarketChanged, _Mapping]] = ..., room_changed: _Optional[_Union[_rooms_pb2.RoomChanged, _Mapping]] = ..., member_changed: _Optional[_Union[_rooms_pb2.MemberChanged, _Mapping]] = ..., membership_changed: _Optional[_Union[_rooms_pb2.MembershipChanged, _Mapping]] = ..., room_settings: _Optional[_Union[_rooms_pb2.RoomSettings, _Mapping]] = ..., portfolio_snapshot: _Optional[_Union[_rooms_pb2.PortfolioSnapshot, _Mapping]] = ..., portfolio_changed: _Optional[_Union[_rooms_pb2.PortfolioChanged, _Mapping]] = ..., order_changed: _Optional[_Union[_orders_pb2.OrderChanged, _Mapping]] = ..., orders_cancelled: _Optional[_Union[_orders_pb2.OrdersCancelled, _Mapping]] = ..., batch_applied: _Optional[_Union[_orders_pb2.BatchApplied, _Mapping]] = ..., order_previewed: _Optional[_Union[_orders_pb2.OrderPreviewed, _Mapping]] = ..., cancel_after_changed: _Optional[_Union[_orders_pb2.CancelAfterChanged, _Mapping]] = ..., transfer_made: _Optional[_Union[_money_pb2.TransferMade, _Mapping]] = ..., basket_converted: _Optional[_Union[_markets_pb2.BasketConverted, _Mapping]] = ..., option_exercised: _Optional[_Union[_markets_pb2.OptionExercised, _Mapping]] = ..., book_snapshot: _Optional[_Union[_markets_pb2.BookSnapshot, _Mapping]] = ..., book_changed: _Optional[_Union[_markets_pb2.BookChanged, _Mapping]] = ..., trades_snapshot: _Optional[_Union[_markets_pb2.TradesSnapshot, _Mapping]] = ..., traded: _Optional[_Union[_markets_pb2.Traded, _Mapping]] = ..., ticker_changed: _Optional[_Union[_markets_pb2.TickerChanged, _Mapping]] = ..., account_members_changed: _Optional[_Union[_rooms_pb2.AccountMembersChanged, _Mapping]] = ..., leaderboard: _Optional[_Union[_rooms_pb2.Leaderboard, _Mapping]] = ..., granted: _Optional[_Union[_money_pb2.Granted, _Mapping]] = ..., code_changed: _Optional[_Union[_money_pb2.CodeChanged, _Mapping]] = ..., codes: _Optional[_Union[_money_pb2.Codes, _Mapping]] = ..., trades_page: _Optional[_Union[_history_pb2.TradesPage, _Mapping]] = ..., orders_page: _Optional[_Union[_history_pb2.OrdersPage, _Mapping]] = ..., order_changes_page: _Optional[_Union[_history_pb2.OrderChangesPage, _Mapping]] = ..., transfers_page: _Optional[_Union[_history_pb2.TransfersPage, _Mapping]] = ..., status_changes_page: _Optional[_Union[_history_pb2.StatusChangesPage, _Mapping]] = ..., settlements_page: _Optional[_Union[_history_pb2.SettlementsPage, _Mapping]] = ..., candles_page: _Optional[_Union[_history_pb2.CandlesPage, _Mapping]] = ..., equity_page: _Optional[_Union[_history_pb2.EquityPage, _Mapping]] = ..., past_book: _Optional[_Union[_history_pb2.PastBook, _Mapping]] = ..., conversions_page: _Optional[_Union[_history_pb2.ConversionsPage, _Mapping]] = ..., exercises_page: _Optional[_Union[_history_pb2.ExercisesPage, _Mapping]] = ..., audit_page: _Optional[_Union[_history_pb2.AuditPage, _Mapping]] = ..., api_key_created: _Optional[_Union[_keys_pb2.ApiKeyCreated, _Mapping]] = ..., api_keys: _Optional[_Union[_keys_pb2.ApiKeys, _Mapping]] = ...) -> None: ...
