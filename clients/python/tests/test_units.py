"""Amounts, names, refusals, books and waiting times, without an exchange."""

from __future__ import annotations

import decimal
import locale
import random
import runpy
import threading
import unittest
from datetime import datetime, timedelta, timezone
from decimal import Decimal
from pathlib import Path
from typing import Any

import exchange
from exchange import _backoff, _names, _units, errors
from exchange._book import RawBook
from exchange._orders import Cancel, Place, Replace, batch_item, place_order
from exchange._requests import is_repeatable
from exchange._views import MarketView, OrderView
from exchange.models import Position
from exchange.proto import exchange_pb2, failures_pb2, markets_pb2, orders_pb2


def hostile_contexts() -> list[decimal.Context]:
    """Decimal contexts in which reckoning by the ambient one goes wrong, or raises."""
    every_signal = list(decimal.Context().flags)
    return [
        decimal.Context(prec=6),
        decimal.Context(prec=4),
        decimal.Context(prec=1, rounding=decimal.ROUND_UP),
        decimal.Context(prec=28, rounding=decimal.ROUND_05UP, traps=every_signal),
        decimal.Context(prec=3, traps=every_signal),
        decimal.Context(prec=4, traps=[]),
        decimal.Context(prec=4, Emin=-1, Emax=1, clamp=1, capitals=0, traps=[decimal.Overflow]),
    ]


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

    def reckon(self) -> None:
        """All that is reckoned with amounts, with numbers that a smaller precision changes."""
        self.assertEqual(1_234_567, _units.quantity_units("12345.67"))
        self.assertEqual(1_234_567, _units.quantity_units(Decimal("12345.67")))
        self.assertEqual(123_456, _units.price_units("1234.56"))
        self.assertEqual(-99_999_999, _units.price_units(Decimal("-999999.99")))
        self.assertEqual(9_223_372_036_854_775_807, _units.cash_units("922337203685477.5807"))
        self.assertEqual("12345.67", str(_units.quantity(1_234_567)))
        self.assertEqual("-1234.56", str(_units.price(-123_456)))
        self.assertEqual("922337203685477.5807", str(_units.cash(2**63 - 1)))
        self.assertEqual("900000000000000.00", str(_units.cash(9 * 10**18)))
        self.assertEqual("12345.675", str(_units.middle(1_234_567, 1_234_568)))
        self.assertEqual("52.3457", str(_units.average(52_345_678, 10_000)))
        self.assertEqual("33.3333", str(_units.average(1_000_000, 300)))
        for up, price in ((False, "1234.50"), (True, "1234.75")):
            self.assertEqual(price, str(_units.on_tick(Decimal("1234.5600001"), 25, up=up)))
        for up, price in ((False, "-1234.75"), (True, "-1234.50")):
            self.assertEqual(price, str(_units.on_tick(Decimal("-1234.56"), 25, up=up)))
        held = Position(1, Decimal("12345.67"), Decimal("1000000.0001"), Decimal("0.00"))
        self.assertEqual("-379012.7991", str(held.profit(Decimal("50.30"))))
        for wrong, sentence in (
            ("42.505", "smallest step is 0.01"),
            (
                "1.00000000000000000000000000000000000000000000000000000000000000001",
                "smallest step",
            ),
            (Decimal((0, (1,), -70)), "smallest step"),
            ("twelve", "is no number"),
            ("1,5", "is no number"),
            ("NaN", "finite"),
            ("sNaN", "finite"),
            ("-Infinity", "finite"),
            ("1e400", "larger than anything"),
        ):
            with self.assertRaisesRegex(ValueError, sentence):
                _units.price_units(wrong)
        poor = errors.refusal(failures_pb2.RequestFailed(code=400, needed=123_456_789))  # type: ignore[arg-type]
        assert isinstance(poor, exchange.InsufficientFunds)
        self.assertEqual("12345.6789", str(poor.needed))

    def test_the_ambient_decimal_context_changes_nothing_and_is_not_changed(self) -> None:
        self.reckon()
        for context in hostile_contexts():
            with self.subTest(context=context), decimal.localcontext(context) as ambient:
                before = repr(ambient)
                self.reckon()
                self.assertEqual(before, repr(ambient))

    def test_neither_do_the_contexts_of_threads_nor_the_one_that_new_threads_get(self) -> None:
        failures: list[BaseException] = []

        def run(context: decimal.Context | None) -> None:
            try:
                if context is not None:
                    decimal.setcontext(context)
                for _ in range(50):
                    self.reckon()
            except BaseException as e:
                failures.append(e)

        contexts: list[decimal.Context | None] = [*hostile_contexts(), None, None]
        as_it_was = decimal.DefaultContext.prec
        decimal.DefaultContext.prec = 2
        try:
            threads = [threading.Thread(target=run, args=(context,)) for context in contexts]
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join()
        finally:
            decimal.DefaultContext.prec = as_it_was
        self.assertEqual([], failures)

    def test_a_locale_with_a_decimal_comma_changes_nothing(self) -> None:
        as_it_was = locale.setlocale(locale.LC_ALL)
        known = [name for name in ("de_DE.UTF-8", "fr_FR.UTF-8", "C.UTF-8") if self.knows(name)]
        self.assertTrue(known)
        try:
            for name in known:
                locale.setlocale(locale.LC_ALL, name)
                self.reckon()
        finally:
            locale.setlocale(locale.LC_ALL, as_it_was)

    @staticmethod
    def knows(name: str) -> bool:
        as_it_was = locale.setlocale(locale.LC_ALL)
        try:
            locale.setlocale(locale.LC_ALL, name)
            return True
        except locale.Error:
            return False
        finally:
            locale.setlocale(locale.LC_ALL, as_it_was)

    def test_durations_are_numbers_of_seconds(self) -> None:
        self.assertEqual([0, 1_500], [_units.milliseconds(s, "seconds") for s in (0, 1.5)])
        given: Any = Decimal("123.456")
        with decimal.localcontext(decimal.Context(prec=3)):
            self.assertEqual(123_456, _units.milliseconds(given, "seconds"))
        for wrong in (-1, float("nan"), float("inf")):
            with self.assertRaisesRegex(ValueError, "0 or more"):
                _units.milliseconds(wrong, "seconds")

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

    def test_times_that_no_date_can_say_are_the_last_day_there_is(self) -> None:
        last, first = datetime(9999, 12, 31, tzinfo=timezone.utc), datetime(
            1, 1, 2, tzinfo=timezone.utc
        )
        year_10000 = 253_402_300_800_000_000
        for us in (year_10000, year_10000 - 1, 1_764_000_000_000_000_000, 2**63 - 1):
            self.assertEqual(last, _units.time(us))
            self.assertEqual(last, _units.time_or_none(us))
        self.assertEqual(first, _units.time(-(2**63)))
        self.assertIsNone(_units.time_or_none(0))
        for hours in (-12, 14):
            zone = timezone(timedelta(hours=hours))
            self.assertEqual([last, first], [day.astimezone(zone) for day in (last, first)])
        order = OrderView(Unconnected(), orders_pb2.Order(expires_time_us=2**63 - 1))  # type: ignore[arg-type]
        self.assertEqual(last, order.expires)

    def test_an_expiry_in_a_wrong_unit_is_refused_with_what_would_be_right(self) -> None:
        now = datetime.now(timezone.utc)
        soon = _units.expiry_units(timedelta(minutes=5)) - _units.time_units(now)
        self.assertTrue(300_000_000 <= soon < 360_000_000)
        in_ten_years = now + timedelta(days=3_650)
        self.assertEqual(_units.time_units(in_ten_years), _units.expiry_units(in_ten_years))
        self.assertEqual(0, _units.expiry_units(None))
        wrong: Any
        for wrong in (1_764_000_000, 1_764_000_000_000_000_000, 5.0, "2026-01-01"):
            with self.assertRaisesRegex(TypeError, "expires is .* datetime with a time zone"):
                _units.expiry_units(wrong)
        with self.assertRaisesRegex(ValueError, "expires has no time zone"):
            _units.expiry_units(datetime(2026, 1, 1))
        for wrong in (
            now + timedelta(days=3_660),
            timedelta(seconds=1_764_000_000),
            timedelta(days=999_999_999),
            datetime(9999, 12, 31, tzinfo=timezone.utc),
        ):
            with self.assertRaisesRegex(ValueError, "more than ten years ahead"):
                _units.expiry_units(wrong)

    def test_an_empty_client_order_id_names_no_order(self) -> None:
        market = MarketView(None, 1)  # type: ignore[arg-type]
        given: Any
        for given, error in (("", ValueError), (7, TypeError)):
            for make in (
                lambda id=given: place_order(Place(market, "buy", 1, at=1, client_order_id=id)),
                lambda id=given: batch_item(Place(market, "buy", 1, at=1, client_order_id=id)),
            ):
                with self.assertRaisesRegex(error, "client order id"):
                    make()
        for item in (Cancel(""), Replace("", quantity=1)):
            with self.assertRaisesRegex(ValueError, "client order id is empty"):
                batch_item(item)
        made = [place_order(Place(market, "buy", 1, at=1)).client_order_id for _ in range(2)]
        self.assertEqual(2, len(set(made) - {""}))

    def test_a_client_order_id_used_for_another_order_has_an_exception_of_its_own(self) -> None:
        failed = failures_pb2.RequestFailed.FromString(b"\x08\xb3\x02\x12\x03No.")
        self.assertEqual(307, failed.code)
        refused = errors.refusal(failed)
        self.assertIs(exchange.ClientOrderIdReused, type(refused))
        self.assertIsInstance(refused, exchange.OrderRefused)
        self.assertEqual("No.", refused.message)

    def test_a_name_that_is_a_formula_is_text_in_the_leaderboards_file(self) -> None:
        example = Path(__file__).resolve().parents[1] / "examples" / "leaderboard_to_csv.py"
        text = runpy.run_path(str(example))["text"]
        for name in ("=1+1", "＝1+1", "＋1", "－1", "−1", "＠A1", " =1", "\t=1"):
            self.assertEqual("'" + name, text(name))
        for name in ("Ann", "5 = 5", "", "'=1"):
            self.assertEqual(name, text(name))

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
            ("SNOW", r"give the number of one \(2, 3\)"),
            ("Fog", 'There are: "Rain tomorrow", "Snow", "snow"'),
            (4, "No market has the number 4"),
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


class Unconnected:
    """A connection that holds nothing."""

    def __init__(self) -> None:
        self.changed = threading.RLock()
        self.aggregate = self

    def order(self, order_id: int) -> None:
        """None of them is known."""


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
