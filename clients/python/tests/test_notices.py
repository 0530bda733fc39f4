"""Notices, against the real executable."""

from __future__ import annotations

import asyncio
import unittest
from decimal import Decimal

from exchange import AsyncExchange, Exchange, Notice, NotAllowed
from exchange.models import Transfer
from exchange.notices import Cancelled, Settled
from served import PASSWORD, PATIENCE, Served


class NoticeTests(unittest.TestCase):
    def setUp(self) -> None:
        self.served = self.enterContext(Served())
        self.admin = self.connect("Admin")
        self.admin.elevate()
        self.ann = self.connect("Ann")
        self.bob = self.connect("Bob")
        self.market = self.admin.create_market("Rain tomorrow", 0, 100)
        for ex in (self.ann, self.bob):
            ex.wait(lambda ex=ex: "Rain tomorrow" in ex.markets, PATIENCE)

    def connect(self, name: str) -> Exchange:
        ex = self.served.connect(name)
        self.addCleanup(ex.close)
        return ex

    def trade(self) -> None:
        """Ann is long 4 and has an order in the book; Bob is short 4."""
        self.bob.markets["Rain tomorrow"].sell(4, at=40)
        market = self.ann.markets["Rain tomorrow"]
        market.buy(4, at=40)
        market.buy(3, at=5)

    def test_a_stream_tells_each_notice_as_it_happens_with_its_numbers(self) -> None:
        self.trade()
        with self.ann.notice_stream(seconds=PATIENCE) as stream:
            self.admin.grant("25.5", ["Ann"], memo="Well done")
            grant = next(stream)
            self.market.set_status("halted")
            halted = next(stream)
            self.market.settle(75)
            settled = [next(stream), next(stream)]
            self.admin.set_role(self.ann.user.user_id, "spectator")
            role = next(stream)
        assert isinstance(grant.what, Transfer)
        self.assertEqual(
            ("transfer", Decimal("25.50"), "Well done", "grant"),
            (grant.kind, grant.what.amount, grant.what.memo, grant.what.kind),
        )
        self.assertEqual("Admin granted 25.50 to Ann: Well done", grant.text)
        self.assertEqual(("status", "halted"), (halted.kind, halted.what))
        self.assertEqual("Admin set the status of Rain tomorrow to halted.", str(halted))
        by_kind = {notice.kind: notice.what for notice in settled}
        self.assertEqual(
            Settled(Decimal(75), Decimal(4), Decimal(300), Decimal(140)), by_kind["settled"]
        )
        self.assertEqual(
            Cancelled("market_settled", 1, "buy", Decimal(5), Decimal(3)), by_kind["cancelled"]
        )
        self.assertEqual(("role", "spectator"), (role.kind, role.what))
        told = [grant, halted, *settled, role]
        # The record says the same, now and later; what one did oneself is in nobody's own notices.
        self.assertEqual(told, list(self.ann.notices()))
        newest = sorted(told, key=lambda notice: -notice.sequence)
        self.assertEqual(newest, list(self.ann.notices(newest_first=True)))
        self.assertEqual(told[:2], list(self.ann.notices(limit=2)))
        self.assertEqual([], list(self.admin.notices()))
        self.market.undo_settlement()
        undone = next(self.ann.notices(newest_first=True))
        self.assertEqual("undone", undone.kind)
        self.assertIn(
            "undid the settlement of Rain tomorrow at 75.00. 300.00 was taken back", undone.text
        )

    def test_notices_are_unread_until_they_are_marked(self) -> None:
        for amount in (1, 2, 3):
            self.admin.grant(amount, ["Ann"])
        first, second, third = self.ann.notices(unread=True)
        self.ann.mark_notices_read(first)
        self.assertEqual([second, third], list(self.ann.notices(unread=True)))
        self.assertEqual([third, second], list(self.ann.notices(unread=True, newest_first=True)))
        self.assertEqual([third], list(self.ann.notices(unread=True, newest_first=True, limit=1)))
        self.ann.mark_notices_read(third.sequence)
        self.assertEqual([], list(self.ann.notices(unread=True)))
        self.assertEqual(3, len(list(self.ann.notices())))
        key = self.ann.create_api_key("bot").secret
        with Exchange.connect(self.served.url, api_key=key) as bot:
            self.assertEqual(3, len(list(bot.notices())))
            with self.assertRaises(NotAllowed):
                bot.mark_notices_read(third)

    def test_a_bot_hears_in_a_stream_what_happened_while_it_had_no_connection(self) -> None:
        with self.ann.notice_stream(seconds=PATIENCE) as stream:
            self.served.kill()
            self.served.start()
            with Exchange.connect(self.served.url, name="Admin", password=PASSWORD) as admin:
                admin.elevate()
                admin.grant(7, ["Ann"])
            self.assertEqual("transfer", next(stream).kind)

    def test_asynchronously(self) -> None:
        async def listen() -> list[Notice]:
            async with await AsyncExchange.connect(
                self.served.url, name="Ann", password=PASSWORD
            ) as ex:
                async with ex.notice_stream(seconds=PATIENCE) as stream:
                    await asyncio.to_thread(self.admin.grant, 5, ["Ann"])
                    async for notice in stream:
                        return [notice, *[each async for each in ex.notices()]]
            raise AssertionError("No notice came.")

        streamed, recorded = asyncio.run(listen())
        self.assertEqual(streamed, recorded)


if __name__ == "__main__":
    unittest.main()
