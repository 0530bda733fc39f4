using Exchange.Markets;

namespace Exchange.Storage;

// The rows of what is rare: rooms, users, accounts, markets, and who did what. Money is in WalWriter.Money.cs.
public sealed partial class WalWriter
{
    private readonly List<Statement> _recordStatements = [];
    private Statement _insertRoom = null!, _updateRoom = null!, _updateJoinCode = null!, _insertInvitation = null!, _deleteInvitation = null!,
        _upsertUser = null!, _upsertRoomMember = null!, _deleteRoomMember = null!, _insertAccount = null!, _renameAccount = null!,
        _upsertAccountMember = null!, _deleteAccountMember = null!, _updateCancelAfter = null!, _updateDeficit = null!,
        _upsertMarket = null!, _deleteMarket = null!, _insertConstituent = null!, _insertVisibleTo = null!, _deleteVisibleTo = null!, _insertStatus = null!,
        _insertAudit = null!, _insertHouseBot = null!, _deleteHouseBots = null!;

    private Statement Prepare(string sql)
    {
        var statement = new Statement(_connection, sql);
        _recordStatements.Add(statement);
        return statement;
    }

    private void PrepareRecords()
    {
        _insertRoom = Prepare("""
            INSERT INTO room (id, slug, name, house_account_id, opening_balance, who_may_create_markets, owner_user_id, join_policy,
              is_archived, created_us) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """);
        _updateRoom = Prepare("""
            UPDATE room SET name = ?, opening_balance = ?, who_may_create_markets = ?, join_policy = ?, is_archived = ? WHERE id = ?
            """);
        _updateJoinCode = Prepare("UPDATE room SET join_code = ? WHERE id = ?");
        _insertInvitation = Prepare("INSERT OR IGNORE INTO room_invitation VALUES (?, ?)");
        _deleteInvitation = Prepare("DELETE FROM room_invitation WHERE room_id = ? AND email = ?");
        _upsertUser = Prepare("""
            INSERT INTO user VALUES (?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (id) DO UPDATE SET name = excluded.name, email = excluded.email, is_server_admin = excluded.is_server_admin
            """);
        _upsertRoomMember = Prepare("""
            INSERT INTO room_member VALUES (?, ?, ?, ?) ON CONFLICT (room_id, user_id) DO UPDATE SET role = excluded.role
            """);
        _deleteRoomMember = Prepare("DELETE FROM room_member WHERE room_id = ? AND user_id = ?");
        // Cash is written by what moves it.
        _insertAccount = Prepare("""
            INSERT INTO account (id, room_id, name, owner_user_id, opened_us, cash, is_personal, bot_kind) VALUES (?, ?, ?, ?, ?, 0, ?, ?)
            """);
        _renameAccount = Prepare("UPDATE account SET name = ? WHERE id = ?");
        _upsertAccountMember = Prepare("INSERT OR REPLACE INTO account_member VALUES (?, ?, ?)");
        _deleteAccountMember = Prepare("DELETE FROM account_member WHERE account_id = ? AND user_id = ?");
        _updateCancelAfter = Prepare("UPDATE account SET cancel_us = ?, cancel_timeout_us = ? WHERE id = ?");
        _updateDeficit = Prepare("UPDATE account SET is_forced = ? WHERE id = ?");
        _upsertMarket = Prepare("""
            INSERT INTO market (id, room_id, name, description, owner_user_id, min_price, max_price, tick_size, status, settlement_price,
              created_us, status_us, category, group_name, is_pinned, is_anonymous, is_hidden, max_order, max_position, kind,
              conversion_fee, underlying_market_id, option_kind, option_style, strike, close_us)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (id) DO UPDATE SET name = excluded.name, description = excluded.description,
              min_price = excluded.min_price, max_price = excluded.max_price, tick_size = excluded.tick_size, close_us = excluded.close_us,
              status = excluded.status, settlement_price = excluded.settlement_price, status_us = excluded.status_us,
              category = excluded.category, group_name = excluded.group_name, is_pinned = excluded.is_pinned,
              is_anonymous = excluded.is_anonymous, is_hidden = excluded.is_hidden, max_order = excluded.max_order,
              max_position = excluded.max_position
            """);
        _deleteMarket = Prepare("UPDATE market SET deleted_us = ? WHERE id = ?");
        _insertConstituent = Prepare("INSERT INTO basket_constituent VALUES (?, ?, ?, ?)");
        _insertVisibleTo = Prepare("INSERT INTO market_visible_to VALUES (?, ?)");
        _deleteVisibleTo = Prepare("DELETE FROM market_visible_to WHERE market_id = ?");
        _insertHouseBot = Prepare("INSERT INTO market_house_bot VALUES (?, ?, ?)");
        _deleteHouseBots = Prepare("DELETE FROM market_house_bot WHERE market_id = ?");
        _insertStatus = Prepare("INSERT INTO market_status VALUES (?, ?, ?, ?, ?)");
        _insertAudit = Prepare("INSERT INTO audit VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)");
        PrepareMoney();
    }

    private void WriteRecord(VenueEvent record, in AppliedCommand command)
    {
        switch (record)
        {
            case RoomOpened { Room: var room }:
                _insertRoom.With(room.RoomId).With(room.Slug).With(room.Name).With(room.HouseAccountId)
                    .With(room.OpeningBalance.TenThousandths).With(Names.Of(room.WhoMayCreateMarkets)).With(OrNull(room.OwnerUserId))
                    .With(Names.Of(room.JoinPolicy)).With(room.IsArchived).With(room.CreatedTimeUs).Run();
                break;
            case RoomChanged { Room: var room }:
                _updateRoom.With(room.Name).With(room.OpeningBalance.TenThousandths).With(Names.Of(room.WhoMayCreateMarkets))
                    .With(Names.Of(room.JoinPolicy)).With(room.IsArchived).With(room.RoomId).Run();
                break;
            case InvitationsChanged invitations:
                WriteInvitations(invitations);
                break;
            case UserChanged { User: var user }:
                _upsertUser.With(user.UserId).With(user.Issuer).With(user.Subject).With(user.Name).With(user.Email)
                    .With(user.IsServerAdmin).With(user.CreatedTimeUs).Run();
                break;
            case MemberChanged { IsRemoved: true } removed:
                _deleteRoomMember.With(removed.RoomId).With(removed.Member.User.UserId).Run();
                break;
            case MemberChanged member:
                _upsertRoomMember.With(member.RoomId).With(member.Member.User.UserId).With(Names.Of(member.Kept)).With(command.TimeUs).Run();
                break;
            case AccountOpened { Account: var account }:
                _insertAccount.With(account.AccountId).With(account.RoomId).With(account.Name).With(OrNull(account.OwnerUserId))
                    .With(account.OpenedTimeUs).With(account.IsPersonal).With(account.BotKind is { } kind ? Names.Of(kind) : null).Run();
                break;
            case AccountChanged { Account: var account }:
                _renameAccount.With(account.Name).With(account.AccountId).Run();
                break;
            case AccountMembersChanged { Role: { } role } added:
                _upsertAccountMember.With(added.AccountId).With(added.UserId).With(Names.Of(role)).Run();
                break;
            case AccountMembersChanged removed:
                _deleteAccountMember.With(removed.AccountId).With(removed.UserId).Run();
                break;
            case CancelAfterSet set:
                _updateCancelAfter.With(set.CancelTimeUs).With(set.TimeoutUs).With(set.AccountId).Run();
                break;
            case DeficitChanged deficit:
                _updateDeficit.With(deficit.InDeficit).With(deficit.AccountId).Run();
                break;
            case MarketChanged market:
                WriteMarket(market, in command);
                break;
            case MarketDeleted { Market: var market }:
                _deleteMarket.With(command.TimeUs).With(market.MarketId).Run();
                break;
            case Audited a:
                _insertAudit.With(command.Sequence).With(command.TimeUs).With(a.UserId).With(OrNull(a.AccountId)).With(a.Elevated)
                    .With(OrNull(a.RoomId)).With(OrNull(a.MarketId)).With(Names.Of(a.Action)).With(a.Detail).Run();
                break;
            default:
                WriteMoney(record, in command);
                return;
        }
        Rows++;
    }

    private static long? OrNull(long id) => id == 0 ? null : id;

    private void WriteInvitations(InvitationsChanged invitations)
    {
        if (invitations.JoinCode is { } code)
            _updateJoinCode.With(code).With(invitations.RoomId).Run();
        foreach (string email in invitations.RemovedEmails)
            _deleteInvitation.With(invitations.RoomId).With(email).Run();
        foreach (string email in invitations.AddedEmails)
            _insertInvitation.With(invitations.RoomId).With(email).Run();
    }

    private void WriteMarket(MarketChanged changed, in AppliedCommand command)
    {
        MarketInfo market = changed.Market;
        var basket = market.Derivation as Basket;
        var option = market.Derivation as Option;
        _upsertMarket.With(market.MarketId).With(market.RoomId).With(market.Name).With(market.Description)
            .With(market.OwnerUserId).With(market.Min.Hundredths).With(market.Max.Hundredths).With(market.TickHundredths)
            .With(Names.Of(market.Status)).With((long?)market.SettlementPrice?.Hundredths).With(market.CreatedTimeUs)
            .With(market.StatusTimeUs).With(market.Category).With(market.Group).With(market.IsPinned).With(market.IsAnonymous)
            .With(market.IsHidden).With(market.MaxOrder.Hundredths).With(market.MaxPosition.Hundredths).With(Names.KindOf(market.Derivation))
            .With(basket?.Fee.TenThousandths).With(option?.UnderlyingId).With(option is null ? null : Names.Of(option.Kind))
            .With(option is null ? null : Names.Of(option.Style)).With((long?)option?.Strike.Hundredths)
            .With(market.CloseTimeUs).Run();
        if (changed.IsNew && basket is not null)
        {
            for (int i = 0; i < basket.Constituents.Count; i++)
            {
                _insertConstituent.With(market.MarketId).With(basket.Constituents[i].MarketId)
                    .With(basket.Constituents[i].Multiplier).With(i).Run();
            }
        }
        if (!changed.IsNew)
            _deleteVisibleTo.With(market.MarketId).Run();
        foreach (long accountId in market.VisibleTo)
            _insertVisibleTo.With(market.MarketId).With(accountId).Run();
        if (changed.AreHouseBotsNew)
        {
            _deleteHouseBots.With(market.MarketId).Run();
            foreach (HouseBot bot in market.HouseBots)
                _insertHouseBot.With(market.MarketId).With(Names.Of(bot.Kind)).With(Names.Of(bot.Strength)).Run();
        }
        if (changed.IsStatusNew)
        {
            _insertStatus.With(market.MarketId).With(command.Sequence).With(Names.Of(market.Status))
                .With(changed.ByUserId).With(command.TimeUs).Run();
        }
    }
}
