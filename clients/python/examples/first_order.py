"""Connects, looks at a market, places an order, and waits a while for somebody to trade with it.

    python first_order.py --api-key exk_... --market "Rain tomorrow" --buy 10 --at 42.50
"""

import argparse

from exchange import Exchange, WaitTimeout


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--url", default="http://localhost:8080")
    parser.add_argument("--api-key", required=True)
    parser.add_argument("--market", required=True)
    parser.add_argument("--buy", default="10", help="contracts")
    parser.add_argument("--at", default="42.50", help="the highest price to pay")
    parser.add_argument("--seconds", type=float, default=30)
    args = parser.parse_args()

    with Exchange.connect(args.url, api_key=args.api_key) as ex:
        market = ex.markets[args.market]
        print(f"{market.name}: {market.book.best_bid} / {market.book.best_offer}")
        print(f"Position {market.position}, available {ex.available}")
        preview = market.preview("buy", args.buy, at=args.at)
        print(
            f"{preview.filled} would fill at once; {preview.available_after} would stay available"
        )
        order = market.buy(args.buy, at=args.at)
        try:
            ex.wait(lambda: order.filled, timeout=args.seconds)
        except WaitTimeout:
            order.cancel()
        print(
            f"{order.status}: {order.filled_quantity} of {order.quantity} at {order.average_price}"
        )


if __name__ == "__main__":
    main()
