"""A market, and what can be done in it."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Iterable, Literal, Mapping

from exchange import _units
from exchange._aio.base import AsyncAsking
from exchange._aio.order import AsyncOrder
from exchange._callers import AsyncCaller
from exchange._channels import Channel, subscription, unsubscription
from exchange._connection import Connection
from exchange._orders import Place, place_order, side_units
from exchange._units import Number
from exchange._views import MarketView
from exchange.models import ForeseenSettlement, Preview, Side, TimeInForce
from exchange.past import Conversion, Exercise
from exchange.proto import markets_pb2, orders_pb2


class AsyncMarket(MarketView, AsyncAsking):
    """A market in its current state, and orders in it."""

    def __init__(
        self, connection: Connection, caller: AsyncCaller, timeout: float, market_id: int
    ) -> None:
        super().__init__(connection, market_id)
        self._caller, self.timeout = caller, timeout

    async def buy(
        self,
        quantity: Number,
        *,
        at: Number | None = None,
        time_in_force: TimeInForce | None = None,
        post_only: bool = False,
        reduce_only: bool = False,
        expires: datetime | timedelta | None = None,
        client_order_id: str | None = None,
    ) -> AsyncOrder:
        """Places an order to buy and returns it. It may be filled already.

        quantity: contracts, in steps of 0.01.
        at: the worst price, on a tick of the market. None: whatever the book asks, at once (``ioc``).
        time_in_force: ``gtc`` (rests until filled or cancelled), ``ioc`` (what can't fill at once is
            cancelled), ``fok`` (all at once or refused), ``gtt`` (rests until `expires`).
        post_only: refused rather than matched at once.
        reduce_only: only closes what the account holds.
        expires: a time with its time zone, or how long from now; ten years ahead at most.
        client_order_id: 36 printable ASCII characters at most; made up if left out. An order with the
            same one is never placed twice, so after any doubt the call can be repeated with it, and the
            same terms.

        Raises OrderRefused (ClientOrderIdReused: there is an order of that id with other terms),
        InsufficientFunds, MarketRefused, RateLimited.
        """
        order = Place(
            self,
            "buy",
            quantity,
            at,
            time_in_force,
            post_only,
            reduce_only,
            expires,
            client_order_id,
        )
        return await self._place(order)

    async def sell(
        self,
        quantity: Number,
        *,
        at: Number | None = None,
        time_in_force: TimeInForce | None = None,
        post_only: bool = False,
        reduce_only: bool = False,
        expires: datetime | timedelta | None = None,
        client_order_id: str | None = None,
    ) -> AsyncOrder:
        """Places an order to sell, as `buy` does to buy. If the account has no position, it sells short."""
        order = Place(
            self,
            "sell",
            quantity,
            at,
            time_in_force,
            post_only,
            reduce_only,
            expires,
            client_order_id,
        )
        return await self._place(order)

    async def preview(
        self,
        side: Side,
        quantity: Number,
        *,
        at: Number | None = None,
        time_in_force: TimeInForce | None = None,
    ) -> Preview:
        """Says what an order would do now. It places nothing, and it is refused for the same reasons as the order."""
        order = place_order(Place(self, side, quantity, at, time_in_force))
        answer = await self.request(orders_pb2.PreviewOrder(order=order))
        return Preview.of(answer.order_previewed)

    async def cancel_all(self, side: Side | None = None) -> int:
        """Cancels the account's live orders in this market, on one side or both. Returns how many."""
        units = side_units(side) if side else orders_pb2.SIDE_UNSPECIFIED
        answer = await self.request(orders_pb2.CancelOrders(market_id=self.id, side=units))
        return answer.orders_cancelled.count

    @property
    def orders(self) -> list[AsyncOrder]:
        """The account's live orders in this market, in the order in which they were placed."""
        live = self._read(
            lambda state: [
                order
                for order in state.portfolio(state.session.account_id).orders.values()
                if order.market_id == self.id
            ]
        )
        return [AsyncOrder(self._connection, self._caller, self.timeout, raw) for raw in live]

    async def subscribe(self, *channels: Channel) -> None:
        """Subscribes to ``book``, ``trades`` or ``ticker`` of this market."""
        await self._caller.run(
            self._connection.subscribe(subscription(channels, [self.id]), self.timeout)
        )

    async def unsubscribe(self, *channels: Channel) -> None:
        """Ends subscriptions to this market."""
        await self._caller.run(
            self._connection.unsubscribe(unsubscription(channels, [self.id]), self.timeout)
        )

    async def create_baskets(self, quantity: Number) -> Conversion:
        """Converts constituents into baskets, for the fee."""
        return await self._convert(markets_pb2.CONVERSION_DIRECTION_CREATE, quantity)

    async def redeem_baskets(self, quantity: Number) -> Conversion:
        """Converts baskets into their constituents, for the fee."""
        return await self._convert(markets_pb2.CONVERSION_DIRECTION_REDEEM, quantity)

    async def exercise(self, quantity: Number) -> Exercise:
        """Exercises American options that the account is long of: buys (call) or sells (put) as much of the
        underlying at the strike."""
        units = _units.quantity_units(quantity)
        answer = await self.request(markets_pb2.ExerciseOption(market_id=self.id, quantity=units))
        return Exercise.of_event(answer.option_exercised, answer.sequence, answer.time_us)

    async def settle(self, price: Number) -> None:
        """Settles the market at this price: each position is paid. For its owner, or an elevated admin."""
        await self.request(
            markets_pb2.SettleMarket(market_id=self.id, price=_units.price_units(price))
        )

    async def preview_settlement(self, price: Number) -> list[ForeseenSettlement]:
        """Says what `settle` at this price would pay, first for this market, then for those that would settle with
        it. It settles nothing. For the owner of the market, or an elevated admin."""
        request = markets_pb2.PreviewSettlement(market_id=self.id, price=_units.price_units(price))
        answer = await self.request(request)
        return [ForeseenSettlement.of(raw) for raw in answer.settlement_previewed.markets]

    async def undo_settlement(self) -> None:
        """Undoes a settlement that was a mistake. The market is then halted. For elevated admins."""
        await self.request(markets_pb2.UndoSettlement(market_id=self.id))

    async def set_status(self, status: str) -> None:
        """Sets the status: ``open``, ``cancel_only`` or ``halted``. For elevated admins."""
        statuses = {
            "open": markets_pb2.MARKET_STATUS_OPEN,
            "cancel_only": markets_pb2.MARKET_STATUS_CANCEL_ONLY,
            "halted": markets_pb2.MARKET_STATUS_HALTED,
        }
        if status not in statuses:
            raise ValueError(f"status is {status!r}; it must be one of {', '.join(statuses)}.")
        await self.request(markets_pb2.SetMarketStatus(market_id=self.id, status=statuses[status]))

    @property
    def house_bots(self) -> dict[str, str]:
        """The house bots of this market, from kind to strength, as in `set_house_bots`."""
        return {
            _units.word(markets_pb2.HouseBotKind, bot.kind): _units.word(
                markets_pb2.HouseBotStrength, bot.strength
            )
            for bot in self.raw.house_bots
        }

    async def set_house_bots(self, bots: Mapping[str, str]) -> None:
        """Sets the house bots of this market: from kind (``noise``, ``maker``, ``informed``) to strength
        (``gentle``, ``normal``, ``lively``); all of them, {} for none. For elevated admins."""
        request = markets_pb2.SetHouseBots(market_id=self.id)
        for kind, strength in bots.items():
            try:
                request.bots.add(
                    kind=f"HOUSE_BOT_KIND_{kind.upper()}",
                    strength=f"HOUSE_BOT_STRENGTH_{strength.upper()}",
                )
            except ValueError:
                raise ValueError(
                    f"There is no house bot {kind!r}: {strength!r}; kinds are noise, maker, informed,"
                    " strengths gentle, normal, lively."
                ) from None
        await self.request(request)

    async def update(
        self,
        *,
        name: str | None = None,
        description: str | None = None,
        category: str | None = None,
        group: str | None = None,
        pinned: bool | None = None,
        anonymous: bool | None = None,
        visible_to: Iterable[int] | None = None,
        max_order: Number | None = None,
        max_position: Number | None = None,
        min_price: Number | None = None,
        max_price: Number | None = None,
        tick_size: Number | None = None,
        closes: datetime | timedelta | Literal[False] | None = None,
    ) -> None:
        """Changes the market. An argument that is left out stays unchanged. The owner may change the description,
        the category, the group and `closes`, elevated admins all. visible_to: account ids, none for everyone; limits in
        contracts, 0 for none. The range and the tick size change only while there are no orders and no positions,
        and no market derives from it. closes: when it halts by itself, or how long from now; False: never.
        """
        request = markets_pb2.UpdateMarket(
            market_id=self.id,
            name=name,
            description=description,
            category=category,
            group=group,
            max_order=None if max_order is None else _units.quantity_units(max_order, "max_order"),
            max_position=(
                None
                if max_position is None
                else _units.quantity_units(max_position, "max_position")
            ),
            min_price=None if min_price is None else _units.price_units(min_price, "min_price"),
            max_price=None if max_price is None else _units.price_units(max_price, "max_price"),
            tick_size=None if tick_size is None else _units.quantity_units(tick_size, "tick_size"),
        )
        if closes is not None:
            request.close_time_us = _units.expiry_units(
                None if closes is False else closes, "closes"
            )
        if pinned is not None:
            request.pinned = pinned
        if anonymous is not None:
            request.anonymous = anonymous
        if visible_to is not None:
            request.visible_to.SetInParent()
            request.visible_to.account_ids.extend(visible_to)
        await self.request(request)

    async def _place(self, order: Place) -> AsyncOrder:
        answer = await self.request(place_order(order))
        return AsyncOrder(self._connection, self._caller, self.timeout, answer.order_changed.order)

    async def _convert(
        self, direction: markets_pb2.ConversionDirection, quantity: Number
    ) -> Conversion:
        answer = await self.request(
            markets_pb2.ConvertBasket(
                market_id=self.id, direction=direction, quantity=_units.quantity_units(quantity)
            )
        )
        converted = answer.basket_converted
        return Conversion.of_event(converted, (), answer.sequence, answer.time_us)
