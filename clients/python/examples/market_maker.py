"""Quotes both sides of a market around a fair price, leans against its position, and takes its quotes away
when it ends, however it ends.

    python market_maker.py --api-key exk_... --market "Rain tomorrow" --fair 45 --seconds 60
"""

import argparse
from decimal import Decimal

from exchange import Exchange, InsufficientFunds, Market, Order, Refused


class Quote:
    """One side of the market: one order, moved in place."""

    def __init__(self, market: Market, side: str) -> None:
        self._market, self._side = market, side
        self._order: Order | None = None

    def set(self, price: Decimal, size: Decimal) -> None:
        order = self._order
        try:
            if order is None or not order.live:
                place = self._market.buy if self._side == "buy" else self._market.sell
                self._order = place(size, at=price)
            elif order.price != price or order.remaining != size:
                order.replace(order.filled_quantity + size, at=price)
        except InsufficientFunds:
            self.cancel()
        except Refused as refused:
            # Filled as we were about to move it, for one: the next event brings us here again.
            print(f"{self._side} {size} at {price}: {refused}")

    def cancel(self) -> None:
        if self._order is not None and self._order.live:
            self._order.cancel()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--url", default="http://localhost:8080")
    parser.add_argument("--api-key", required=True)
    parser.add_argument("--market", required=True)
    parser.add_argument("--fair", type=Decimal, required=True, help="what it is worth to us")
    parser.add_argument(
        "--spread", type=Decimal, default=Decimal(2), help="between our bid and offer"
    )
    parser.add_argument("--size", type=Decimal, default=Decimal(10), help="contracts on each side")
    parser.add_argument(
        "--lean", type=Decimal, default=Decimal("0.05"), help="price per contract held"
    )
    parser.add_argument("--seconds", type=float, default=60)
    args = parser.parse_args()

    with Exchange.connect(args.url, api_key=args.api_key) as ex:
        ex.cancel_on_disconnect()
        market = ex.markets[args.market]
        bid, offer = Quote(market, "buy"), Quote(market, "sell")

        def quote() -> None:
            middle = args.fair - args.lean * market.position
            bid.set(market.on_tick(middle - args.spread / 2), args.size)
            offer.set(market.on_tick(middle + args.spread / 2, up=True), args.size)

        with ex.stream(seconds=args.seconds) as events:
            quote()
            for event in events:
                # Only what is about us: our own quotes are in the book, and answering them would go on for ever.
                if event.kind in ("portfolio_changed", "reconnected") and market.is_open:
                    quote()
        market.cancel_all()
        print(f"Position {market.position}, cash {ex.cash}")


if __name__ == "__main__":
    main()
