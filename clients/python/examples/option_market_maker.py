"""Quotes an option from its underlying's middle price: what it pays if the underlying ended where it is, plus
something for what may still happen, which is most at the strike.

    python option_market_maker.py --api-key exk_... --option "Rain, call 60" --seconds 60
"""

import argparse
from decimal import Decimal

from exchange import Exchange, Market, Refused
from exchange.proto import markets_pb2


def value(option: Market, underlying: Decimal, time_value: Decimal) -> Decimal:
    """What the option is worth to us, in price."""
    terms = option.raw.option
    strike = Decimal(terms.strike) / 100
    above = underlying - strike
    pays = above if terms.kind == markets_pb2.OPTION_KIND_CALL else -above
    # A tent: all of it at the strike, none a quarter of the range away.
    distance = abs(above) / (max(option.max_price - option.min_price, Decimal(1)) / 2)
    return max(pays, Decimal(0)) + time_value * max(Decimal(0), 1 - distance)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--url", default="http://localhost:8080")
    parser.add_argument("--api-key", required=True)
    parser.add_argument("--option", required=True)
    parser.add_argument("--time-value", type=Decimal, default=Decimal(3))
    parser.add_argument("--spread", type=Decimal, default=Decimal(1))
    parser.add_argument("--size", type=Decimal, default=Decimal(5))
    parser.add_argument("--seconds", type=float, default=60)
    args = parser.parse_args()

    with Exchange.connect(args.url, api_key=args.api_key) as ex:
        ex.cancel_on_disconnect()
        option = ex.markets[args.option]
        if not option.raw.HasField("option"):
            parser.error(f'"{option.name}" is no option.')
        underlying = ex.markets[option.raw.option.underlying_market_id]
        quoted: Decimal | None = None
        with ex.stream(seconds=args.seconds) as events:
            while True:
                middle = underlying.book.mid
                if middle is not None and middle != quoted and option.is_open:
                    fair = value(option, middle, args.time_value)
                    option.cancel_all()
                    try:
                        # Neither bid below nothing nor offered above all it can pay.
                        option.buy(args.size, at=option.on_tick(fair - args.spread / 2))
                        option.sell(args.size, at=option.on_tick(fair + args.spread / 2, up=True))
                    except Refused as refused:
                        print(refused)
                    quoted = middle
                    print(f"{underlying.name} at {middle}: {fair:.2f}")
                about = (e for e in events if e.kind in ("book_changed", "reconnected"))
                if next(about, None) is None:
                    break
        option.cancel_all()
        print(f"Position {option.position}, cash {ex.cash}")


if __name__ == "__main__":
    main()
