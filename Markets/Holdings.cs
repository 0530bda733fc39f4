namespace Exchange.Markets;

/// <summary>What one account has in one market: its position and what its open orders could make of it.</summary>
internal sealed class Holding(Account account, Market market)
{
    public readonly Account Account = account;
    public readonly Market Market = market;

    public Quantity Position;

    /// <summary>Cash paid for the position less cash received.</summary>
    public Cash Spent;

    /// <summary>What the account made here when the market settled.</summary>
    public Cash SettledProfit;

    // Sums over the live orders.
    public Quantity OpenBuys, OpenSells;
    public Cash OpenBuyValue, OpenSellValue;

    /// <summary>The worst this holding can come to; part of its account's running sum.</summary>
    public Cash Worst;

    /// <summary>The most cash this holding can move, either way: part of its account's running sum.</summary>
    public Cash Gross;

    // Live orders, oldest first.
    public Order? FirstOrder, LastOrder;
    public int OrderCount;

    // The command that last touched this holding, and the batch that last told of it.
    public long TouchedByCommand;
    public bool MoneyMoved;
    public long ToldInBatch;
    public int ToldAt;

    /// <summary>
    /// The least a position and open orders can be worth at settlement: the worse of all buys filling and the price
    /// being the lowest, and all sells filling and the price being the highest.
    /// </summary>
    public static Cash WorstOf(
        Market market, Quantity position, Quantity buys, Cash buyValue, Quantity sells, Cash sellValue) =>
        Cash.Min(
            (market.Min * (position + buys)) - buyValue,
            (market.Max * (position - sells)) + sellValue);

    /// <summary>The price furthest from zero times the largest position that is held or could become of it.</summary>
    public static Cash GrossOf(Market market, Quantity position, Quantity buys, Quantity sells) =>
        market.FurthestPrice * new Quantity(
            Math.Max(Math.Abs((position + buys).Hundredths), Math.Abs((position - sells).Hundredths)));

    /// <summary>Brings <see cref="Worst"/>, <see cref="Gross"/> and the account's sums up to date after a change.</summary>
    public void Revalue()
    {
        Cash worst = WorstOf(Market, Position, OpenBuys, OpenBuyValue, OpenSells, OpenSellValue);
        Account.WorstSum += worst - Worst;
        Worst = worst;
        Cash gross = GrossOf(Market, Position, OpenBuys, OpenSells);
        Account.GrossSum += gross - Gross;
        Gross = gross;
    }

    /// <summary>Counts an amount of a live order in, or with a negative quantity out.</summary>
    public void CountOpen(Side side, Price price, Quantity quantity)
    {
        if (side == Side.Buy)
        {
            OpenBuys += quantity;
            OpenBuyValue += price * quantity;
        }
        else
        {
            OpenSells += quantity;
            OpenSellValue += price * quantity;
        }
    }

    public void Append(Order order)
    {
        order.NextOfHolding = null;
        order.PreviousOfHolding = LastOrder;
        if (LastOrder is null)
            FirstOrder = order;
        else
            LastOrder.NextOfHolding = order;
        LastOrder = order;
        OrderCount++;
    }

    public void Remove(Order order)
    {
        if (order.PreviousOfHolding is null)
            FirstOrder = order.NextOfHolding;
        else
            order.PreviousOfHolding.NextOfHolding = order.NextOfHolding;
        if (order.NextOfHolding is null)
            LastOrder = order.PreviousOfHolding;
        else
            order.NextOfHolding.PreviousOfHolding = order.PreviousOfHolding;
        order.NextOfHolding = order.PreviousOfHolding = null;
        OrderCount--;
    }
}

/// <summary>An account: cash, and holdings in markets.</summary>
internal sealed class Account(AccountInfo info, Room room)
{
    public AccountInfo Info = info;
    public readonly Room Room = room;
    public readonly long Id = info.AccountId;
    public readonly bool IsHouse = info.IsHouse;
    public Cash Cash;

    /// <summary>Sum of <see cref="Holding.Worst"/> over all holdings, kept up to date.</summary>
    public Cash WorstSum;

    /// <summary>Sum of <see cref="Holding.Gross"/> over all holdings, kept up to date.</summary>
    public Cash GrossSum;

    /// <summary>In the order they were first traded in.</summary>
    public readonly List<Holding> Holdings = [];
    public readonly ClientOrderIds ClientOrderIds = new();

    public long ToldInBatch;
    public int ToldAt;

    /// <summary>What can still be put at risk.</summary>
    public Cash Available => Cash + WorstSum;
}

/// <summary>A market's state: what is known of it, its book, who holds what, and its last trades.</summary>
internal sealed class Market(MarketInfo info, Room room)
{
    public readonly Room Room = room;
    public readonly long Id = info.MarketId;
    public readonly Price Min = info.Min;
    public readonly Price Max = info.Max;
    public readonly int TickHundredths = info.TickHundredths;

    /// <summary>The furthest from zero a price can be here, without its sign.</summary>
    public readonly Price FurthestPrice = new(Math.Max(Math.Abs(info.Min.Hundredths), Math.Abs(info.Max.Hundredths)));
    public MarketInfo Info = info;
    public readonly BookSide Bids = new(Side.Buy);
    public readonly BookSide Offers = new(Side.Sell);
    public readonly Dictionary<long, Holding> Holdings = [];
    public readonly RecentTrades Trades = new();

    /// <summary>The sequence of the last change of the book; a snapshot made since is still good.</summary>
    public long BookSequence;
    public BookSnapshot? LastSnapshot;
    public TradesSnapshot? LastTradesSnapshot;
    public long TouchedInBatch;

    public MarketStatus Status => Info.Status;

    public BookSide SideOf(Side side) => side == Side.Buy ? Bids : Offers;

    public Holding HoldingOf(Account account)
    {
        if (!Holdings.TryGetValue(account.Id, out Holding? holding))
        {
            holding = new Holding(account, this);
            Holdings.Add(account.Id, holding);
            account.Holdings.Add(holding);
        }
        return holding;
    }
}

/// <summary>A market's last trades, a ring that grows to <see cref="Limits.RecentTrades"/>.</summary>
internal sealed class RecentTrades
{
    private Trade[] _ring = [];
    private int _next;

    public int Count { get; private set; }

    public Price? LastPrice => Count == 0 ? null : _ring[(_next + _ring.Length - 1) % _ring.Length].Price;

    public void Add(in Trade trade)
    {
        if (_ring.Length == 0)
            _ring = new Trade[Limits.RecentTrades];
        _ring[_next] = trade;
        _next = (_next + 1) % _ring.Length;
        Count = Math.Min(Count + 1, _ring.Length);
    }

    /// <summary>A copy, oldest first.</summary>
    public Trade[] ToArray()
    {
        var copy = new Trade[Count];
        for (int i = 0; i < Count; i++)
            copy[i] = _ring[(_next + _ring.Length - Count + i) % _ring.Length];
        return copy;
    }
}

/// <summary>A room: a closed economy.</summary>
internal sealed class Room(RoomInfo info)
{
    public RoomInfo Info = info;
    public Account House = null!;
    public readonly List<Account> Accounts = [];
    public readonly List<Market> Markets = [];
    public readonly HashSet<string> MarketNames = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Made anew when something in it changed.</summary>
    public RoomDirectory? Directory;
}

/// <summary>A user's state.</summary>
internal sealed class User(UserInfo info)
{
    public UserInfo Info = info;

    /// <summary>Accounts the user is a member of; the personal one first.</summary>
    public readonly List<Account> Accounts = [];
}
