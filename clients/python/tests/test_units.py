"""Amounts, names, refusals, books and waiting times, without an exchange."""

from __future__ import annotations

import random
import unittest
from datetime import datetime, timedelta, timezone
from decimal import Decimal
from typing import Any

import exchange
from exchange import _backoff, _names, _units, errors
from exchange._book import RawBook
from exchange._requests import is_repeatable
from exchange.proto import exchange_pb2, failures_pb2, markets_pb2, orders_pb2


class UnitTests(unittest.TestCase):
    def test_amounts_become_units_exactly_or_not_at_all(self) -> None:
        for given, units in (
            ("42.50", 4250),
            (Decimal("42.5"), 4250),
            (42, 4200),
            ("-0.01", -1),
            ("1e2", 10000),
        ):
            self.assertEqual(units, _units.price_units(given))
        for given, units in (
            ("0.0001", 1),
            (1, 10_000),
            ("-12.3456", -123_456),
            (900_000_000_000_000, 9 * 10**18),
        ):
            self.assertEqual(units, _units.cash_units(given))
        self.assertEqual(250, _units.quantity_units("2.5"))
        wrong: Any
        for wrong in (42.5, True, None, b"1", [1]):
            with self.assertRaises(TypeError):
                _units.price_units(wrong)
        for wrong in ("42.505", "", "x", "NaN", "Infinity", 30_000_000, "1e400", "-1e-400"):
            with self.assertRaises(ValueError):
                _units.price_units(wrong)
        for wrong in ("-1", "0.001", 10**17):
            with self.assertRaises(ValueError):
                _units.quantity_units(wrong)
        with self.assertRaisesRegex(TypeError, r'floats do not hold decimals.*as text, "42.1"'):
            _units.price_units(42.1)  # type: ignore[arg-type]

    def test_units_become_amounts_with_the_digits_people_expect(self) -> None:
        self.assertEqual(["42.50", "-0.01", "0.00"], [str(_units.price(u)) for u in (4250, -1, 0)])
        self.assertEqual(
            ["1.00", "12.3456", "0.0001"], [str(_units.cash(u)) for u in (10_000, 123_456, 1)]
        )
        self.assertEqual(str(Decimal(2**62).scaleb(-4)), str(_units.cash(2**62)))

    def test_times_have_a_zone_and_microseconds(self) -> None:
        now = datetime(2026, 1, 2, 3, 4, 5, 678_901, timezone(timedelta(hours=2)))
        self.assertEqual(now, _units.time(_units.time_units(now)))
        self.assertEqual(0, _units.time_units(None))
        with self.assertRaisesRegex(ValueError, "no time zone"):
            _units.time_units(datetime(2026, 1, 2))

    def test_words_of_a_later_schema_are_numbers(self) -> None:
        self.assertEqual("good_till_time", _units.word(orders_pb2.TimeInForce, 4))
        self.assertEqual(
            ["", "99"], [_units.word(orders_pb2.OrderReason, value) for value in (0, 99)]
        )

    def test_every_refusal_has_the_class_of_its_family(self) -> None:
        families = {
            0: errors.InvalidRequest, 1: errors.NotAllowed, 2: errors.NotFound, 3: errors.OrderRefused,
            4: errors.LimitReached, 5: errors.MarketRefused, 6: errors.RoomRefused, 9: errors.Unavailable,
        }  # fmt: skip
        for name, code in failures_pb2.ErrorCode.items():
            error = errors.refusal(failures_pb2.RequestFailed(code=name, message="No."))
            self.assertIsInstance(error, families[code // 100], name)
            self.assertEqual("ERROR_CODE_" + error.code, name)
        of_later = failures_pb2.RequestFailed.FromString(b"\x08\x89\x06")
        self.assertEqual("777", errors.refusal(of_later).code)
        poor = errors.refusal(failures_pb2.RequestFailed(code=400, needed=15_000, available=0))  # type: ignore[arg-type]
        assert isinstance(poor, exchange.InsufficientFunds)
        self.assertEqual((Decimal("1.5"), 0), (poor.needed, poor.available))

    def test_what_is_not_there_is_told_with_what_is_near(self) -> None:
        known = [(1, "Rain tomorrow"), (2, "Snow"), (3, "snow")]
        self.assertEqual(2, _names.find("market", "X", "Snow", known))
        self.assertEqual(1, _names.find("market", "X", "rain TOMORROW", known))
        for wanted, sentence in (
            ("Rian tomorow", 'Did you mean "Rain tomorrow"?'),
            ("SNOW", r"ask by number \(2, 3\)"),
            ("Fog", 'There are: "Rain tomorrow", "Snow", "snow"'),
            (4, "There is no market 4"),
        ):
            with self.assertRaisesRegex(KeyError, sentence):
                _names.find("market", "X", wanted, known)

    def test_waiting_doubles_up_to_a_limit_and_half_of_it_is_chance(self) -> None:
        longest = [_backoff.backoff(n, lambda: 1.0) for n in range(40)]
        self.assertEqual([0.1, 0.2, 0.4, 0.8, 1.6, 3.2, 5.0, 5.0], longest[:8])
        self.assertEqual(5.0, max(longest))
        self.assertEqual(
            [each / 2 for each in longest], [_backoff.backoff(n, lambda: 0.0) for n in range(40)]
        )

    def test_only_what_can_not_do_harm_is_sent_again(self) -> None:
        place = orders_pb2.PlaceOrder(client_order_id="x")
        cancel = orders_pb2.CancelOrder(order_id=1)
        repeatable = [
            exchange_pb2.ClientMessage(place_order=place),
            exchange_pb2.ClientMessage(cancel_order=cancel),
            exchange_pb2.ClientMessage(
                order_batch=orders_pb2.OrderBatch(items=[orders_pb2.BatchItem(place=place)])
            ),
        ]
        items = [orders_pb2.BatchItem(place=place), orders_pb2.BatchItem(cancel=cancel)]
        not_so = [
            exchange_pb2.ClientMessage(place_order=orders_pb2.PlaceOrder(market_id=1)),
            exchange_pb2.ClientMessage(order_batch=orders_pb2.OrderBatch(items=items)),
        ]
        once = "replace_order cancel_orders make_transfer create_market grant claim_code convert_basket".split()
        for name in once:
            message = exchange_pb2.ClientMessage()
            getattr(message, name).SetInParent()
            not_so.append(message)
        self.assertEqual([True] * len(repeatable), [is_repeatable(m) for m in repeatable])
        self.assertEqual([False] * len(not_so), [is_repeatable(m) for m in not_so])


class NaiveBook:
    """The rule of BookChanged, written down as it stands in the schema: a list, looked through each time."""

    def __init__(self) -> None:
        self.orders: list[markets_pb2.BookChanged] = []

    def apply(self, change: markets_pb2.BookChanged) -> None:
        for at, order in enumerate(self.orders):
            if order.order_id == change.order_id:
                if (
                    change.remaining
                    and order.price == change.price
                    and change.remaining <= order.remaining
                ):
                    self.orders[at] = change
                    return
                del self.orders[at]
                break
        if change.remaining:
            self.orders.append(change)

    def in_line(self) -> Any:
        def side(which: int, sign: int) -> Any:
            orders = [order for order in self.orders if order.side == which]
            # Sorting is stable: at one price they stay in the order in which they joined.
            orders.sort(key=lambda order: sign * order.price)
            return tuple((order.order_id, order.price, order.remaining) for order in orders)

        return side(orders_pb2.SIDE_BUY, -1), side(orders_pb2.SIDE_SELL, 1)


class BookTests(unittest.TestCase):
    def test_a_book_is_what_the_schema_says_after_any_changes(self) -> None:
        for seed in range(20):
            chance, book, naive = random.Random(seed), RawBook(), NaiveBook()
            sides: dict[int, orders_pb2.Side] = {}
            for _ in range(500):
                order_id = chance.randint(1, 30)
                side = sides.setdefault(
                    order_id, chance.choice([orders_pb2.SIDE_BUY, orders_pb2.SIDE_SELL])
                )
                change = markets_pb2.BookChanged(
                    order_id=order_id,
                    side=side,
                    price=chance.randint(1, 5),
                    remaining=chance.randint(0, 4),
                )
                book.apply(change)
                naive.apply(change)
                self.assertEqual(naive.in_line(), book.in_line())
                for each in (book.bids, book.offers):
                    totals = {
                        p: sum(o.remaining for o in line.values()) for p, line in each.lines.items()
                    }
                    self.assertEqual((totals, sorted(totals)), (each.totals, each.prices))


if __name__ == "__main__":
    unittest.main()
