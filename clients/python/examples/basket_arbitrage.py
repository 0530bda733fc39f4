"""Keeps a basket's price in line with its constituents': when the basket is bid above what its constituents are
offered at, sells baskets, buys the constituents and makes baskets of them; and the other way round.

Its legs are market orders in one batch, with nothing of anyone else's in between, so the prices it saw are good.

    python basket_arbitrage.py --api-key exk_... --basket "A and B" --seconds 60
"""

import argparse
from decimal import Decimal

from exchange import Exchange, Market, Place, Refused
from exchange.models import Level


class Leg:
    """One market, and how much of it goes with each basket bought."""

    def __init__(self, market: Market, multiplier: int) -> None:
        self.market, self.multiplier = market, multiplier

    def best(self, buying_baskets: bool) -> tuple[Level, str] | None:
        """What is to be traded here, against which level."""
        buying = buying_baskets == (self.multiplier > 0)
        levels = self.market.book.offers if buying else self.market.book.bids
        return (levels[0], "buy" if buying else "sell") if levels else None


def look(
    ex: Exchange, basket: Market, legs: list[Leg], sell_basket: bool, size_max: Decimal
) -> bool:
    """Trades once if there is something to gain beyond the fee. Whether it did."""
    sides = [(Leg(basket, 1), not sell_basket), *((leg, sell_basket) for leg in legs)]
    found = [(leg, leg.best(buying)) for leg, buying in sides]
    size, gain, places = size_max, Decimal(0), list[tuple[Leg, str, Decimal]]()
    for leg, best in found:
        if best is None:
            return False
        level, side = best
        size = min(size, (level.quantity / abs(leg.multiplier)).quantize(Decimal("0.01")))
        gain += level.price * abs(leg.multiplier) * (1 if side == "sell" else -1)
        places.append((leg, side, level.price))
    fee = Decimal(basket.raw.basket.fee) / 10_000
    if size <= 0 or gain * size <= fee:
        return False
    results = ex.batch(
        Place(
            leg.market, "buy" if side == "buy" else "sell", size * abs(leg.multiplier), price, "fok"
        )
        for leg, side, price in places
    )
    refused = [result for result in results if isinstance(result, Refused)]
    if refused:
        print("A leg was refused:", *refused)
        return False
    convert = basket.create_baskets if sell_basket else basket.redeem_baskets
    convert(size)
    print(f"{'Sold' if sell_basket else 'Bought'} {size} baskets, gained {gain * size - fee}")
    return True


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--url", default="http://localhost:8080")
    parser.add_argument("--api-key", required=True)
    parser.add_argument("--basket", required=True)
    parser.add_argument(
        "--size", type=Decimal, default=Decimal(10), help="baskets at a time, at most"
    )
    parser.add_argument("--seconds", type=float, default=60)
    args = parser.parse_args()

    with Exchange.connect(args.url, api_key=args.api_key) as ex:
        basket = ex.markets[args.basket]
        legs = [
            Leg(ex.markets[each.market_id], each.multiplier)
            for each in basket.raw.basket.constituents
        ]
        if not legs:
            parser.error(f'"{basket.name}" is no basket.')
        with ex.stream(seconds=args.seconds) as events:
            while True:
                if not any(look(ex, basket, legs, sell, args.size) for sell in (True, False)):
                    if next((e for e in events if e.kind == "book_changed"), None) is None:
                        break
        print(f"Cash {ex.cash}, available {ex.available}")


if __name__ == "__main__":
    main()
