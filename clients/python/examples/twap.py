"""Buys or sells a quantity evenly over time, so as not to move the market: every slice takes what the book has
at the limit or better, and what it could not get is added to the next.

    python twap.py --api-key exk_... --market "Rain tomorrow" --side buy --quantity 100 --limit 55 --seconds 600
"""

import argparse
import time
from decimal import Decimal

from exchange import Exchange


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--url", default="http://localhost:8080")
    parser.add_argument("--api-key", required=True)
    parser.add_argument("--market", required=True)
    parser.add_argument("--side", choices=["buy", "sell"], required=True)
    parser.add_argument("--quantity", type=Decimal, required=True)
    parser.add_argument("--limit", type=Decimal, required=True, help="the worst price")
    parser.add_argument("--slices", type=int, default=20)
    parser.add_argument("--seconds", type=float, default=600)
    args = parser.parse_args()

    with Exchange.connect(args.url, api_key=args.api_key) as ex:
        market = ex.markets[args.market]
        trade = market.buy if args.side == "buy" else market.sell
        done, paid = Decimal(0), Decimal(0)
        for number in range(1, args.slices + 1):
            due = (args.quantity * number / args.slices).quantize(Decimal("0.01")) - done
            if due > 0:
                order = trade(due, at=args.limit, time_in_force="ioc")
                done += order.filled_quantity
                paid += order.filled_quantity * (order.average_price or 0)
            if number < args.slices:
                time.sleep(args.seconds / args.slices)
        average = f"{paid / done:.4f}" if done else "none"
        print(f"{done} of {args.quantity} done, average price {average}")


if __name__ == "__main__":
    main()
