"""Trades at random, a little, so that a market is not silent. Stops after --seconds.

    python noise.py --api-key exk_... --market "Rain tomorrow" --seconds 60
"""

import argparse
import random
import time
from datetime import timedelta
from decimal import Decimal

from exchange import Exchange, LimitReached


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--url", default="http://localhost:8080")
    parser.add_argument("--api-key", required=True)
    parser.add_argument("--market", required=True)
    parser.add_argument("--per-second", type=float, default=2, help="orders, on average")
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--seed", type=int)
    args = parser.parse_args()

    chance = random.Random(args.seed)
    ends_at = time.monotonic() + args.seconds
    orders = 0
    with Exchange.connect(args.url, api_key=args.api_key) as ex:
        market = ex.markets[args.market]
        while time.monotonic() < ends_at and market.is_open:
            around = market.book.mid or (market.min_price + market.max_price) / 2
            width = (market.max_price - market.min_price) / 20
            price = around + width * Decimal(chance.randint(-100, 100)) / 100
            trade = market.buy if chance.random() < 0.5 else market.sell
            try:
                # Each order goes away by itself, so the book does not fill up.
                trade(chance.randint(1, 5), at=market.on_tick(price), expires=timedelta(seconds=10))
                orders += 1
            except LimitReached:
                ex.cancel_all()
            time.sleep(min(chance.expovariate(args.per_second), max(0, ends_at - time.monotonic())))
        print(f"{orders} orders, position {market.position}")


if __name__ == "__main__":
    main()
