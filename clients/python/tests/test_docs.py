"""What the documentation tells to paste works when pasted: docs/bots.md from top to bottom, and README's ten lines."""

from __future__ import annotations

import contextlib
import io
import os
import re
import shutil
import subprocess
import unittest
from pathlib import Path

from served import PATIENCE, Served

ROOT = Path(__file__).resolve().parents[3]
URL = "http://localhost:8080"
KEY = "exk_..."


def run(code: str, url: str, key: str) -> str:
    """Runs what somebody pasted, and gives what it printed."""
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        exec(
            compile(code.replace(URL, url).replace(KEY, key), "pasted", "exec"),
            {"__name__": "__main__"},
        )
    return printed.getvalue()


class DocsTests(unittest.TestCase):
    def setUp(self) -> None:
        self.served = self.enterContext(Served())
        # Where files that are saved by their name alone go.
        self.enterContext(contextlib.chdir(self.served.directory))

    def test_the_quick_start_works_when_pasted_from_top_to_bottom(self) -> None:
        text = (ROOT / "docs" / "bots.md").read_text(encoding="utf-8")
        blocks = re.findall(r"```python\n(.*?)```", text, re.DOTALL)
        self.assertEqual(8, len(blocks))
        key = run(blocks[0], self.served.url, "").strip()
        self.assertTrue(key.startswith("exk_"))
        printed = [run(block, self.served.url, key) for block in blocks[1:]]
        self.assertIn("filled, 10.00 filled> 42.5000 10.00", printed[1])
        self.assertIn("42.50 [Level(", printed[2])
        self.assertIn("INVALID_PRICE", printed[3])
        self.assertEqual("3", printed[3].splitlines()[-1])
        self.assertIn("42.50 10.00", printed[4])
        self.assertIn(",42.50,10.00,BUY,", printed[5])
        self.assertIn("order_changed", printed[6])

    def test_the_ten_lines_of_the_readme_work_when_pasted(self) -> None:
        key = self.served.key_of("Ann")
        with self.served.connect("Bob") as bob:
            bob.create_market("Rain tomorrow", 0, 100).sell(10, at="42.50")
        text = (ROOT / "README.md").read_text(encoding="utf-8")
        block = re.search(r"## Bots\n\n((?:    .*\n)+)", text)
        assert block is not None
        code = "\n".join(line[4:] for line in block.group(1).splitlines())
        self.assertEqual("None 0.00 10000.00\n", run(code, self.served.url, key))

    def test_the_client_in_typescript_places_an_order(self) -> None:
        directory = ROOT / "clients" / "typescript"
        if shutil.which("node") is None or not (directory / "node_modules").exists():
            self.fail(f"It needs Node 20.19, and npm ci in {directory}.")
        subprocess.run(["npm", "run", "--silent", "build"], cwd=directory, check=True)
        key = self.served.key_of("Ann")
        with self.served.connect("Bob") as bob:
            market = bob.create_market("Rain tomorrow", 0, 100)
            market.sell(4, at="42.50")
            market.buy(1, at=40)
            command = [
                "node",
                "build/first-order.cjs",
                self.served.url.replace("http", "ws") + "/ws",
            ]
            ran = subprocess.run(
                [*command, key, "Rain tomorrow"],
                cwd=directory, env=os.environ, capture_output=True, text=True, timeout=PATIENCE,
            )  # fmt: skip
            self.assertEqual(0, ran.returncode, ran.stderr)
            self.assertRegex(ran.stdout, r"^Best bid: 40\nOrder \d+: 400 of 1000 filled\n$")
            bob.wait(lambda: market.position == -4 and len(market.book.bids) == 2, PATIENCE)


if __name__ == "__main__":
    unittest.main()
