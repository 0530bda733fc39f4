using Exchange.Markets;

namespace Exchange.Protocol;

// Events off the order path: rooms, members, accounts, markets, money, and answers.
public sealed partial class Publisher
{
    private void PublishRecord(VenueEvent record, EventRef e, in AppliedCommand command)
    {
        switch (record)
        {
            case RoomOpened { Room: var room }:
                PublishRoom(room, wasOpen: false, e.IsAnswer, in command);
                break;
            case RoomChanged { Room: var room } changed:
                PublishRoom(room, changed.WasOpen, e.IsAnswer, in command);
                break;
            case MemberChanged member:
                PublishMember(member, e.IsAnswer, in command);
                break;
            case RightsChanged rights:
                AddControl(new RightsControl(rights.RoomId), new OutboxEntry
                {
                    Audience = Audience.User,
                    AudienceId = rights.UserId,
                    Sequence = command.Sequence,
                });
                break;
            case AccountOpened { Account: var account }:
                PublishAccount(account, e.IsAnswer, in command);
                break;
            case AccountChanged { Account: var account }:
                PublishAccount(account, e.IsAnswer, in command);
                break;
            case AccountMembersChanged members:
                _message.AccountMembersChanged = Translate.ToMembers(members);
                Add(Audience.Account, members.AccountId, in command, e.IsAnswer);
                break;
            case CancelAfterSet set:
                _message.CancelAfterChanged = new V1.CancelAfterChanged { AccountId = (ulong)set.AccountId, CancelTimeUs = set.CancelTimeUs };
                Add(Audience.Account, set.AccountId, in command, e.IsAnswer);
                break;
            case MarketChanged { Market: var market }:
                _markets[market.MarketId] = market;
                _message.MarketChanged = new V1.MarketChanged { Market = Translate.ToMarket(market) };
                Add(Audience.Room, market.RoomId, in command, e.IsAnswer, hiddenMarketId: market.IsHidden ? market.MarketId : 0);
                break;
            case MarketDeleted { Market: var market }:
                _markets.Remove(market.MarketId);
                _tickers.Remove(market.MarketId);
                _message.MarketDeleted = new V1.MarketDeleted { MarketId = (ulong)market.MarketId };
                Add(Audience.Room, market.RoomId, in command, e.IsAnswer, hiddenMarketId: market.IsHidden ? market.MarketId : 0);
                break;
            case VisibilityChanged change:
                AddControl(new VisibilityControl(change), new OutboxEntry
                {
                    Audience = Audience.Room,
                    AudienceId = change.RoomId,
                    Sequence = command.Sequence,
                });
                break;
            default:
                if (!PublishMoney(record, e, in command))
                    PublishShown(record, in command);
                break;
        }
    }

    private void PublishRoom(RoomInfo room, bool wasOpen, bool isAnswer, in AppliedCommand command)
    {
        _rooms[room.RoomId] = room;
        _message.RoomChanged = new V1.RoomChanged { Room = Translate.ToRoom(room) };
        bool forEveryone = wasOpen || room.JoinPolicy == JoinPolicy.Open;
        Add(forEveryone ? Audience.Everyone : Audience.Room, room.RoomId, in command, isAnswer);
    }

    /// <summary>The room hears of its member; the user, wherever they are, of the room and their part in it.</summary>
    private void PublishMember(MemberChanged member, bool isAnswer, in AppliedCommand command)
    {
        long userId = member.Member.User.UserId;
        if (!member.IsRemoved)
        {
            _message.RoomChanged = new V1.RoomChanged { Room = Translate.ToRoom(_rooms[member.RoomId]) };
            Add(Audience.User, userId, in command);
        }
        _message.MembershipChanged = new V1.MembershipChanged
        {
            RoomId = (ulong)member.RoomId,
            Role = member.IsRemoved ? V1.Role.Unspecified : (V1.Role)member.Member.Role,
        };
        Add(Audience.User, userId, in command);
        _message.MemberChanged = new V1.MemberChanged { Member = Translate.ToMember(member.Member), Removed = member.IsRemoved };
        Add(Audience.Room, member.RoomId, in command, isAnswer);
    }

    private void PublishAccount(AccountInfo account, bool isAnswer, in AppliedCommand command)
    {
        _message.AccountChanged = new V1.AccountChanged { Account = Translate.ToAccount(account) };
        Add(Audience.Room, account.RoomId, in command, isAnswer);
    }

    private bool PublishMoney(VenueEvent record, EventRef e, in AppliedCommand command)
    {
        switch (record)
        {
            case TransferMade { Transfer: var transfer }:
                _message.TransferMade = new V1.TransferMade { Transfer = Translate.ToTransfer(transfer) };
                Add(Audience.Account, transfer.FromAccountId, in command, e.IsAnswer, otherAccountId: transfer.ToAccountId);
                return true;
            case BasketConverted converted:
                _message.BasketConverted = Translate.ToConversion(converted);
                Add(Audience.Account, converted.AccountId, in command, e.IsAnswer);
                return true;
            case OptionExercised exercised:
                _message.OptionExercised = Translate.ToExercise(exercised, exercised.AccountId, exercised.Quantity, assigned: false);
                Add(Audience.Account, exercised.AccountId, in command, e.IsAnswer);
                foreach (Assignment assignment in exercised.Assignments)
                {
                    _message.OptionExercised = Translate.ToExercise(exercised, assignment.AccountId, assignment.Quantity, assigned: true);
                    Add(Audience.Account, assignment.AccountId, in command);
                }
                return true;
            case Granted granted:
                _message.Granted = new V1.Granted { Count = (uint)granted.Count };
                break;
            case CodeChanged changed when e.IsAnswer:
                _message.CodeChanged = new V1.CodeChanged { Code = Translate.ToCode(changed.Code) };
                break;
            default:
                return false;
        }
        Add(Audience.Session, command.Origin.Session, in command, answer: true);
        return true;
    }

    /// <summary>What one session asked for.</summary>
    private void PublishShown(VenueEvent record, in AppliedCommand command)
    {
        switch (record)
        {
            case RoomView shown:
                AddControl(new RoomViewControl(command.Kind, shown, EncodeRoom(shown, in command)), in command);
                return;
            case Subscribed shown:
                AddControl(new SubscribedControl(shown, EncodeMarkets(shown, in command)), in command);
                return;
            case ActingAs acting:
                AddControl(new ActingAsControl(acting.AccountId), in command);
                return;
            case ElevationSet elevation:
                AddControl(new ElevationControl(elevation.IsElevated), in command);
                return;
            case OrderPreviewed previewed:
                _message.OrderPreviewed = Translate.ToPreview(previewed);
                break;
            case SettlementPreviewed previewed:
                _message.SettlementPreviewed = Translate.ToForeseen(previewed);
                break;
            case BatchApplied applied:
                _message.BatchApplied = Translate.ToBatch(applied);
                break;
            case Leaderboard leaderboard:
                _message.Leaderboard = Translate.ToLeaderboard(leaderboard);
                break;
            case RoomSettings settings:
                _message.RoomSettings = Translate.ToSettings(settings);
                break;
            case CodeList codes:
                _message.Codes = Translate.ToCodes(codes);
                break;
            case MembersOverview members:
                _message.MembersOverview = Translate.ToMembers(members, _sessions.Presence, _tradeCounts);
                break;
            case PersonView person:
                _message.Person = Translate.ToPerson(person, _sessions.Presence, _tradeCounts);
                break;
            // These are only written to disk. Other events say to clients what they need. Only the admin who made or revoked a money code sees it.
            case UserChanged or InvitationsChanged or DeficitChanged or CodeChanged or CodeClaimed or MarketSettled or SettlementUndone
                or EquitySampled or Audited:
                return;
            default:
                throw new InvalidOperationException($"{record.GetType().Name} has no message here, and is not among the events that have none.");
        }
        Add(Audience.Session, command.Origin.Session, in command, answer: true);
    }

    private byte[][] EncodeRoom(RoomView shown, in AppliedCommand command)
    {
        if (shown.Directory is null)
            return [];
        var bodies = new List<byte[]>();
        if (!_encoded.TryGetValue(shown.Directory, out byte[]? directory))
        {
            _message.RoomSnapshot = Translate.ToRoomSnapshot(shown.Directory);
            directory = Encode(command.Sequence, command.TimeUs);
            _encoded.Add(shown.Directory, directory);
        }
        bodies.Add(directory);
        foreach (MarketInfo market in shown.HiddenMarkets)
        {
            _message.MarketChanged = new V1.MarketChanged { Market = Translate.ToMarket(market) };
            bodies.Add(Encode(command.Sequence, command.TimeUs));
        }
        foreach (Portfolio portfolio in shown.Portfolios)
        {
            _message.PortfolioSnapshot = Translate.ToPortfolio(portfolio);
            bodies.Add(Encode(command.Sequence, command.TimeUs));
        }
        return [.. bodies];
    }
}
