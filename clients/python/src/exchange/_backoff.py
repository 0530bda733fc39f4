"""How long to wait before the next try."""

from __future__ import annotations

import random
from typing import Callable

FIRST_S = 0.1
LONGEST_S = 5.0


def backoff(failures: int, chance: Callable[[], float] = random.random) -> float:
    """Seconds: doubling from FIRST_S to LONGEST_S, the second half of it by chance, so that many clients
    that lost the same exchange do not come back in the same instant."""
    ceiling = min(LONGEST_S, FIRST_S * 2.0 ** min(failures, 16))
    return ceiling / 2 + ceiling / 2 * chance()
