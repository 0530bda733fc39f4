"""Two ways for orders not to outlive their bot: one is cancelled when the connection ends; the other, the
account's dead man's switch, unless it is renewed in time.

    python cancel_on_disconnect.py --api-key exk_... --market "Rain tomorrow"
"""

import argparse

from exchange import Exchange


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--url", default="http://localhost:8080")
    parser.add_argument("--api-key", required=True)
    parser.add_argument("--market", required=True)
    parser.add_argument(
        "--seconds", type=float, default=1, help="of the dead man's switch; 1 at least"
    )
    args = parser.parse_args()

    with Exchange.connect(args.url, api_key=args.api_key) as watching:
        with Exchange.connect(args.url, api_key=args.api_key) as ex:
            ex.cancel_on_disconnect()
            market = ex.markets[args.market]
            order = market.buy(1, at=market.min_price)
            watching.wait(lambda: order.id in [each.id for each in watching.orders], timeout=10)
        # The connection that placed it has ended.
        seen = watching.find_order(order.client_order_id)
        assert seen is not None
        watching.wait(lambda: not seen.live, timeout=10)
        print(f"On disconnect: {seen.status}, {seen.reason}")

        market = watching.markets[args.market]
        order = market.buy(1, at=market.min_price)
        watching.cancel_after(args.seconds)
        # A bot that is well would call it again, again and again. This one stops.
        watching.wait(lambda: not order.live, timeout=args.seconds + 10)
        print(f"Switch: {order.status}, {order.reason}")


if __name__ == "__main__":
    main()
