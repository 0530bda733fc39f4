# Generated from exchange/_aio by clients/python/generate. Do not edit.
"""Money that moves without a trade, and the leaderboard."""

from __future__ import annotations

from datetime import datetime
from typing import Iterable

from exchange import _units
from exchange._sync.base import Asking
from exchange._units import Number
from exchange.models import Account, Code, LeaderboardEntry, Transfer
from exchange.proto import money_pb2, rooms_pb2


class Money(Asking):
    """Money and the leaderboard."""

    def _account_id(self, account: str | int | Account) -> int:
        raise NotImplementedError

    def transfer(self, to: str | int | Account, amount: Number, memo: str = "") -> Transfer:
        """Moves cash from the account that you act as to another, by name or id. You must own or manage it.

        Both sides see the memo (200 characters at most). Raises NotFound, InsufficientFunds, NotAllowed.
        """
        request = money_pb2.MakeTransfer(
            to_account_id=self._account_id(to), amount=_units.cash_units(amount), memo=memo
        )
        return Transfer.of((self.request(request)).transfer_made.transfer)

    def claim_code(self, code: str) -> Transfer:
        """Claims a money code for the account that you act as. Raises NotFound if it can't be used."""
        answer = self.request(money_pb2.ClaimCode(code=code))
        return Transfer.of(answer.transfer_made.transfer)

    def leaderboard(self) -> list[LeaderboardEntry]:
        """The accounts of the room by profit, best first."""
        entries = (self.request(rooms_pb2.GetLeaderboard())).leaderboard.entries
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

    def grant(
        self,
        amount: Number,
        accounts: Iterable[str | int | Account] | None = None,
        *,
        memo: str = "",
        force: bool = False,
    ) -> int:
        """Gives money from the house to each account, or takes it (a negative amount). accounts None: the personal
        account of every member. Returns how many accounts got it. For elevated admins.

        force: takes the money even from accounts that have less available.
        """
        request = money_pb2.Grant(
            account_ids=[self._account_id(account) for account in accounts or ()],
            every_member=accounts is None,
            amount=_units.cash_units(amount),
            memo=memo,
            force=force,
        )
        return (self.request(request)).granted.count

    def create_code(
        self, amount: Number, *, uses: int = 1, code: str = "", expires: datetime | None = None
    ) -> Code:
        """Creates a money code, which pays `amount` for each use. code empty: the exchange makes one. For elevated
        admins."""
        request = money_pb2.CreateCode(
            code=code,
            amount=_units.cash_units(amount),
            uses=uses,
            expires_time_us=_units.expiry_units(expires),
        )
        return Code.of((self.request(request)).code_changed.code)

    def revoke_code(self, code: str) -> Code:
        """Revokes a money code. For elevated admins."""
        return Code.of((self.request(money_pb2.RevokeCode(code=code))).code_changed.code)

    def codes(self) -> list[Code]:
        """The active money codes of the room. For elevated admins."""
        return [Code.of(raw) for raw in (self.request(money_pb2.GetCodes())).codes.codes]
