"""The credential that each connection sends."""

from __future__ import annotations

import asyncio
from typing import Awaitable, Callable

from exchange._signin import sign_in
from exchange.proto.session_pb2 import Authenticate

Credential = Callable[[bool], Awaitable[Authenticate]]
"""Gives what to sign in with; afresh (True) if what it gave before was refused."""


def credential(
    url: str, api_key: str | None, token: str | None, name: str | None, password: str | None
) -> Credential:
    """Exactly one of the three ways. Raises ValueError otherwise."""
    if sum((api_key is not None, token is not None, name is not None)) != 1 or (
        (name is None) != (password is None)
    ):
        raise ValueError(
            "The credential is missing or there are several; give one of api_key=, token=, or name= and password=."
        )
    for what, given in {
        "api_key": api_key,
        "token": token,
        "name": name,
        "password": password,
    }.items():
        _check_text(what, given)
    if api_key is not None:
        if not api_key.strip():
            raise ValueError("api_key is empty.")
        return _fixed(Authenticate(api_key=api_key.strip()))
    if token is not None:
        return _fixed(Authenticate(access_token=token))
    assert name is not None and password is not None
    return _Password(url, name, password)


def _check_text(what: str, given: object) -> None:
    if given is not None and not isinstance(given, str):
        raise TypeError(f"{what} must be text, not {given!r}. An API key begins with exk_.")


def _fixed(hello: Authenticate) -> Credential:
    async def give(_afresh: bool) -> Authenticate:
        copy = Authenticate()
        copy.CopyFrom(hello)
        return copy

    return give


class _Password:
    """Signs in once, and again when the token has expired."""

    def __init__(self, url: str, name: str, password: str) -> None:
        self._ask = (url, name, password)
        self._token = ""

    async def __call__(self, afresh: bool) -> Authenticate:
        if afresh or not self._token:
            # It blocks on HTTP, and the loop has to go on.
            loop = asyncio.get_running_loop()
            self._token = await loop.run_in_executor(None, sign_in, *self._ask)
        return Authenticate(access_token=self._token)
