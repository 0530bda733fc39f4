"""Money that moves without a trade, and how accounts do."""

from __future__ import annotations

from datetime import datetime
from typing import Iterable

from exchange import _units
from exchange._aio.base import AsyncAsking
from exchange._units import Number
from exchange.models import Account, Code, LeaderboardEntry, Transfer
from exchange.proto import money_pb2, rooms_pb2


class AsyncMoney(AsyncAsking):
    """Money."""

    def _account_id(self, account: str | int | Account) -> int:
        raise NotImplementedError

    async def transfer(self, to: str | int | Account, amount: Number, memo: str = "") -> Transfer:
        """Moves cash from the account acted as, which you own or manage, to another, by name or id.

        Both sides see the memo (200 characters at most). Raises NotFound, InsufficientFunds, NotAllowed.
        """
        request = money_pb2.MakeTransfer(
            to_account_id=self._account_id(to), amount=_units.cash_units(amount), memo=memo
        )
        return Transfer.of((await self.request(request)).transfer_made.transfer)

    async def claim_code(self, code: str) -> Transfer:
        """Claims a code for the account acted as. Raises NotFound if it is used up."""
        answer = await self.request(money_pb2.ClaimCode(code=code))
        return Transfer.of(answer.transfer_made.transfer)

    async def leaderboard(self) -> list[LeaderboardEntry]:
        """How the room's accounts do, best first."""
        entries = (await self.request(rooms_pb2.GetLeaderboard())).leaderboard.entries
        with self._connection.changed:
            accounts = self._connection.aggregate.state.accounts
            return [
                LeaderboardEntry(
                    entry.account_id,
                    accounts[entry.account_id].name if entry.account_id in accounts else "",
                    _units.cash(entry.equity),
                    _units.cash(entry.profit),
                )
                for entry in entries
            ]

    async def grant(
        self,
        amount: Number,
        accounts: Iterable[str | int | Account] | None = None,
        *,
        memo: str = "",
        force: bool = False,
    ) -> int:
        """Gives money from the house to each of the accounts, or takes it (a negative amount); None: to the
        personal account of every member. How many got it. For elevated admins.

        force: takes it even where less is available.
        """
        request = money_pb2.Grant(
            account_ids=[self._account_id(account) for account in accounts or ()],
            every_member=accounts is None,
            amount=_units.cash_units(amount),
            memo=memo,
            force=force,
        )
        return (await self.request(request)).granted.count

    async def create_code(
        self, amount: Number, *, uses: int = 1, code: str = "", expires: datetime | None = None
    ) -> Code:
        """Makes a code worth an amount each time. Empty: one is made up. For elevated admins."""
        request = money_pb2.CreateCode(
            code=code,
            amount=_units.cash_units(amount),
            uses=uses,
            expires_time_us=_units.expiry_units(expires),
        )
        return Code.of((await self.request(request)).code_changed.code)

    async def revoke_code(self, code: str) -> Code:
        """Ends a code. For elevated admins."""
        return Code.of((await self.request(money_pb2.RevokeCode(code=code))).code_changed.code)

    async def codes(self) -> list[Code]:
        """Those that can still be used. For elevated admins."""
        return [Code.of(raw) for raw in (await self.request(money_pb2.GetCodes())).codes.codes]
