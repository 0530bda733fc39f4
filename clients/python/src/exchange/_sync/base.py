# Generated from exchange/_aio by clients/python/generate. Do not edit.
"""Asking, which everything else does."""

from __future__ import annotations

from google.protobuf.message import Message

from exchange._callers import Caller
from exchange._connection import Connection
from exchange.proto.exchange_pb2 import ClientMessage, ServerMessage


class Asking:
    """Sends requests."""

    _connection: Connection
    _caller: Caller
    timeout: float
    """Seconds that a request may take, reconnecting included."""

    def request(self, request: Message) -> ServerMessage:
        """Any request of the schema, such as ``exchange.proto.money_pb2.GetCodes()``, in the wire's units.

        Gives the exchange's answer. Raises Refused, ConnectionFailed, Unanswered.
        """
        return self._caller.run(self._connection.request(as_message(request), self.timeout))


def as_message(request: Message) -> ClientMessage:
    """A request as a ClientMessage."""
    if isinstance(request, ClientMessage):
        return request
    field = _FIELDS.get(request.DESCRIPTOR.full_name)
    if field is None:
        raise TypeError(
            f"{request.DESCRIPTOR.name} is no request; see ClientMessage in the schema."
        )
    message = ClientMessage()
    getattr(message, field).CopyFrom(request)
    # An empty message copied is none; this says that it is there.
    getattr(message, field).SetInParent()
    return message


_FIELDS = {
    field.message_type.full_name: field.name
    for field in ClientMessage.DESCRIPTOR.oneofs_by_name["request"].fields
    if field.message_type is not None
}
