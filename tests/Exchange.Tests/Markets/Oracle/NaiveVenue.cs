using Exchange.Markets;

namespace Exchange.Tests.Markets;

/// <summary>
/// The oracle: the exchange written as simply as domain.md says it, in lists and LINQ, everything recomputed
/// each time. Slow on purpose, and shares no logic with <see cref="Venue"/>.
/// </summary>
internal sealed partial class NaiveVenue
{
    private const long MaxOrder = 100_000_000, MaxPosition = 1_000_000_000;
    private static readonly Int128 s_maxGross = Int128.One << 61, s_maxIssued = Int128.One << 60;
    private readonly Dictionary<long, NaiveOrder> _ended = [];
    private readonly Dictionary<long, List<NaiveOrder>> _endedWithClientId = [];
    private NaiveState _state = new();
    private Moment _now;
    private readonly HashSet<string> _cancelledInBatch = [];

    // The command being applied: the copy it changes, who gives it, where, and with which powers.
    private NaiveState _next = new();
    private UserInfo? _user;
    private RoomInfo? _room;
    private Role? _role;
    private bool _asAdmin;
    private long _onlyAccountId;

    /// <summary>How many rooms of their own a user may have open.</summary>
    public int MaxRoomsPerUser { get; init; } = 3;

    public Dictionary<long, List<NaiveTrade>> TradesOf { get; } = [];

    public long Sequence { get; private set; }

    public long TimeUs => _now.TimeUs;

    public NaiveState State => _state;

    /// <summary>The state before the last command.</summary>
    public NaiveState Before { get; private set; } = new();

    public NaiveOrder? Find(long orderId) =>
        _ended.GetValueOrDefault(orderId) ?? _state.Live.FirstOrDefault(o => o.Id == orderId);

    public NaiveAnswer Apply(in Command command, Moment now)
    {
        _now = now;
        Before = _state;
        return command.Kind == CommandKind.OrderBatch ? ApplyEach(command) : ApplyOne(command);
    }

    private NaiveAnswer ApplyEach(Command batch)
    {
        BatchRequest[] requests = ((OrderBatchTerms)batch.Details!).Requests;
        if (requests.Length is < 1 or > 100)
            return RefusalCode.InvalidField;
        List<NaiveAnswer> answers = [];
        foreach ((Command item, string? problem) in requests)
        {
            answers.Add(problem is not null ? RefusalCode.InvalidField : ApplyOne(item with
            {
                UserId = batch.UserId,
                AccountId = batch.AccountId,
                RoomId = batch.RoomId,
                Elevated = batch.Elevated,
                ByKey = batch.ByKey,
                ReadOnly = batch.ReadOnly,
                OnlyAccountId = batch.OnlyAccountId,
                Origin = new Origin(batch.Origin.Session, 0),
            }));
            if (item.Kind != CommandKind.CancelOrder || problem is not null)
                continue;
            foreach (string? id in (string?[])[item.ClientOrderId, answers[^1].Order?.ClientOrderId])
                _ = id is not null && _cancelledInBatch.Add(id);
        }
        _cancelledInBatch.Clear();
        return NaiveAnswer.Shown() with { Items = answers };
    }

    private NaiveAnswer ApplyOne(Command command)
    {
        _next = _state.Copy();
        RefusalCode code = Admit(command);
        NaiveAnswer answer = code != RefusalCode.None ? code : Carry(command);
        if (!answer.Changed)
            return answer;
        _next.TrimReduceOnly();
        foreach (long accountId in _next.InDeficit.Where(id => _next.Available(id) >= 0).ToList())
        {
            _next.InDeficit.Remove(accountId);
            _next.Told.Add(new DeficitChanged(accountId, false));
        }
        return Adopt(answer);
    }

    private NaiveAnswer Carry(Command command) => command.Kind switch
    {
        CommandKind.PlaceOrder => Place(command),
        CommandKind.PreviewOrder => Preview(command),
        CommandKind.ReplaceOrder => Replace(command),
        CommandKind.CancelOrder => Cancel(command),
        CommandKind.CancelOrders => CancelMany(command),
        CommandKind.SetCancelAfter => SetCancelAfter(command),
        CommandKind.ConvertBasket => Convert(command),
        CommandKind.ExerciseOption => Exercise(command),
        CommandKind.CreateMarket => CreateMarket(command, (MarketTerms)command.Details!),
        CommandKind.UpdateMarket => UpdateMarket(command, (MarketUpdate)command.Details!),
        CommandKind.SetMarketStatus => SetStatus(command),
        CommandKind.SettleMarket => Settle(command),
        CommandKind.UndoSettlement => Undo(command),
        CommandKind.DeleteMarket => Delete(command),
        CommandKind.PreviewSettlement => ForeseeSettlement(command),
        CommandKind.SetHouseBots => SetHouseBots(command, (HouseBotsTerms)command.Details!),
        CommandKind.OpenRoom => OpenRoom(command, (RoomTerms)command.Details!),
        CommandKind.UpdateRoom => UpdateRoom((RoomUpdate)command.Details!),
        CommandKind.InviteToRoom => Invite((Invitations)command.Details!),
        CommandKind.SetRole => SetRole((RoleTerms)command.Details!),
        CommandKind.OpenAccount => OpenAccount((NewAccount)command.Details!),
        CommandKind.RenameAccount => RenameAccount(command, (AccountName)command.Details!),
        CommandKind.ShareAccount => Share(command, (AccountShare)command.Details!),
        CommandKind.RemoveAccountMember => Unshare(command, (AccountRemoval)command.Details!),
        CommandKind.MakeTransfer => MakeTransfer(command, (TransferTerms)command.Details!),
        CommandKind.Grant => Grant((GrantTerms)command.Details!),
        CommandKind.CreateCode => CreateCode((CodeTerms)command.Details!),
        CommandKind.RevokeCode => RevokeCode((CodeRevocation)command.Details!),
        CommandKind.ClaimCode => ClaimCode(command, (CodeClaim)command.Details!),
        CommandKind.EnterUser => Enter(command, (UserEntry)command.Details!),
        CommandKind.EnterRoom => EnterRoom(command, (RoomEntry)command.Details!),
        CommandKind.ActAs => NaiveAnswer.Shown(new ActingAs(command.AccountId)),
        CommandKind.SetElevated => NaiveAnswer.Shown(new ElevationSet(command.Elevated)),
        CommandKind.Subscribe => Subscribe(command, (MarketsWanted)command.Details!),
        CommandKind.GetRoom or CommandKind.GetLeaderboard or CommandKind.GetRoomSettings or CommandKind.GetCodes or CommandKind.GetMembersOverview
            => NaiveAnswer.Shown(),
        CommandKind.GetPerson => GetPerson((PersonWanted)command.Details!),
        CommandKind.Tick => Tick(),
        CommandKind.ClockSet => SetClock(),
        CommandKind.Disconnect => Disconnect(command),
        CommandKind.SampleEquity => SampleEquity(),
        _ => throw new NotSupportedException(),
    };

    /// <summary>Takes the copy for the new state and says what the command did.</summary>
    private NaiveAnswer Adopt(NaiveAnswer answer)
    {
        if (answer.Counts)
            Sequence++;
        // By identity: a replace by the same price and quantity is told too.
        List<NaiveOrder> changed = [.. _next.Live.Except(_state.Live, ReferenceEqualityComparer.Instance).Cast<NaiveOrder>().Concat(_next.Ended)];
        _state = _next;
        foreach (MarketInfo market in _state.Markets)
            TradesOf.TryAdd(market.MarketId, []);
        foreach (NaiveTrade trade in _next.Trades)
            TradesOf[trade.MarketId].Add(trade);
        foreach (NaiveOrder order in _next.Ended)
        {
            _ended.Add(order.Id, order);
            if (order.ClientOrderId is null)
                continue;
            if (!_endedWithClientId.TryGetValue(order.AccountId, out List<NaiveOrder>? list))
                _endedWithClientId.Add(order.AccountId, list = []);
            list.Add(order);
        }
        return answer with { Trades = _next.Trades, Orders = changed, Told = _next.Told };
    }
}
