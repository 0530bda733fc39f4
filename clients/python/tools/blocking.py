"""Writes the blocking interface from the asynchronous one: the same code without `async` and `await`.

blocking.py FROM_DIRECTORY TO_DIRECTORY
"""

import re
import sys
from pathlib import Path

REPLACEMENTS = [
    (r"\basync (def|with|for)\b", r"\1"),
    (r"\bawait ", ""),
    (r"\bAsync([A-Z])", r"\1"),
    (r"\b_aio\b", "_sync"),
    (r"\b__aenter__\b", "__enter__"),
    (r"\b__aexit__\b", "__exit__"),
    (r"\b__aiter__\b", "__iter__"),
    (r"\b__anext__\b", "__next__"),
    (r"\bStopAsyncIteration\b", "StopIteration"),
    (r"\baclose\b", "close"),
    (r"`_sync`, is generated from it", "`_aio`, is what this is generated from"),
    (
        r"The asynchronous interface\. The blocking one",
        "The blocking interface. The asynchronous one",
    ),
]


def blocking(source: str) -> str:
    for pattern, replacement in REPLACEMENTS:
        source = re.sub(pattern, replacement, source)
    return "# Generated from exchange/_aio by clients/python/generate. Do not edit.\n" + source


def main(source: Path, target: Path) -> None:
    target.mkdir(parents=True, exist_ok=True)
    for file in sorted(source.glob("*.py")):
        (target / file.name).write_text(blocking(file.read_text()))


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
