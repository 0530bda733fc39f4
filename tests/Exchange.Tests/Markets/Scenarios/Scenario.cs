using Exchange.Markets;

namespace Exchange.Tests.Markets;

/// <summary>
/// A room, a market and traders named by letters, played by a line of text:
/// <c>A sell 10 @ 50 #x | B buy 4 @ 55</c> comes to <c>trade 4 @ 50 A->B; book: A sell 6 @ 50</c>.
/// </summary>
/// <remarks>
/// Steps: <c>A buy 10 @ 50 [ioc|fok|post|reduce|until 5] [id=ours] [#label] [in Snow]</c> (without <c>@ 50</c>: a market
/// order; <c>until</c> in seconds), <c>A replace #label [10] [@ 50]</c>, <c>A cancel #label</c>, <c>A cancel all|buys|sells</c>,
/// <c>A cancel-after 5</c>, <c>A create|redeem|exercise 2 in Name</c>, <c>A pay 5 to B</c>; of the owner, with admin powers:
/// <c>settle @ 60 [in Snow]</c>, <c>undo</c>, <c>open</c>, <c>halt</c>, <c>cancel-only</c>; of the clock: <c>wait 5</c>, <c>clock -3600</c> (set back an hour).
/// A label may also be a client order id: <c>id=ours</c>.
/// </remarks>
internal sealed partial class Scenario
{
    private readonly Dictionary<string, (long UserId, long AccountId)> _traders = [];
    private readonly Dictionary<string, long> _labels = [];
    private readonly List<string> _happened = [];
    private long _batchNumber, _nowUs, _elapsedUs;

    public Venue Venue { get; } = new();

    /// <summary>The last command's events.</summary>
    public CommitBatch Batch { get; } = new();

    /// <summary>Owned by the trader "owner".</summary>
    public long MarketId { get; }

    public Scenario(
        decimal cash = 10_000, decimal min = 0, decimal max = 100, decimal tick = 0.01m,
        WhoMayCreateMarkets whoMayCreate = WhoMayCreateMarkets.Anyone)
    {
        var terms = new RoomTerms("main", "Main", new Cash((long)(cash * 10_000)), whoMayCreate);
        Apply(new Command { Kind = CommandKind.OpenRoom, Details = terms });
        MarketId = CreateMarket("Rain on Friday", min, max, tick);
        _markets["Rain"] = MarketId;
    }

    public static string Play(string steps) => new Scenario().Run(steps);

    /// <summary>A table row: steps, an arrow, and what they come to.</summary>
    public static void Check(string row, Scenario? scenario = null)
    {
        string[] parts = row.Split(" -> ", 2);
        Assert.Equal(parts[1].Trim(), (scenario ?? new Scenario()).Run(parts[0]));
    }

    /// <summary>Carries out steps and says what happened, and how the book is then.</summary>
    public string Run(string steps)
    {
        _happened.Clear();
        foreach (string step in steps.Split('|'))
            Step(step.Split(' ', StringSplitOptions.RemoveEmptyEntries));
        Venue.CheckInvariants();
        return string.Join("; ", [.. _happened, $"book: {Book()}"]);
    }

    /// <summary>Applies a command in a batch of its own; answers with its refusal, or none.</summary>
    public Refusal Apply(Command command)
    {
        Batch.Begin(++_batchNumber);
        Venue.Apply(in command, NextMoment(), Batch);
        Venue.Seal(Batch);
        return Batch.Refusals.Length == 0 ? Refusal.None : Batch.Refusals[0];
    }

    private Moment NextMoment() => new(++_nowUs, ++_elapsedUs);

    public long CreateMarket(string name, decimal min, decimal max, decimal tick = 0.01m)
    {
        var terms = new MarketTerms(name, "", Price(min), Price(max), (int)(tick * 100));
        Refusal refusal = Apply(new Command { Kind = CommandKind.CreateMarket, UserId = User("owner"), Elevated = true, Details = terms });
        Assert.Equal("", refusal.Sentence);
        return _markets[name] = Answer<MarketChanged>().Market.MarketId;
    }

    public Refusal Place(
        string trader, Side side, decimal quantity, decimal? price, TimeInForce timeInForce = TimeInForce.GoodTillCancelled,
        bool postOnly = false, string? clientOrderId = null, long? marketId = null) =>
        Apply(new Command
        {
            Kind = CommandKind.PlaceOrder,
            AccountId = Account(trader),
            MarketId = marketId ?? MarketId,
            Side = side,
            Quantity = new Quantity((long)(quantity * 100)),
            HasQuantity = true,
            HasPrice = price is not null,
            Price = Price(price ?? 0),
            TimeInForce = timeInForce,
            PostOnly = postOnly,
            ClientOrderId = clientOrderId,
        });

    public Refusal Settle(string trader, decimal price, bool elevated = false, long? marketId = null) => Apply(new Command
    {
        Kind = CommandKind.SettleMarket,
        UserId = User(trader),
        Elevated = elevated,
        MarketId = marketId ?? MarketId,
        Price = Price(price),
    });

    /// <summary>The order that the last command was about.</summary>
    public OrderState LastOrder => Batch.OrderChanges[^1].State;

    public OrderState LastOrderOf(string trader) => Portfolio(trader).Orders[^1];

    public T Answer<T>() => Batch.Records.OfType<T>().Single();

    public long User(string trader) => Trader(trader).UserId;

    public long Account(string trader) => Trader(trader).AccountId;

    public decimal Cash(string trader) => Portfolio(trader).Cash.TenThousandths / 10_000m;

    public decimal Available(string trader) => Portfolio(trader).Available.TenThousandths / 10_000m;

    public decimal Position(string trader, long? marketId = null) =>
        Portfolio(trader).Positions.FirstOrDefault(p => p.MarketId == (marketId ?? MarketId)).Position.Hundredths / 100m;

    public Portfolio Portfolio(string trader) => Show(trader).Portfolios.Single();

    public RoomDirectory Directory() => Show("owner").Directory!;

    private RoomView Show(string trader)
    {
        Apply(new Command { Kind = CommandKind.GetRoom, UserId = User(trader) });
        return Answer<RoomView>();
    }

    public MarketSnapshot Market(long? marketId = null)
    {
        var wanted = new MarketsWanted([marketId ?? MarketId], false, MarketViews.Book | MarketViews.Trades, false);
        Apply(new Command { Kind = CommandKind.Subscribe, UserId = User("owner"), Details = wanted });
        return Answer<Subscribed>().Snapshots.Single();
    }

    /// <summary>Someone enters: "owner", a letter, or "admin", who is one.</summary>
    private (long UserId, long AccountId) Trader(string name)
    {
        if (!_traders.TryGetValue(name, out var trader))
        {
            Refusal refusal = Apply(new Command
            {
                Kind = CommandKind.EnterUser, Details = new UserEntry("test", name, name, null, IsServerAdmin: name is "admin" or "owner"),
            });
            Assert.Equal("", refusal.Sentence);
            RoomView shown = Answer<RoomView>();
            _traders[name] = trader = (shown.User.UserId, shown.Portfolios.Single().Account.AccountId);
        }
        return trader;
    }

    private void Step(string[] words)
    {
        Command command = OfTheOwner(words[0]);
        if (command.UserId == 0 && command.Kind is not (CommandKind.Tick or CommandKind.ClockSet))
            command.AccountId = Account(words[0]);
        command.TimeInForce = TimeInForce.GoodTillCancelled;
        command.MarketId = MarketId;
        string label = "";
        for (int i = 1; i < words.Length; i++)
        {
            switch (words[i])
            {
                case "buy" or "sell":
                    command.Kind = CommandKind.PlaceOrder;
                    command.Side = words[i] == "buy" ? Side.Buy : Side.Sell;
                    break;
                case "replace":
                    command.Kind = CommandKind.ReplaceOrder;
                    break;
                case "cancel":
                    command.Kind = words[i + 1] is "all" or "buys" or "sells" ? CommandKind.CancelOrders : CommandKind.CancelOrder;
                    break;
                case "all" or "buys" or "sells":
                    command.Side = words[i] == "all" ? 0 : words[i] == "buys" ? Side.Buy : Side.Sell;
                    break;
                case "@":
                    command.HasPrice = true;
                    command.Price = Price(decimal.Parse(words[++i]));
                    break;
                case "ioc":
                    command.TimeInForce = TimeInForce.ImmediateOrCancel;
                    break;
                case "fok":
                    command.TimeInForce = TimeInForce.FillOrKill;
                    break;
                case "post":
                    command.PostOnly = true;
                    break;
                case "in":
                    command.MarketId = _markets[words[++i]];
                    break;
                case string word when TryRare(word, words, ref i, ref command):
                    break;
                case ['i', 'd', '=', .. string id]:
                    command.ClientOrderId = id;
                    break;
                case ['#', .. string name]:
                    label = name;
                    command.OrderId = _labels.GetValueOrDefault(name);
                    break;
                default:
                    command.HasQuantity = true;
                    command.Quantity = new Quantity((long)(decimal.Parse(words[i]) * 100));
                    break;
            }
        }
        Apply(command);
        if (label != "" && command.Kind == CommandKind.PlaceOrder && Batch.OrderChanges.Length > 0)
            _labels[label] = LastOrder.OrderId;
        foreach (EventRef told in Batch.Events)
            Tell(told);
    }

    private void Tell(EventRef told)
    {
        switch (told.Kind)
        {
            case EventKind.Refused:
                _happened.Add($"refused {Batch.Refusals[told.Index].Code}");
                break;
            case EventKind.Traded:
                Trade t = Batch.Trades[told.Index];
                _happened.Add($"trade {N(t.Quantity.Hundredths)} @ {N(t.Price.Hundredths)} {Name(t.SellerAccountId)}->{Name(t.BuyerAccountId)}");
                break;
            case EventKind.OrderChanged when Batch.OrderChanges[told.Index].State is { Status: OrderStatus.Cancelled } o:
                _happened.Add($"cancelled {Line(o.AccountId, o.Side, o.Quantity - o.Filled, o.Price)} {o.Reason}");
                break;
            case EventKind.OrderExisting:
                OrderState e = Batch.OrderChanges[told.Index].State;
                _happened.Add($"existing {Line(e.AccountId, e.Side, e.Quantity, e.Price)} filled {N(e.Filled.Hundredths)} {e.Status}");
                break;
            case EventKind.OrdersCancelled:
                _happened.Add($"{told.Index} cancelled");
                break;
            case EventKind.Record:
                TellRare(Batch.Records[told.Index]);
                break;
        }
    }

    /// <summary>Bids, then offers, each in line order.</summary>
    private string Book()
    {
        BookSnapshot book = Market().Book!;
        string[] orders =
        [
            .. book.Bids.Select(o => Line(o.AccountId, Side.Buy, o.Remaining, o.Price)),
            .. book.Offers.Select(o => Line(o.AccountId, Side.Sell, o.Remaining, o.Price)),
        ];
        return orders.Length == 0 ? "empty" : string.Join(", ", orders);
    }

    private string Line(long accountId, Side side, Quantity quantity, Price price) =>
        $"{Name(accountId)} {(side == Side.Buy ? "buy" : "sell")} {N(quantity.Hundredths)} @ {N(price.Hundredths)}";

    private string Name(long accountId) => accountId == 1 ? "house" : _traders.Single(t => t.Value.AccountId == accountId).Key;

    private static string N(long hundredths) => (hundredths / 100m).ToString("0.##");

    private static Price Price(decimal price) => new((int)(price * 100));
}
