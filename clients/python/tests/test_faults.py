"""What is told, held and placed survives every fault of the network."""

from __future__ import annotations

import os
import random
import threading
import time
import unittest
from typing import Any, Hashable

from exchange import Exchange, ExchangeError, Order, SignInFailed, Unanswered
from exchange.proto.exchange_pb2 import ServerFrame
from fault_proxy import FaultProxy, Faults
from served import PATIENCE, Served

# EXCHANGE_FAULT_SEEDS=100:20 runs the first two tests with 20 seeds from 100 on.
FIRST, _, COUNT = os.environ.get("EXCHANGE_FAULT_SEEDS", "1:1").partition(":")
SEEDS = range(int(FIRST), int(FIRST) + int(COUNT or 1))
ROUGH = Faults(lose=0.01, double=0.01, swap=0.01, cut_before=0.01, cut_after=0.02)


class Recorder:
    """What a client holds, after each frame, by sequence."""

    def __init__(self, ex: Exchange) -> None:
        self.by_sequence: dict[int, Hashable] = {}
        self._aggregate = ex._connection.aggregate
        self._apply = self._aggregate.apply
        self._aggregate.apply = self._record

    def _record(self, frame: ServerFrame) -> None:
        self._apply(frame)
        if self._aggregate.building is None:
            self.by_sequence[self._aggregate.state.sequence] = self.now()

    def now(self) -> Hashable:
        state = self._aggregate.state
        return (
            tuple((number, book.in_line()) for number, book in sorted(state.books.items())),
            tuple(
                (number, tuple(trade.trade_id for trade in trades[-50:]))
                for number, trades in sorted(state.trades.items())
            ),
            tuple(
                (number, raw.SerializeToString()) for number, raw in sorted(state.markets.items())
            ),
            tuple(
                (
                    each.account_id,
                    (each.cash, each.available, each.received, each.cancel_time_us),
                    # In the order in which they were placed, which has to be the same too.
                    tuple(order.SerializeToString() for order in each.orders.values()),
                    tuple(
                        (number, held.SerializeToString())
                        for number, held in sorted(each.positions.items())
                    ),
                )
                for _, each in sorted(state.portfolios.items())
            ),
        )


class FaultTests(unittest.TestCase):
    def setUp(self) -> None:
        self.served = self.enterContext(Served())

    def trade_at_random(self, ex: Exchange, seed: int, count: int) -> None:
        chance = random.Random(seed)
        for number in range(count):
            market = chance.choice(ex.markets.open)
            act = chance.random()
            try:
                if act < 0.15 and market.orders:
                    chance.choice(market.orders).cancel()
                elif act < 0.35 and market.orders:
                    order = chance.choice(market.orders)
                    order.replace(
                        order.filled_quantity + chance.randint(1, 5), at=chance.randint(40, 60)
                    )
                else:
                    trade = market.buy if chance.random() < 0.5 else market.sell
                    trade(chance.randint(1, 5), at=chance.randint(42, 58))
            except ExchangeError:
                pass  # Filled meanwhile, or not enough available: part of the game.
            time.sleep(0.002)  # Frames of few events each, so that many sequences are seen by both.
            if number % 40 == 39:
                ex.cancel_all()

    def test_state_equals_that_of_an_undisturbed_connection_at_every_common_sequence(self) -> None:
        for seed in SEEDS:
            with self.subTest(seed=seed), Served() as self.served:
                self.check_state(seed)

    def check_state(self, seed: int) -> None:
        token = self.served.sign_up("Ann")
        with FaultProxy(self.served.url, seed) as proxy, Exchange.connect(
            self.served.url, token=token
        ) as undisturbed, Exchange.connect(proxy.url, token=token) as disturbed:
            for name in ("A", "B", "C"):
                undisturbed.create_market(name, 0, 100)
            bob, cay = self.served.connect("Bob"), self.served.connect("Cay")
            disturbed._connection.answer_within = 1
            recorders = [Recorder(undisturbed), Recorder(disturbed)]
            proxy.to_client = proxy.to_server = ROUGH

            def enough() -> bool:
                """Of each kind of trouble; on a slow machine frames hold more, so that fewer are lost."""
                common = recorders[0].by_sequence.keys() & recorders[1].by_sequence.keys()
                return (
                    len(common) > 50
                    and disturbed.connections > 10
                    # Resuming is what is tested; not only starting anew.
                    and disturbed._connection.resumed > 5
                    and all(
                        proxy.done[f"to_client {fault}"] for fault in ("lose", "double", "swap")
                    )
                )

            for part in range(40):
                traders = [
                    threading.Thread(
                        target=self.trade_at_random,
                        args=(ex, 1_000 * part + 10 * seed + number, 600),
                    )
                    for number, ex in enumerate((undisturbed, bob, cay))
                ]
                for trader in traders:
                    trader.start()
                for trader in traders:
                    trader.join()
                if enough():
                    break
            self.assertTrue(enough(), (proxy.done, disturbed.connections))
            proxy.calm()
            # All was answered, so a connection that comes only now sees the end of it.
            with Exchange.connect(self.served.url, token=token) as fresh:
                end, last = Recorder(fresh).now(), fresh.sequence
            for ex, recorder in zip((undisturbed, disturbed), recorders):
                ex.wait(lambda: ex.sequence >= last, PATIENCE)
                self.assertEqual(end, recorder.now())
            common = recorders[0].by_sequence.keys() & recorders[1].by_sequence.keys()
            for sequence in common:
                held = [recorder.by_sequence[sequence] for recorder in recorders]
                self.assertEqual(held[0], held[1], f"at sequence {sequence}")
            bob.close()
            cay.close()

    def test_every_order_goes_in_once_whatever_happens_to_frames(self) -> None:
        for seed in SEEDS:
            with self.subTest(seed=seed), Served() as self.served:
                self.check_orders(seed)

    def check_orders(self, seed: int) -> None:
        ann = self.served.connect("Ann")
        ann.create_market("M", 0, 100)
        token = self.served.sign_up("Bob")
        with FaultProxy(self.served.url, seed) as proxy:
            with Exchange.connect(proxy.url, token=token) as bob:
                bob._connection.answer_within = 0.5
                proxy.to_server = Faults(
                    lose=0.02, double=0.05, swap=0.0, cut_before=0.03, cut_after=0.05
                )
                proxy.to_client = Faults(lose=0.02, double=0.02, cut_before=0.03, cut_after=0.02)
                market = bob.markets["M"]
                placed: list[Order] = []
                # How many frames it takes for some to be lost is chance.
                while len(placed) < 120 or (
                    len(placed) < 4_000
                    and (proxy.done["to_server cut_after"] < 4 or proxy.done["to_server lose"] < 2)
                ):
                    number = len(placed)
                    placed.append(
                        market.buy(1, at=1 + number % 40, client_order_id=f"order-{number}")
                    )
                for order in placed[::2]:
                    order.cancel()
                proxy.calm()
                live = {order.client_order_id for order in placed[1::2]}
                bob.wait(lambda: {o.client_order_id for o in bob.orders} == live, PATIENCE)
                self.assertTrue(all(order.status == "cancelled" for order in placed[::2]))
            self.assertGreater(proxy.done["to_server cut_after"], 3)
            self.assertGreater(proxy.done["to_server lose"], 1)
        with Exchange.connect(self.served.url, token=token) as again:
            history = [order.client_order_id for order in again.order_history()]
            self.assertEqual(
                sorted(history), sorted(f"order-{number}" for number in range(len(placed)))
            )
            found = again.find_order("order-0")
            assert found is not None
            self.assertEqual(("cancelled", placed[0].id), (found.status, found.id))
            self.assertIsNone(again.find_order(f"order-{len(placed)}"))
        ann.close()

    def test_what_became_of_an_order_is_found_out_after_a_restart(self) -> None:
        ann = self.served.connect("Ann")
        market = ann.create_market("M", 0, 100)
        with FaultProxy(self.served.url, seed=3) as proxy, Exchange.connect(
            proxy.url, token=self.served.sign_up("Bob")
        ) as bob:
            filled, kept = (bob.markets["M"].buy(1, at=price) for price in (60, 10))
            proxy.refusing = True
            proxy.cut()
            bob.wait(lambda: not bob.connected, PATIENCE)
            market.sell(1, at=60)
            self.served.kill()
            self.served.start()
            proxy.refusing = False
            bob.wait(lambda: filled.filled, PATIENCE)
            self.assertEqual(("filled", "live"), (filled.status, kept.status))
            self.assertEqual(0, bob._connection.resumed)
            self.assertEqual(1, market_position(bob))
        ann.close()

    def test_what_was_wanted_of_a_connection_is_so_again_on_the_next(self) -> None:
        with FaultProxy(self.served.url, seed=4) as proxy, Exchange.connect(
            proxy.url, token=self.served.sign_up("Admin")
        ) as admin:
            admin.elevate()
            market = admin.create_market("M", 0, 100, category="Made by an admin")
            robot = admin.open_account("Robot")
            admin.transfer(robot, 1_000)
            admin.act_as("Robot")
            admin.cancel_on_disconnect()
            order = market.buy(1, at=50)
            proxy.cut()
            admin.wait(lambda: admin.connections >= 2 and admin.connected, PATIENCE)
            admin.wait(lambda: not order.live, PATIENCE)
            self.assertEqual("disconnected", order.reason)
            self.assertEqual("Robot", admin.account.name)
            again = market.buy(1, at=50)
            self.assertEqual(robot.account_id, again.account_id)
            self.assertTrue(again.raw.cancel_on_disconnect)
            market.set_status("halted")  # Only with admin powers.
            self.assertEqual("halted", market.status)

    def test_another_room_is_entered_again_and_listened_to(self) -> None:
        with FaultProxy(self.served.url, seed=5) as proxy, Exchange.connect(
            proxy.url, token=self.served.sign_up("Ann")
        ) as ann:
            ann.open_room("sandbox", "Sandbox", opening_balance=5)
            ann.enter_room("sandbox")
            market = ann.create_market("Here", 0, 1)
            market.buy(1, at=1)
            proxy.cut()
            ann.wait(lambda: ann.connections >= 2 and ann.connected, PATIENCE)
            self.assertEqual("sandbox", ann.room.slug)
            self.assertEqual(1, ann.markets["Here"].book.best_bid)
            market.sell(1, at="0.5")
            self.assertEqual(("sandbox", 1), (ann.room.slug, market.book.best_bid or 1))

    def test_a_request_that_may_have_been_carried_out_says_so(self) -> None:
        with FaultProxy(self.served.url, seed=6) as proxy, Exchange.connect(
            proxy.url, token=self.served.sign_up("Ann")
        ) as ann:
            proxy.to_client = Faults(cut_before=1.0)
            with self.assertRaisesRegex(Unanswered, "Look whether it took effect"):
                ann.create_market("Once", 0, 100)
            proxy.calm()
            ann.wait(lambda: ann.connected and "Once" in ann.markets, PATIENCE)

    def test_a_request_waits_for_the_connection_and_is_told_when_none_came(self) -> None:
        with FaultProxy(self.served.url, seed=7) as proxy, Exchange.connect(
            proxy.url, token=self.served.sign_up("Ann"), timeout=PATIENCE
        ) as ann:
            market = ann.create_market("M", 0, 100)
            proxy.refusing = True
            proxy.cut()
            ann.wait(lambda: not ann.connected, PATIENCE)
            threading.Timer(0.5, lambda: setattr(proxy, "refusing", False)).start()
            self.assertTrue(market.buy(1, at=50).live)
            proxy.refusing = True
            proxy.cut()
            ann.wait(lambda: not ann.connected, PATIENCE)
            ann.timeout = 1
            began = time.monotonic()
            with self.assertRaisesRegex(
                ExchangeError, "The request was not sent, because there was no connection for 1 s"
            ):
                ann.markets["M"].buy(1, at=50)
            self.assertGreater(time.monotonic() - began, 0.9)

    def test_a_revoked_key_ends_it_for_good(self) -> None:
        with Exchange.connect(self.served.url, token=self.served.sign_up("Ann")) as ann:
            key = ann.create_api_key("bot")
            with Exchange.connect(self.served.url, api_key=key.secret) as bot:
                events = bot.stream()
                ann.revoke_api_key(key)
                with self.assertRaises(SignInFailed):
                    bot.wait(lambda: False, PATIENCE)
                with self.assertRaises(SignInFailed):
                    bot.cancel_all()
                with self.assertRaises(SignInFailed):
                    for _ in events:
                        pass


def market_position(ex: Exchange) -> Any:
    return ex.markets["M"].position


if __name__ == "__main__":
    unittest.main()
