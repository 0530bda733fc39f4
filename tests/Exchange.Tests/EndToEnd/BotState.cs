using Exchange.Protocol.V1;

namespace Exchange.Tests.EndToEnd;

/// <summary>The state as a client aggregates it: snapshots, then patches, by the schema's comments and nothing else.</summary>
public sealed class BotState
{
    public Authenticated? Authenticated { get; private set; }
    public ulong? ReadySequence { get; private set; }

    /// <summary>Times it was told that it had been too slow.</summary>
    public int Resynchronizations { get; private set; }
    public ulong LastSequence { get; private set; }
    public Dictionary<ulong, Market> Markets { get; } = [];
    public Dictionary<ulong, Account> Accounts { get; } = [];

    /// <summary>By market; bids and offers, each best first, first in line first.</summary>
    public Dictionary<ulong, BotBook> Books { get; } = [];
    public List<Trade> Trades { get; } = [];
    public Dictionary<ulong, TickerChanged> Tickers { get; } = [];
    public Dictionary<ulong, Order> Orders { get; } = [];
    public Dictionary<ulong, Position> Positions { get; } = [];
    public long Cash { get; private set; }
    public long Available { get; private set; }
    public List<RequestFailed> Failures { get; } = [];

    public void Apply(ServerMessage message)
    {
        if (message.Sequence > 0)
        {
            // Snapshots may be shared, and so older than what came before them; what happened comes in order.
            LastSequence = Math.Max(LastSequence, message.Sequence);
        }
        switch (message.EventCase)
        {
            case ServerMessage.EventOneofCase.Authenticated:
                Authenticated = message.Authenticated;
                break;
            case ServerMessage.EventOneofCase.Ready:
                ReadySequence = message.Ready.Sequence;
                break;
            case ServerMessage.EventOneofCase.Resynchronizing:
                Resynchronizations++;
                ReadySequence = null;
                Books.Clear();
                Trades.Clear();
                break;
            case ServerMessage.EventOneofCase.RequestFailed:
                Failures.Add(message.RequestFailed);
                break;
            case ServerMessage.EventOneofCase.RoomSnapshot:
                Markets.Clear();
                Accounts.Clear();
                foreach (Market market in message.RoomSnapshot.Markets)
                    Markets[market.MarketId] = market;
                foreach (Account account in message.RoomSnapshot.Accounts)
                    Accounts[account.AccountId] = account;
                break;
            case ServerMessage.EventOneofCase.AccountChanged:
                Accounts[message.AccountChanged.Account.AccountId] = message.AccountChanged.Account;
                break;
            case ServerMessage.EventOneofCase.MarketChanged:
                Markets[message.MarketChanged.Market.MarketId] = message.MarketChanged.Market;
                break;
            case ServerMessage.EventOneofCase.PortfolioSnapshot:
                ApplySnapshot(message.PortfolioSnapshot);
                break;
            case ServerMessage.EventOneofCase.PortfolioChanged:
                Cash = message.PortfolioChanged.Cash;
                Available = message.PortfolioChanged.Available;
                if (message.PortfolioChanged.Position is { } position)
                    Positions[position.MarketId] = position;
                break;
            case ServerMessage.EventOneofCase.OrderChanged:
                Orders[message.OrderChanged.Order.OrderId] = message.OrderChanged.Order;
                break;
            case ServerMessage.EventOneofCase.BookSnapshot:
                Books[message.BookSnapshot.MarketId] = new BotBook(message.BookSnapshot);
                break;
            case ServerMessage.EventOneofCase.BookChanged:
                if (!Books.TryGetValue(message.BookChanged.MarketId, out BotBook? book))
                    Books[message.BookChanged.MarketId] = book = new BotBook(new BookSnapshot());
                book.Apply(message.BookChanged);
                break;
            case ServerMessage.EventOneofCase.TradesSnapshot:
                Trades.RemoveAll(t => t.MarketId == message.TradesSnapshot.MarketId);
                Trades.AddRange(message.TradesSnapshot.Trades);
                break;
            case ServerMessage.EventOneofCase.Traded:
                Trades.Add(message.Traded.Trade);
                break;
            case ServerMessage.EventOneofCase.TickerChanged:
                Tickers[message.TickerChanged.MarketId] = message.TickerChanged;
                break;
        }
    }

    private void ApplySnapshot(PortfolioSnapshot snapshot)
    {
        Cash = snapshot.Cash;
        Available = snapshot.Available;
        Positions.Clear();
        Orders.Clear();
        foreach (Position position in snapshot.Positions)
            Positions[position.MarketId] = position;
        foreach (Order order in snapshot.Orders)
            Orders[order.OrderId] = order;
    }
}

/// <summary>One market's book as a client aggregates it.</summary>
public sealed class BotBook(BookSnapshot snapshot)
{
    public List<BookOrder> Bids { get; } = [.. snapshot.Bids];
    public List<BookOrder> Offers { get; } = [.. snapshot.Offers];

    public void Apply(BookChanged change)
    {
        List<BookOrder> side = change.Side == Side.Buy ? Bids : Offers;
        int at = side.FindIndex(o => o.OrderId == change.OrderId);
        if (at >= 0 && change.Remaining > 0 && side[at].Price == change.Price && change.Remaining <= side[at].Remaining)
        {
            side[at].Remaining = change.Remaining;
            return;
        }
        if (at >= 0)
            side.RemoveAt(at);
        if (change.Remaining == 0)
            return;
        int better = change.Side == Side.Buy ? 1 : -1;
        int place = side.FindIndex(o => (o.Price - change.Price) * better < 0);
        side.Insert(place < 0 ? side.Count : place, new BookOrder
        {
            OrderId = change.OrderId,
            Price = change.Price,
            Remaining = change.Remaining,
            AccountId = change.AccountId,
        });
    }

    public string Describe() => string.Join(' ', Bids.Select(Line)) + " | " + string.Join(' ', Offers.Select(Line));

    private static string Line(BookOrder order) => $"{order.OrderId}:{order.Remaining}@{order.Price}";
}
