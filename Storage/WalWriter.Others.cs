using Exchange.Markets;

namespace Exchange.Storage;

// The rows of what is rare: rooms, users, accounts, markets, transfers, settlements.
public sealed partial class WalWriter
{
    private Statement _insertRoom = null!, _upsertUser = null!, _insertAccount = null!, _insertMember = null!,
        _upsertMarket = null!, _insertStatus = null!, _insertTransfer = null!, _insertSettlement = null!, _insertPayout = null!;

    private Statement[] OtherStatements =>
        [_insertRoom, _upsertUser, _insertAccount, _insertMember, _upsertMarket, _insertStatus, _insertTransfer, _insertSettlement, _insertPayout];

    private void PrepareOthers()
    {
        _insertRoom = new Statement(_connection, "INSERT INTO room VALUES (?, ?, ?, ?, ?, ?)");
        _upsertUser = new Statement(_connection, """
            INSERT INTO user VALUES (?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (id) DO UPDATE SET name = excluded.name, email = excluded.email, is_server_admin = excluded.is_server_admin
            """);
        // Cash is written by what moves it.
        _insertAccount = new Statement(_connection, "INSERT INTO account VALUES (?, ?, ?, ?, ?, 0)");
        _insertMember = new Statement(_connection, "INSERT INTO account_member VALUES (?, ?, ?)");
        _upsertMarket = new Statement(_connection, """
            INSERT INTO market VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (id) DO UPDATE SET name = excluded.name, description = excluded.description,
              status = excluded.status, settlement_price = excluded.settlement_price
            """);
        _insertStatus = new Statement(_connection, "INSERT INTO market_status VALUES (?, ?, ?, ?, ?)");
        _insertTransfer = new Statement(_connection, "INSERT INTO transfer VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)");
        _insertSettlement = new Statement(_connection, "INSERT INTO settlement VALUES (?, ?, ?, ?, ?, ?)");
        _insertPayout = new Statement(_connection, "INSERT INTO settlement_payout VALUES (?, ?, ?, ?)");
    }

    private void WriteOther(object record, in AppliedCommand command)
    {
        switch (record)
        {
            case RoomOpened { Room: var room }:
                _insertRoom.With(room.RoomId).With(room.Slug).With(room.Name).With(room.HouseAccountId)
                    .With(room.OpeningBalance.TenThousandths).With(Names.Of(room.WhoMayCreateMarkets)).Run();
                break;
            case UserChanged { User: var user }:
                _upsertUser.With(user.UserId).With(user.Issuer).With(user.Subject).With(user.Name).With(user.Email)
                    .With(user.IsServerAdmin).With(user.CreatedTimeUs).Run();
                break;
            case AccountOpened { Account: var account }:
                _insertAccount.With(account.AccountId).With(account.RoomId).With(account.Name)
                    .With(account.IsHouse ? null : (long?)account.OwnerUserId).With(account.OpenedTimeUs).Run();
                if (!account.IsHouse)
                    _insertMember.With(account.AccountId).With(account.OwnerUserId).With("OWNER").Run();
                break;
            case MarketChanged { Market: var market } changed:
                _upsertMarket.With(market.MarketId).With(market.RoomId).With(market.Name).With(market.Description)
                    .With(market.OwnerUserId).With(market.Min.Hundredths).With(market.Max.Hundredths).With(market.TickHundredths)
                    .With(Names.Of(market.Status)).With((long?)market.SettlementPrice?.Hundredths).With(market.CreatedTimeUs).Run();
                _insertStatus.With(market.MarketId).With(command.Sequence).With(Names.Of(market.Status))
                    .With(changed.ByUserId).With(command.TimeUs).Run();
                break;
            case TransferMade t:
                _insertTransfer.With(t.TransferId).With(t.RoomId).With(t.FromAccountId).With(t.ToAccountId)
                    .With(t.Amount.TenThousandths).With(t.Memo).With(t.ByUserId).With(command.Sequence).With(command.TimeUs).Run();
                break;
            case MarketSettled s:
                _insertSettlement.With(s.SettlementId).With(s.MarketId).With(s.Price.Hundredths).With(s.ByUserId)
                    .With(command.Sequence).With(command.TimeUs).Run();
                foreach (Payout p in s.Payouts)
                    _insertPayout.With(s.SettlementId).With(p.AccountId).With(p.Position.Hundredths).With(p.Amount.TenThousandths).Run();
                break;
            default:
                return; // Snapshots are for those who asked, not for the disk.
        }
        Rows++;
    }
}
