"""One WebSocket: frames out, frames in, in order and without a gap."""

from __future__ import annotations

import asyncio
from typing import Any, Protocol
from urllib.parse import urlsplit, urlunsplit

import websockets
from google.protobuf.message import DecodeError
from websockets.exceptions import ConnectionClosed, InvalidHandshake, InvalidURI

from exchange.errors import ConnectionFailed, InvalidRequest
from exchange.proto.exchange_pb2 import ClientFrame, ClientMessage, ServerFrame

FRAME_MAX_BYTES = 64 * 1024
"""The largest frame that the exchange takes."""
_OPEN_WITHIN_S = 10
_PING_EVERY_S = 10
_PING_ANSWER_WITHIN_S = 15
POLICY_VIOLATION = 1008
"""The status with which the exchange closes on those it does not let in."""


class _Socket(Protocol):
    """What is used of a connection of `websockets`; its class is not the same in all versions."""

    async def send(self, message: bytes) -> None:
        ...

    async def recv(self) -> str | bytes:
        ...

    async def close(self) -> None:
        ...


class LinkEnded(Exception):
    """This connection is over; the next one resumes."""

    def __init__(self, reason: str, code: int = 0) -> None:
        super().__init__(reason)
        self.code = code


def websocket_url(url: str) -> str:
    """ws://host/ws for what people have at hand, http://host."""
    parts = urlsplit(url if "://" in url else "http://" + url)
    schemes = {"http": "ws", "https": "wss", "ws": "ws", "wss": "wss"}
    if parts.scheme not in schemes or not parts.netloc:
        raise ValueError(
            f"{url!r} is no address of an exchange; one looks like http://localhost:8080."
        )
    path = parts.path.rstrip("/")
    return urlunsplit(
        (
            schemes[parts.scheme],
            parts.netloc,
            path if path.endswith("/ws") else path + "/ws",
            "",
            "",
        )
    )


def unreachable(url: str, failure: BaseException) -> str:
    """A sentence for somebody who may just not have started it."""
    cause = getattr(failure, "reason", failure)
    if isinstance(cause, ConnectionRefusedError):
        return f"No exchange can be reached at {url}, because nothing listens there. Start the exchange, or correct the address."
    return f"No exchange can be reached at {url}: {str(cause) or type(cause).__name__}"


class Link:
    """One connection, from opening to its end."""

    def __init__(self, socket: _Socket) -> None:
        self._socket = socket
        self._last_frame = 0

    @staticmethod
    async def open(url: str) -> Link:
        """Raises ConnectionFailed."""
        # Names that the old and the new implementation have in common; untyped, for they have different types.
        connect: Any = getattr(websockets, "connect")
        try:
            socket = await connect(
                websocket_url(url),
                open_timeout=_OPEN_WITHIN_S,
                ping_interval=_PING_EVERY_S,
                ping_timeout=_PING_ANSWER_WITHIN_S,
                close_timeout=1,
                max_size=None,
                max_queue=64,
                compression=None,
            )
        except (OSError, asyncio.TimeoutError, InvalidHandshake, InvalidURI, EOFError) as failure:
            raise ConnectionFailed(unreachable(url, failure)) from failure
        return Link(socket)

    async def send(self, messages: list[ClientMessage]) -> None:
        """In as few frames as they fit in, in this order. Raises LinkEnded."""
        frame, size = ClientFrame(), 0
        for message in messages:
            bytes_more = message.ByteSize() + 8
            if size and size + bytes_more > FRAME_MAX_BYTES:
                await self._send(frame)
                frame, size = ClientFrame(), 0
            frame.messages.append(message)
            size += bytes_more
        if size:
            await self._send(frame)

    async def _send(self, frame: ClientFrame) -> None:
        try:
            await self._socket.send(frame.SerializeToString())
        except ConnectionClosed as closed:
            raise _ended(closed) from None

    async def receive(self) -> ServerFrame:
        """The next frame. Raises LinkEnded, also on a gap: what follows one can't be trusted."""
        try:
            data = await self._socket.recv()
        except ConnectionClosed as closed:
            raise _ended(closed) from None
        if isinstance(data, str):
            raise LinkEnded("The exchange sent a text frame; only binary frames are expected.")
        frame = ServerFrame()
        try:
            frame.ParseFromString(data)
        except DecodeError:
            raise LinkEnded("The exchange sent a frame that does not parse.") from None
        if frame.frame_number != self._last_frame + 1:
            raise LinkEnded(
                f"Frame {frame.frame_number} came after {self._last_frame}: one was lost or doubled on the way."
            )
        self._last_frame = frame.frame_number
        return frame

    async def close(self) -> None:
        await self._socket.close()


def check_size(message: ClientMessage) -> None:
    """Raises InvalidRequest for what the exchange would close the connection on."""
    if message.ByteSize() + 8 > FRAME_MAX_BYTES:
        raise InvalidRequest(
            f"The request has {message.ByteSize():,} bytes; a frame can hold {FRAME_MAX_BYTES:,}.",
            "TOO_LARGE",
        )


def _ended(closed: ConnectionClosed) -> LinkEnded:
    if closed.rcvd is None:
        return LinkEnded("The connection was lost.")
    return LinkEnded(closed.rcvd.reason or f"Closed with {closed.rcvd.code}.", closed.rcvd.code)
