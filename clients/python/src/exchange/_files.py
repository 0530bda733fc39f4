"""Files of a room's past, over HTTP: tables as CSV, and all of them in one ZIP."""

from __future__ import annotations

import http.client
import json
import os
import shutil
import tempfile
import urllib.error
import urllib.request
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

from exchange._link import unreachable
from exchange._signin import http_url
from exchange.errors import (
    ConnectionFailed,
    InvalidRequest,
    NotAllowed,
    NotFound,
    RateLimited,
    Refused,
    SignInFailed,
    Unavailable,
)

_REFUSALS: dict[int, tuple[type[Refused], str]] = {
    400: (InvalidRequest, "INVALID_FIELD"),
    401: (SignInFailed, "BAD_CREDENTIAL"),
    403: (NotAllowed, "FORBIDDEN"),
    404: (NotFound, "NOT_FOUND"),
    429: (RateLimited, "RATE_LIMITED"),
    503: (Unavailable, "OVERLOADED"),
}


def download(
    url: str,
    room: str,
    file: str,
    to: str | os.PathLike[str],
    *,
    token: str | None = None,
    api_key: str | None = None,
    elevated: bool = False,
    timeout: float = 60.0,
    **parameters: int | str,
) -> Path:
    """Saves a file of a room's history and returns its path. It replaces an existing file only when it is complete.

    file: ``trades.csv``, ``orders.csv``, ``leaderboard.csv``, ... (all are in the exchange's docs/data.md), or
        ``results.zip``, which has them all.
    token, or api_key: who you are; `sign_in` gives a token.
    elevated: with admin powers. An API key has none.
    timeout: seconds that may pass without a sign of the exchange.
    parameters: what the file takes, such as ``market=1`` or ``account=7``; ``bom=1`` for Excel.

    Raises NotFound, NotAllowed, InvalidRequest, SignInFailed, RateLimited, Unavailable, ConnectionFailed.
    """
    if (token is None) == (api_key is None):
        raise ValueError(
            "The credential is missing or there are two; give one of token= or api_key=."
        )
    query: dict[str, int | str] = {**parameters, **({"elevated": "true"} if elevated else {})}
    request = urllib.request.Request(
        f"{http_url(url)}/api/rooms/{quote(room, safe='')}/{quote(file, safe='')}?{urlencode(query)}",
        headers={"authorization": f"Bearer {token if token is not None else api_key}"},
    )
    path = Path(to)
    try:
        with urllib.request.urlopen(request, timeout=timeout) as response:
            # Beside it, so that it can take its place in one step.
            with tempfile.NamedTemporaryFile(dir=path.parent, delete=False) as part:
                try:
                    shutil.copyfileobj(response, part)
                    part.close()
                    os.replace(part.name, path)
                except BaseException:
                    os.unlink(part.name)
                    raise
    except urllib.error.HTTPError as refused:
        raise _refusal(refused) from None
    except urllib.error.URLError as failure:
        raise ConnectionFailed(unreachable(url, failure)) from failure
    except (http.client.HTTPException, ConnectionError, TimeoutError) as failure:
        raise ConnectionFailed(
            f"The file {file} did not arrive complete: {failure!r}. Download it again."
        ) from failure
    return path


def _refusal(refused: urllib.error.HTTPError) -> Refused:
    try:
        problem: dict[str, Any] = json.loads(refused.read())
        sentence = str(problem.get("detail") or problem.get("title") or refused.reason)
    except ValueError:
        sentence = str(refused.reason)
    kind, code = _REFUSALS.get(refused.code, (Refused, str(refused.code)))
    try:
        retry_after = float(refused.headers.get("Retry-After") or 0)
    except ValueError:
        retry_after = 0.0
    return kind(sentence, code, retry_after)
