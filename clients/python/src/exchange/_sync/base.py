# Generated from exchange/_aio by clients/python/generate. Do not edit.
"""Sends requests, which everything else needs."""

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
    """Seconds that a request may take, including time to connect again."""

    def request(self, request: Message) -> ServerMessage:
        """Sends any request of the schema, such as ``exchange.proto.money_pb2.GetCodes()``, in the schema's units.

        Returns the answer. Raises Refused, ConnectionFailed, Unanswered.
        """
        return self._caller.run(self._connection.request(as_message(request), self.timeout))


def as_message(request: Message) -> ClientMessage:
    """A request as a ClientMessage."""
    if isinstance(request, ClientMessage):
        return request
    field = _FIELDS.get(request.DESCRIPTOR.full_name)
    if field is None:
        raise TypeError(
            f"{request.DESCRIPTOR.name} is not a request; see ClientMessage in the schema."
        )
    message = ClientMessage()
    getattr(message, field).CopyFrom(request)
    # Copying an empty message sets nothing; this marks it as present.
    getattr(message, field).SetInParent()
    return message


_FIELDS = {
    field.message_type.full_name: field.name
    for field in ClientMessage.DESCRIPTOR.oneofs_by_name["request"].fields
    if field.message_type is not None
}
