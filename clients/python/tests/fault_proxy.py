"""A WebSocket proxy that does to frames what networks and middleboxes do: loses, doubles and swaps them, and
cuts connections, before or after a frame has gone through. By chance, but the same chance for a seed."""

from __future__ import annotations

import asyncio
import random
import threading
from collections import Counter
from dataclasses import dataclass
from typing import Any

import websockets
from exchange._callers import cancel_all_tasks
from websockets.exceptions import ConnectionClosed, InvalidHandshake


@dataclass
class Faults:
    """What happens to a frame, as chances from 0 to 1."""

    lose: float = 0.0
    double: float = 0.0
    swap: float = 0.0
    cut_before: float = 0.0
    cut_after: float = 0.0


class FaultProxy:
    """Passes on what comes to its `url`. Use `with`."""

    def __init__(self, target: str, seed: int) -> None:
        self._target = target.replace("http", "ws", 1) + "/ws"
        self._chance = random.Random(seed)
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._server: Any = None
        self._live: set[Any] = set()
        self.url = ""
        self.to_client = Faults()
        self.to_server = Faults()
        self.done: Counter[str] = Counter()
        """How often each fault was made."""
        self.refusing = False
        """Whether new connections are turned away."""

    def __enter__(self) -> FaultProxy:
        self._thread.start()
        asyncio.run_coroutine_threadsafe(self._start(), self._loop).result()
        return self

    def __exit__(self, *_: object) -> None:
        asyncio.run_coroutine_threadsafe(self._stop(), self._loop).result()
        asyncio.run_coroutine_threadsafe(cancel_all_tasks(), self._loop).result()
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    def calm(self) -> None:
        """No more faults."""
        self.to_client, self.to_server = Faults(), Faults()

    def cut(self) -> None:
        """Ends all connections."""

        async def end() -> None:
            for socket in list(self._live):
                socket.transport.abort()

        asyncio.run_coroutine_threadsafe(end(), self._loop).result()

    async def _start(self) -> None:
        serve: Any = getattr(websockets, "serve")
        self._server = await serve(self._pass_on, "127.0.0.1", 0, max_size=None, compression=None)
        port = next(iter(self._server.sockets)).getsockname()[1]
        self.url = f"http://127.0.0.1:{port}"

    async def _stop(self) -> None:
        self._server.close()
        for socket in list(self._live):
            socket.transport.abort()
        await self._server.wait_closed()

    async def _pass_on(self, client: Any) -> None:
        if self.refusing:
            return
        connect: Any = getattr(websockets, "connect")
        try:
            server = await connect(self._target, max_size=None, compression=None)
        except (OSError, InvalidHandshake):
            return
        self._live |= {client, server}
        ways = [
            asyncio.ensure_future(self._one_way(server, client, "to_client")),
            asyncio.ensure_future(self._one_way(client, server, "to_server")),
        ]
        try:
            await asyncio.wait(ways, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for way in ways:
                way.cancel()
            await asyncio.gather(*ways, return_exceptions=True)
            self._live -= {client, server}
            for socket in (client, server):
                socket.transport.abort()

    async def _one_way(self, source: Any, target: Any, way: str) -> None:
        held: bytes | None = None
        try:
            while True:
                frame = await source.recv()
                fault = self._fault(getattr(self, way))
                if fault is not None:
                    self.done[f"{way} {fault}"] += 1
                if fault == "cut_before":
                    return
                if fault == "swap" and held is None:
                    held = frame
                    continue
                if fault != "lose":
                    await target.send(frame)
                if fault == "double":
                    await target.send(frame)
                if held is not None:
                    await target.send(held)
                    held = None
                if fault == "cut_after":
                    # Let it be read: what was lost then is the answer.
                    await asyncio.sleep(0.005)
                    return
        except ConnectionClosed as closed:
            # Why the exchange closed is for the client to know.
            if closed.rcvd is not None and closed.rcvd.code >= 1000:
                await target.close(closed.rcvd.code, closed.rcvd.reason)

    def _fault(self, faults: Faults) -> str | None:
        point = self._chance.random()
        for name, chance in vars(faults).items():
            if point < chance:
                return str(name)
            point -= chance
        return None
