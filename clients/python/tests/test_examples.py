"""Every example does what it says, against the real executable, and stops by itself."""

from __future__ import annotations

import csv
import json
import os
import subprocess
import sys
import unittest
from decimal import Decimal
from pathlib import Path
from typing import Any

from exchange import BasketOf, OptionOn
from served import PATIENCE, Served

EXAMPLES = Path(__file__).resolve().parents[1] / "examples"


class ExampleTests(unittest.TestCase):
    def setUp(self) -> None:
        self.served = self.enterContext(Served())
        self.key = self.served.key_of("Robot")
        self.ann = self.served.connect("Ann")
        self.addCleanup(self.ann.close)
        self.market = self.ann.create_market("Rain tomorrow", 0, 100)

    def start(self, name: str, *arguments: str) -> subprocess.Popen[str]:
        command = [sys.executable, str(EXAMPLES / f"{name}.py"), "--url", self.served.url]
        return subprocess.Popen(
            [*command, "--api-key", self.key, *arguments],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            cwd=self.served.directory,
        )

    def finish(self, process: subprocess.Popen[str]) -> str:
        printed, _ = process.communicate(timeout=PATIENCE)
        self.assertEqual(0, process.returncode, printed)
        return printed

    def run_example(self, name: str, *arguments: str) -> str:
        return self.finish(self.start(name, *arguments))

    def test_all_are_tested(self) -> None:
        methods = {name for name in dir(self) if name.startswith("test_")}
        for example in EXAMPLES.glob("*.py"):
            self.assertIn(f"test_{example.stem}", methods)

    def test_first_order(self) -> None:
        self.market.sell(4, at=42)
        printed = self.run_example("first_order", "--market", "Rain tomorrow", "--seconds", "0.5")
        self.assertIn("cancelled: 4.00 of 10.00 at 42.0000", printed)
        self.assertEqual(-4, self.market.position)

    def test_market_maker(self) -> None:
        running = self.start(
            "market_maker", "--market", "Rain tomorrow", "--fair", "45", "--seconds", "10"
        )
        book = self.market.book
        self.ann.wait(lambda: (book.best_bid, book.best_offer) == (44, 46), PATIENCE)
        self.market.buy(10, at=46)
        # It is short of ten now, and quotes half a point higher.
        self.ann.wait(
            lambda: (book.best_bid, book.best_offer) == (Decimal("44.5"), Decimal("46.5")),
            timeout=PATIENCE,
        )
        self.assertIn("Position -10.00, cash 10460.00", self.finish(running))
        self.assertEqual([], book.orders)

    def test_noise(self) -> None:
        printed = self.run_example(
            "noise",
            "--market",
            "Rain tomorrow",
            "--per-second",
            "50",
            "--seconds",
            "2",
            "--seed",
            "7",
        )
        orders = int(printed.split()[0])
        self.assertGreater(orders, 2)
        times_in_force = {order.raw.time_in_force for order in self.ann.order_history()}
        self.assertEqual(set(), times_in_force)
        self.assertGreater(self.ann.sequence, orders)

    def test_twap(self) -> None:
        for price in (50, 51, 56):
            self.market.sell(30, at=price)
        arguments = "--side buy --quantity 100 --limit 55 --slices 5 --seconds 1".split()
        printed = self.run_example("twap", "--market", "Rain tomorrow", *arguments)
        self.assertIn("60.00 of 100 done, average price 50.5000", printed)

    def test_basket_arbitrage(self) -> None:
        other = self.ann.create_market("Snow", 0, 100)
        basket = self.ann.create_market(
            "Both", derived_from=BasketOf({self.market: 1, other: -2}, fee="1.5")
        )
        self.market.sell(5, at=40)
        other.buy(20, at=10)
        basket.buy(3, at=30)  # Worth 40 - 2 * 10 = 20 to who makes it.
        printed = self.run_example("basket_arbitrage", "--basket", "Both", "--seconds", "1.5")
        self.assertIn("Sold 3.00 baskets, gained 28.5", printed)
        self.assertIn("Cash 10028.50, available 10028.50", printed)
        self.assertEqual([3, -3, 6], [m.position for m in (basket, self.market, other)])

    def test_option_market_maker(self) -> None:
        option = self.ann.create_market("Call 60", derived_from=OptionOn(self.market, "call", 60))
        self.market.buy(1, at=69)
        self.market.sell(1, at=71)
        running = self.start("option_market_maker", "--option", "Call 60", "--seconds", "10")
        self.ann.wait(lambda: option.book.best_offer is not None, PATIENCE)
        # 10 at the middle, and half of 3 for half of the way to where it is certain.
        self.assertEqual((11, 12), (option.book.best_bid, option.book.best_offer))
        self.market.cancel_all()
        self.market.buy(1, at=49)
        self.market.sell(1, at=51)
        self.ann.wait(lambda: (option.book.best_offer or 99) < 5, PATIENCE)
        printed = self.finish(running)
        self.assertIn("Rain tomorrow at 50.00: 1.50", printed)
        self.assertEqual([], option.book.orders)

    def test_cancel_on_disconnect(self) -> None:
        printed = self.run_example("cancel_on_disconnect", "--market", "Rain tomorrow")
        self.assertEqual(
            "On disconnect: cancelled, disconnected\nSwitch: cancelled, cancel_after\n", printed
        )

    def test_leaderboard_to_csv(self) -> None:
        self.run_example("leaderboard_to_csv", "board.csv", "--every", "0.2", "--seconds", "2")
        with open(self.served.directory / "board.csv", newline="", encoding="utf-8") as file:
            rows = list(csv.DictReader(file))
        # Of two accounts, as often as there was time for.
        self.assertEqual(0, len(rows) % 2)
        self.assertTrue(2 <= len(rows) <= 22, rows)
        self.assertEqual({"Ann", "Robot"}, {row["account"] for row in rows})
        self.assertEqual({"10000.00"}, {row["equity"] for row in rows})

    def test_the_notebook_runs_from_top_to_bottom(self) -> None:
        self.market.sell(5, at=45)
        notebook: Any = json.loads((EXAMPLES / "notebook.ipynb").read_text(encoding="utf-8"))
        cells = ["".join(c["source"]) for c in notebook["cells"] if c["cell_type"] == "code"]
        os.environ["EXCHANGE_URL"], os.environ["EXCHANGE_API_KEY"] = self.served.url, self.key
        names: dict[str, Any] = {}
        for number, cell in enumerate(cells):
            exec(compile(cell, f"cell {number}", "exec"), names)
        self.assertEqual(2, names["market"].position)
        self.assertEqual(2.0, names["trades"]["quantity"].sum())


if __name__ == "__main__":
    unittest.main()
