"""Names and passwords, over HTTP: the built-in sign-in of an exchange. API keys need none of it."""

from __future__ import annotations

import json
import urllib.error
import urllib.request
from typing import Any
from urllib.parse import urlsplit

from exchange._link import unreachable
from exchange.errors import ConnectionFailed, RateLimited, SignInFailed, Unavailable

_TIMEOUT_S = 20


def sign_in(url: str, name: str, password: str) -> str:
    """Signs in, and returns a token that is valid for seven days.

    Raises SignInFailed, RateLimited, ConnectionFailed.
    """
    return _token(url, "/auth/sign-in", {"name": name, "password": password})


def sign_up(
    url: str,
    name: str,
    password: str,
    *,
    join_code: str | None = None,
    setup_code: str | None = None,
) -> str:
    """Signs up a new user and returns a token. ``setup_code`` makes the first admin: it is part of the link
    that the exchange prints; ``join_code`` is what an admin may ask of those who come in.

    Raises SignInFailed (the name is taken, the password too short, ...), RateLimited, ConnectionFailed.
    """
    fields = {"name": name, "password": password, "join_code": join_code, "setup_code": setup_code}
    return _token(
        url, "/auth/sign-up", {key: value for key, value in fields.items() if value is not None}
    )


def http_url(url: str) -> str:
    """http://host for what people have at hand."""
    parts = urlsplit(url if "://" in url else "http://" + url)
    scheme = {"ws": "http", "wss": "https"}.get(parts.scheme, parts.scheme)
    path = parts.path.rstrip("/")
    return f"{scheme}://{parts.netloc}{path[:-3] if path.endswith('/ws') else path}"


def _token(url: str, path: str, fields: dict[str, str]) -> str:
    request = urllib.request.Request(
        http_url(url) + path,
        data=json.dumps(fields).encode(),
        headers={"content-type": "application/json"},
    )
    try:
        with urllib.request.urlopen(request, timeout=_TIMEOUT_S) as response:
            answer: dict[str, Any] = json.load(response)
            return str(answer["token"])
    except urllib.error.HTTPError as refused:
        raise _refusal(refused) from None
    except (OSError, ValueError, KeyError) as failure:
        raise ConnectionFailed(unreachable(url, failure)) from failure


def _refusal(refused: urllib.error.HTTPError) -> Exception:
    body = refused.read()
    try:
        problem: dict[str, Any] = json.loads(body)
        sentence = str(problem.get("detail") or problem.get("title") or refused.reason)
    except ValueError:
        sentence = str(refused.reason)
    try:
        retry_after = float(refused.headers.get("Retry-After") or 1)
    except ValueError:
        retry_after = 1.0
    if refused.code == 429:
        return RateLimited(sentence, "RATE_LIMITED", retry_after)
    if refused.code == 503:
        return Unavailable(sentence, "OVERLOADED", retry_after)
    return SignInFailed(sentence, "BAD_CREDENTIAL")
