"""What the client can do, against the real executable."""

from __future__ import annotations

import asyncio
import decimal
import threading
import unittest
import zipfile
from datetime import datetime, timedelta, timezone
from decimal import Decimal
from typing import Any

import exchange
from exchange import (
    AsyncExchange,
    BasketOf,
    Cancel,
    ConnectionFailed,
    Exchange,
    InsufficientFunds,
    MarketRefused,
    NotAllowed,
    NotFound,
    OptionOn,
    Order,
    OrderNotLive,
    OrderRefused,
    Place,
    RateLimited,
    Refused,
    Replace,
    SignInFailed,
    WaitTimeout,
)
from exchange.proto import exchange_pb2
from served import PASSWORD, PATIENCE, Served


class ClientTests(unittest.TestCase):
    def setUp(self) -> None:
        self.served = self.enterContext(Served())
        self.ann = self.connect("Ann")
        self.bob = self.connect("Bob")
        self.market = self.ann.create_market("Rain tomorrow", 0, 100, tick_size="0.5")
        self.bob.wait(lambda: "Rain tomorrow" in self.bob.markets, PATIENCE)
        self.bobs = self.bob.markets["Rain tomorrow"]

    def connect(self, name: str) -> Exchange:
        ex = self.served.connect(name)
        self.addCleanup(ex.close)
        return ex

    def expiring_soon(self) -> Order:
        """Placed before its time has come: on a slow machine with more of it."""
        seconds = 0.5
        while True:
            try:
                return self.market.buy(1, at=10, expires=timedelta(seconds=seconds))
            except OrderRefused as late:
                self.assertEqual("EXPIRED", late.code)
                seconds *= 2

    def test_orders_and_state(self) -> None:
        sell = self.bobs.sell(10, at="42.50")
        self.assertEqual(("live", Decimal("42.50"), 10), (sell.status, sell.price, sell.remaining))
        buy = self.market.buy(4, at=50)
        self.assertTrue(buy.filled)
        self.assertEqual(Decimal("42.50"), buy.average_price)
        self.assertEqual((4, Decimal("9830.00")), (self.market.position, self.ann.available))
        self.assertEqual(Decimal("30.00"), self.market.holding.profit(Decimal(50)))
        self.bob.wait(lambda: sell.filled_quantity == 4, PATIENCE)
        self.assertEqual({self.bobs: -4}, self.bob.positions)
        sell.replace(6, at=43)
        self.assertEqual((2, 43), (sell.remaining, self.bobs.book.best_offer))
        level = self.bobs.book.offers[0]
        self.assertEqual((43, 2, 1), (level.price, level.quantity, level.orders))
        sell.cancel()
        self.assertEqual(
            ("cancelled", "requested", []), (sell.status, sell.reason, self.bob.orders)
        )
        with self.assertRaises(OrderNotLive):
            sell.cancel()
        with self.assertRaises(OrderNotLive):
            sell.wait_filled(1)
        self.assertEqual([Decimal("42.50")], [trade.price for trade in self.bobs.trades])
        self.assertIsNone(self.bobs.book.mid)
        self.assertEqual(
            (42, Decimal("42.5")),
            tuple(self.market.on_tick(Decimal("42.3"), up=u) for u in (False, True)),
        )

    def test_orders_of_every_kind(self) -> None:
        self.bobs.sell(5, at=50)
        with self.assertRaises(OrderRefused) as refused:
            self.market.buy(1, at=50, post_only=True)
        self.assertEqual("WOULD_MATCH", refused.exception.code)
        with self.assertRaises(OrderRefused):
            self.market.buy(6, at=50, time_in_force="fok")
        with self.assertRaises(OrderRefused):
            self.market.sell(1, at=50, reduce_only=True)
        with self.assertRaises(OrderRefused):
            self.market.buy(1, at="50.25")
        self.assertEqual(5, self.market.buy(6).filled_quantity)
        brief = self.expiring_soon()
        self.ann.wait(lambda: not brief.live, PATIENCE)
        self.assertEqual("expired", brief.reason)
        first = self.market.buy(1, at=10, client_order_id="mine")
        self.assertEqual(first, self.market.buy(1, at=10, client_order_id="mine"))
        results = self.ann.batch(
            [
                Place(self.market, "buy", 2, at=11),
                Replace(first, at=12),
                Cancel("mine"),
                Cancel("mine"),
            ]
        )
        self.assertEqual(
            ["live", "live", "cancelled"],
            [r.status for r in results[:3] if not isinstance(r, Refused)][:1]
            + ["live", "cancelled"],
        )
        self.assertIsInstance(results[3], OrderNotLive)
        self.assertEqual(1, self.market.cancel_all("buy"))
        before = self.market.preview("sell", 1, at=60)
        self.assertEqual((0, 1), (before.filled, before.resting))
        wrong: list[Any] = [
            lambda: self.market.buy(1, at=42.5),  # type: ignore[arg-type]
            lambda: self.market.buy(1.0, at=42),  # type: ignore[arg-type]
            lambda: self.ann.markets[None],  # type: ignore[index]
            lambda: self.ann.batch(["Cancel"]),  # type: ignore[list-item]
            lambda: next(self.ann.trades("Rain tomorrow")),  # type: ignore[arg-type]
        ]
        for call in wrong:
            with self.assertRaises(TypeError):
                call()
        for arguments in (
            {"time_in_force": "gtc"},
            {"at": 1, "time_in_force": "gtt"},
            {"at": 1, "time_in_force": "x"},
        ):
            with self.assertRaises(ValueError):
                self.market.buy(1, **arguments)  # type: ignore[arg-type]

    def test_refusals_carry_numbers(self) -> None:
        with self.assertRaises(InsufficientFunds) as refused:
            self.market.buy(1_000, at=99)
        self.assertEqual((99_000, 10_000), (refused.exception.needed, refused.exception.available))
        with self.assertRaises(KeyError) as missing:
            self.ann.markets["Rain tomorow"]
        self.assertIn('Did you mean "Rain tomorrow"?', str(missing.exception))
        for call in (lambda: self.ann.markets[99], lambda: self.ann.act_as("Nobody")):
            with self.assertRaises(NotFound):
                call()
        with self.assertRaises(NotAllowed):
            self.ann.grant(5)
        with self.assertRaises(WaitTimeout):
            self.ann.wait(lambda: False, timeout=0.1)

    def test_signing_in(self) -> None:
        with Exchange.connect(self.served.url, name="Ann", password=PASSWORD) as again:
            self.assertEqual("Ann", again.user.name)
        for call, error in (
            (
                lambda: Exchange.connect(self.served.url, name="Ann", password="wrong password"),
                SignInFailed,
            ),
            (lambda: Exchange.connect(self.served.url, api_key="exk_wrong"), SignInFailed),
            (lambda: Exchange.connect(self.served.url, token="wrong"), SignInFailed),
            (lambda: Exchange.connect("http://127.0.0.1:9", api_key="exk_any"), ConnectionFailed),
            (lambda: Exchange.connect(self.served.url), ValueError),
            (lambda: Exchange.connect(self.served.url, api_key=...), TypeError),  # type: ignore[arg-type]
            (lambda: Exchange.connect("ftp://there", api_key="exk_any"), ValueError),
            (lambda: exchange.sign_up(self.served.url, "Ann", PASSWORD), SignInFailed),
            (lambda: exchange.sign_up(self.served.url, "Short", "short"), SignInFailed),
        ):
            with self.assertRaises(error):
                call()
        before = threading.active_count()
        for _ in range(3):
            with self.assertRaises(SignInFailed):
                Exchange.connect(self.served.url, api_key="exk_wrong")
        self.assertEqual(before, threading.active_count())

    def test_accounts_rooms_and_money(self) -> None:
        robot = self.ann.open_account("Robot")
        self.ann.transfer("Robot", "250.5", memo="Capital")
        with self.assertRaises(InsufficientFunds):
            self.ann.transfer(robot, 1_000_000)
        with Exchange.connect(
            self.served.url, name="Ann", password=PASSWORD, account="Robot"
        ) as as_robot:
            self.assertEqual((Decimal("250.50"), "Robot"), (as_robot.cash, as_robot.account.name))
        self.ann.share_account(robot, self.bob.user.user_id)
        self.bob.wait(lambda: len(self.bob.own_accounts) == 2, PATIENCE)
        self.bob.act_as("Robot")
        self.assertEqual(robot, self.bob.account)
        key = self.bob.create_api_key("watch", account=robot, read_only=True)
        with Exchange.connect(self.served.url, api_key=key.secret) as watch:
            with self.assertRaises(NotAllowed) as refused:
                watch.markets["Rain tomorrow"].buy(1, at=1)
            self.assertEqual("KEY_FORBIDS", refused.exception.code)
        room = self.ann.open_room("closed-club", "Club", join="invite", opening_balance=5)
        self.ann.enter_room(room.slug)
        self.ann.elevate()
        self.ann.update_room(join_code="CLUB2026")
        self.assertEqual(["ann@example.org"], self.ann.invite(["ann@example.org"]))
        code = self.ann.create_code(7, uses=2)
        with self.assertRaises(Refused):
            Exchange.connect(self.served.url, name="Bob", password=PASSWORD, room="closed-club")
        with Exchange.connect(
            self.served.url, name="Bob", password=PASSWORD, room="closed-club", join_code="club2026"
        ) as inside:
            inside.claim_code(code.code)
            self.assertEqual(("closed-club", 12), (inside.room.slug, inside.available))
            self.assertEqual(
                ["code", "opening"], [t.kind for t in inside.transfers(newest_first=True)]
            )
        self.assertEqual(1, self.ann.codes()[0].used)
        self.assertEqual(2, self.ann.grant(1))
        grants = [entry for entry in self.ann.audit_trail() if entry.action == "GRANT"]
        self.assertIn(" granted ", grants[0].sentence)

    def test_derived_markets_settle_and_history_tells_all(self) -> None:
        other = self.ann.create_market("Snow", 0, 100)
        both = self.ann.create_market(
            "Both", derived_from=BasketOf({self.market: 1, other: 1}, fee=1)
        )
        call = self.ann.create_market(
            "Call", derived_from=OptionOn(self.market, "call", 60, american=True)
        )
        self.assertEqual((0, 200), (both.min_price, both.max_price))
        made = both.create_baskets(3)
        self.assertEqual((3, -3, -3), tuple(m.position for m in (both, self.market, other)))
        both.redeem_baskets(1)
        conversions = list(self.ann.conversions())
        self.assertEqual([True, False], [c.created for c in conversions])
        self.assertEqual(
            (made.conversion_id, 3), (conversions[0].conversion_id, len(conversions[0].legs))
        )
        self.bob.wait(lambda: "Call" in self.bob.markets, PATIENCE)
        self.bob.markets["Call"].sell(2, at=5)
        call.buy(2, at=5)
        call.exercise(1)
        self.assertEqual([False], [exercise.assigned for exercise in self.ann.exercises()])
        self.assertEqual([True], [exercise.assigned for exercise in self.bob.exercises()])
        self.market.settle(75)
        self.assertEqual((75, "settled"), (self.market.settlement_price, self.market.status))
        self.ann.wait(lambda: call.status == "settled", PATIENCE)
        settlement = next(self.ann.settlements(self.market))
        self.assertEqual((75, False), (settlement.price, settlement.undone))
        self.assertEqual(
            ["open", "settled"], [c.status for c in self.ann.status_changes(self.market)]
        )
        with self.assertRaises(Refused):
            self.market.buy(1, at=1)

    def test_a_market_is_mended_closed_foreseen_and_deleted(self) -> None:
        admin = self.connect("Admin")
        admin.elevate()
        market = admin.create_market("Mistake", 0, 10, closes=timedelta(hours=2))
        assert market.closes is not None
        self.assertLess(market.closes, datetime.now(timezone.utc) + timedelta(hours=3))
        market.update(min_price=0, max_price=50, tick_size="0.50", closes=False)
        self.assertEqual(
            (0, 50, Decimal("0.50")), (market.min_price, market.max_price, market.tick_size)
        )
        self.assertIsNone(market.closes)
        market.buy(1, at=20)
        with self.assertRaises(MarketRefused) as refused:
            market.update(max_price=60)
        self.assertEqual("MARKET_IN_USE", refused.exception.code)
        self.assertEqual(
            [(25, 1, 0)], [(m.price, m.orders, m.holders) for m in market.preview_settlement(25)]
        )
        self.ann.wait(lambda: "Mistake" in self.ann.markets, PATIENCE)
        admin.delete_market(market)
        self.assertNotIn("Mistake", admin.markets)
        self.ann.wait(lambda: "Mistake" not in self.ann.markets, PATIENCE)
        self.bobs.sell(1, at=42)
        self.market.buy(1, at=42)
        with self.assertRaises(MarketRefused) as traded:
            admin.delete_market(self.market.id)
        self.assertEqual("MARKET_TRADED", traded.exception.code)

    def test_house_bots_trade_in_a_market(self) -> None:
        admin = self.connect("Admin")
        admin.elevate()
        market = admin.markets["Rain tomorrow"]
        market.set_house_bots({"maker": "lively", "noise": "gentle"})
        self.assertEqual({"maker": "lively", "noise": "gentle"}, market.house_bots)
        self.ann.wait(lambda: self.market.book.mid is not None, PATIENCE)
        with self.assertRaises(ValueError):
            market.set_house_bots({"genius": "lively"})
        market.set_house_bots({})
        self.assertEqual({}, market.house_bots)

    def test_history_comes_page_by_page_and_as_frames(self) -> None:
        resting = self.bobs.sell(25, at=1)
        items = [Place(self.market, "buy", "0.01", at=1) for _ in range(100)]
        for _ in range(12):
            self.ann.batch(items)
        trades = list(self.ann.trades(self.market))
        self.assertEqual(1_200, len(trades))
        self.assertEqual(
            trades[:-6:-1], list(self.ann.trades(own=True, newest_first=True, limit=5))
        )
        self.assertEqual(1_201, len(list(self.bob.order_changes(resting))))
        self.assertEqual(1_200, len(list(self.ann.order_history(self.market, status="filled"))))
        self.assertEqual([1_200], [candle.trades for candle in self.ann.candles(self.market, "1d")])
        book = self.ann.book_at(self.market, trades[0].sequence)
        self.assertEqual(2_499, book.offers[0].remaining)
        frame: Any = self.ann.trades_frame(self.market)
        self.assertEqual((1_200, 12.0), (len(frame), round(frame["quantity"].sum(), 9)))
        self.assertEqual("datetime64[ns, UTC]", str(frame.index.dtype))
        exact: Any = self.ann.candles_frame(self.market, "1d", exact=True)
        self.assertEqual(Decimal(1), exact["close"].iloc[0])
        orders: Any = self.ann.orders_frame(limit=3)
        self.assertEqual({"filled"}, set(orders["status"].tolist()))
        # What holds nothing can be reckoned with as what does.
        empty: Any = self.ann.trades_frame(self.market, limit=0)
        self.assertEqual((0, list(frame.columns)), (len(empty), list(empty.columns)))
        self.assertEqual((0.0, frame.index.dtype), (empty["quantity"].sum(), empty.index.dtype))
        equity: Any = self.ann.equity_frame(limit=0)
        self.assertEqual(0, len(equity["equity"]))
        self.assertEqual(["opening"], [t.kind for t in self.ann.transfers()])

    def test_every_request_of_the_schema_can_be_asked(self) -> None:
        for field in exchange_pb2.ClientMessage.DESCRIPTOR.oneofs_by_name["request"].fields:
            request: Any = getattr(exchange_pb2.ClientMessage(), field.name)
            try:
                answer = self.ann.request(request)
                self.assertIsNotNone(answer.WhichOneof("event"))
            except Refused as refused:
                # Empty as it is, it was understood: only what is in it was not good.
                self.assertNotEqual("MALFORMED", refused.code, field.name)
            self.ann.wait(lambda: self.ann.connected, PATIENCE)
        with self.assertRaises(TypeError):
            self.ann.request(exchange_pb2.ServerMessage())

    def test_files_of_a_room_are_saved_whole_or_not_at_all(self) -> None:
        self.bobs.sell(2, at="50.5")
        self.market.buy(1, at="50.5")
        self.connect("Admin")
        admin = exchange.sign_in(self.served.url, "Admin", PASSWORD)
        ann = exchange.sign_in(self.served.url, "Ann", PASSWORD)
        to = self.served.directory / "downloaded"
        made = exchange.download(
            self.served.url, "main", "trades.csv", to, token=ann, market=self.market.id
        )
        self.assertEqual(to, made)
        rows = to.read_text().splitlines()
        self.assertEqual(2, len(rows))
        self.assertIn(",50.50,1.00,BUY,", rows[1])
        exchange.download(
            self.served.url, "main", "results.zip", to, token=admin, elevated=True, bom=1
        )
        with zipfile.ZipFile(to) as results:
            self.assertIsNone(results.testzip())
            orders = results.read("orders.csv")
            self.assertIn("members.csv", results.namelist())
        self.assertTrue(orders.startswith(b"\xef\xbb\xbforder_id,"))
        self.assertEqual(3, len(orders.splitlines()))
        before = to.read_bytes()
        key = self.ann.create_api_key("files", read_only=True).secret
        wrong: list[tuple[str, dict[str, Any], type[Exception]]] = [
            ("results.zip", {"token": ann}, NotAllowed),
            ("results.zip", {"token": ann, "elevated": True}, NotAllowed),
            ("results.zip", {"api_key": key, "elevated": True}, NotAllowed),
            ("trades.csv", {"token": "wrong"}, SignInFailed),
            ("trades.csv", {"token": ann, "market": 999}, NotFound),
            ("trades.csv", {"token": ann, "market": "x"}, exchange.InvalidRequest),
            ("nothing.csv", {"api_key": key}, NotFound),
            ("trades.csv", {}, ValueError),
            ("trades.csv", {"token": ann, "api_key": key}, ValueError),
        ]
        for file, arguments, error in wrong:
            with self.assertRaises(error):
                exchange.download(self.served.url, "main", file, to, **arguments)
        with self.assertRaises(ConnectionFailed):
            exchange.download("http://127.0.0.1:9", "main", "trades.csv", to, token=ann)
        self.assertEqual(before, to.read_bytes())
        self.assertEqual([to], list(to.parent.glob("downloaded*")) + list(to.parent.glob("tmp*")))

    def test_the_ambient_decimal_context_does_not_reach_the_wire(self) -> None:
        for context in (decimal.Context(prec=4), decimal.Context(prec=3, traps=[decimal.Inexact])):
            with decimal.localcontext(context):
                fine = self.ann.create_market(f"Fine {context.prec}", 0, "100000")
                order = fine.buy("0.01", at="1234.56")
                self.assertEqual("1234.56", str(order.price))
                self.assertEqual("10000.00", str(self.ann.cash))
                self.assertEqual("9987.6544", str(self.ann.available))
                order.cancel()

    def test_an_empty_client_order_id_is_no_order(self) -> None:
        self.market.buy(1, at=1)
        with self.assertRaisesRegex(ValueError, "client order id is empty"):
            self.ann.find_order("")
        with self.assertRaisesRegex(ValueError, "client order id is empty"):
            self.market.buy(1, at=1, client_order_id="")

        async def find() -> None:
            async with await AsyncExchange.connect(
                self.served.url, name="Ann", password=PASSWORD
            ) as ex:
                with self.assertRaisesRegex(ValueError, "client order id is empty"):
                    await ex.find_order("")

        asyncio.run(find())

    def test_streams_tell_what_happens_in_order(self) -> None:
        with self.ann.stream(seconds=PATIENCE) as events:
            self.bobs.sell(1, at=50)
            self.market.buy(1, at=50)
            kinds: list[str] = []
            for event in events:
                kinds.append(event.kind)
                if event.trade is not None:
                    self.assertEqual((50, 1), (event.trade.price, self.market.position))
                    break
        self.assertEqual("book_changed", kinds[0])
        # It ends by itself, also where nothing happens: who listens to nothing, in a room of their own.
        with self.served.connect("Cay") as cay:
            cay.open_room("alone", "Alone")
            cay.enter_room("alone")
            self.assertEqual([], [event.kind for event in cay.stream(seconds=0.05)])

    def test_channels_are_chosen(self) -> None:
        with Exchange.connect(self.served.url, name="Bob", password=PASSWORD, channels=()) as quiet:
            market = quiet.markets["Rain tomorrow"]
            with self.assertRaisesRegex(exchange.ExchangeError, "is not listened to"):
                market.book.best_bid
            market.subscribe("book", "ticker")
            self.market.buy(1, at=50)
            quiet.wait(lambda: market.book.best_bid == 50 and market.ticker is not None, PATIENCE)
            market.unsubscribe("book")
            with self.assertRaises(exchange.ExchangeError):
                market.book.bids
            with self.assertRaises(ValueError):
                market.subscribe("books")  # type: ignore[arg-type]

    def test_a_market_that_is_created_has_an_empty_book(self) -> None:
        later = self.bob.create_market("Later", 0, 1)
        self.assertEqual([], later.book.orders)
        self.ann.wait(lambda: "Later" in self.ann.markets, PATIENCE)
        self.assertIsNone(self.ann.markets["Later"].book.best_bid)

    def test_what_is_read_within_wait_belongs_together(self) -> None:
        stop = threading.Event()

        def trade() -> None:
            while not stop.is_set():
                self.bobs.sell(1, at=50)
                self.bobs.buy(1, at=50)  # Cancels the other: it is the same account's.
                self.bob.cancel_all()

        trading = threading.Thread(target=trade)
        trading.start()
        book = self.market.book
        looked = 0

        def crossed_or_enough() -> str:
            nonlocal looked
            looked += 1
            if book.best_bid and book.best_offer and book.best_bid >= book.best_offer:
                return "crossed"
            return "enough" if looked == 200 else ""

        try:
            self.assertEqual("enough", self.ann.wait(crossed_or_enough, PATIENCE))
        finally:
            stop.set()
            trading.join()

    def test_asynchronously(self) -> None:
        async def trade() -> None:
            token = self.served.sign_up("Cay")
            async with await AsyncExchange.connect(self.served.url, token=token) as ex:
                market = ex.markets["Rain tomorrow"]
                orders = await asyncio.gather(*(market.buy(1, at=10 + n) for n in range(20)))
                self.assertEqual(20, len(ex.orders))
                async with ex.stream(seconds=PATIENCE) as events:
                    await orders[0].cancel()
                    async for event in events:
                        if event.kind == "order_changed":
                            break
                self.assertEqual(19, await ex.cancel_all())
                self.assertEqual(20, len([order async for order in ex.order_history()]))
                with self.assertRaises(WaitTimeout):
                    await ex.wait(lambda: False, timeout=0.05)
                await ex.wait(lambda: not ex.orders, PATIENCE)

        asyncio.run(trade())

    def test_a_closed_connection_says_so(self) -> None:
        ex = self.served.connect("Dan")
        ex.close()
        ex.close()
        with self.assertRaisesRegex(ConnectionFailed, "closed here"):
            ex.cancel_all()


class LimitTests(unittest.TestCase):
    def test_too_many_orders_are_told_when_to_come_back_and_history_waits_by_itself(self) -> None:
        flags = ["--orders-per-second", "1", "--queries-per-minute", "120"]
        with Served(*flags, limits=True) as served, served.connect("Ann") as ann:
            market = ann.create_market("M", 0, 100)
            with self.assertRaises(RateLimited) as refused:
                for _ in range(2_000):
                    market.buy(1, at=1)
            self.assertGreater(refused.exception.retry_after, 0)
            for _ in range(125):
                self.assertEqual("opening", next(ann.transfers()).kind)


if __name__ == "__main__":
    unittest.main()
