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
    public Dictionary<ulong, Member> Members { get; } = [];
    public Dictionary<ulong, Room> Rooms { get; } = [];

    /// <summary>The room it is in; 0: none.</summary>
    public ulong RoomId { get; private set; }

    /// <summary>The account it acts as.</summary>
    public ulong AccountId { get; private set; }
    public bool Elevated { get; private set; }

    /// <summary>Every account it is a member of.</summary>
    public Dictionary<ulong, BotPortfolio> Portfolios { get; } = [];
    public List<RequestFailed> Failures { get; } = [];

    /// <summary>Everything that was ever received.</summary>
    public List<ServerMessage> Heard { get; } = [];

    // Of the account it acts as.
    public BotPortfolio Own => Portfolios[AccountId];
    public Dictionary<ulong, Order> Orders => Own.Orders;
    public Dictionary<ulong, Position> Positions => Own.Positions;
    public long Cash => Own.Cash;
    public long Available => Own.Available;

    public void Apply(ServerMessage message)
    {
        if (message.Sequence > 0)
        {
            // Snapshots may be shared, and so older than what came before them; what happened comes in order.
            LastSequence = Math.Max(LastSequence, message.Sequence);
        }
        Heard.Add(message);
        switch (message.EventCase)
        {
            case ServerMessage.EventOneofCase.Authenticated:
                Authenticated = message.Authenticated;
                RoomId = Authenticated.RoomId;
                AccountId = Authenticated.AccountId;
                foreach (Room room in Authenticated.Rooms)
                    Rooms[room.RoomId] = room;
                break;
            case ServerMessage.EventOneofCase.RoomEntered:
                Forget();
                RoomId = message.RoomEntered.RoomId;
                AccountId = message.RoomEntered.AccountId;
                Elevated = false;
                break;
            case ServerMessage.EventOneofCase.ActingAs:
                AccountId = message.ActingAs.AccountId;
                break;
            case ServerMessage.EventOneofCase.ElevationChanged:
                // What can be seen now is shown anew; until then, what is held is of before.
                if (Elevated != message.ElevationChanged.Elevated)
                    ReadySequence = null;
                Elevated = message.ElevationChanged.Elevated;
                break;
            case ServerMessage.EventOneofCase.RoomChanged:
                Role known = Rooms.TryGetValue(message.RoomChanged.Room.RoomId, out Room? before) ? before.Role : Role.Unspecified;
                Rooms[message.RoomChanged.Room.RoomId] = message.RoomChanged.Room;
                message.RoomChanged.Room.Role = known;
                break;
            case ServerMessage.EventOneofCase.MembershipChanged:
                if (Rooms.TryGetValue(message.MembershipChanged.RoomId, out Room? mine))
                    mine.Role = message.MembershipChanged.Role;
                break;
            case ServerMessage.EventOneofCase.MemberChanged:
                if (message.MemberChanged.Removed)
                    Members.Remove(message.MemberChanged.Member.User.UserId);
                else
                    Members[message.MemberChanged.Member.User.UserId] = message.MemberChanged.Member;
                break;
            case ServerMessage.EventOneofCase.Ready:
                ReadySequence = message.Ready.Sequence;
                break;
            case ServerMessage.EventOneofCase.Resynchronizing:
                if (message.Resynchronizing.Reason == Resynchronizing.Types.Reason.TooSlow)
                    Resynchronizations++;
                Forget();
                break;
            case ServerMessage.EventOneofCase.RequestFailed:
                Failures.Add(message.RequestFailed);
                break;
            case ServerMessage.EventOneofCase.RoomSnapshot:
                Markets.Clear();
                Accounts.Clear();
                Members.Clear();
                foreach (Member member in message.RoomSnapshot.Members)
                    Members[member.User.UserId] = member;
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
            case ServerMessage.EventOneofCase.MarketDeleted:
                Markets.Remove(message.MarketDeleted.MarketId);
                break;
            case ServerMessage.EventOneofCase.PortfolioSnapshot:
                Portfolios[message.PortfolioSnapshot.AccountId] = new BotPortfolio(message.PortfolioSnapshot);
                break;
            case ServerMessage.EventOneofCase.PortfolioChanged:
                PortfolioOf(message.PortfolioChanged.AccountId).Apply(message.PortfolioChanged);
                break;
            case ServerMessage.EventOneofCase.OrderChanged:
                PortfolioOf(message.OrderChanged.Order.AccountId).Orders[message.OrderChanged.Order.OrderId] = message.OrderChanged.Order;
                break;
            case ServerMessage.EventOneofCase.AccountMembersChanged:
                PortfolioOf(message.AccountMembersChanged.AccountId).Members = [.. message.AccountMembersChanged.Members];
                break;
            case ServerMessage.EventOneofCase.TransferMade:
                foreach (ulong id in (ulong[])[message.TransferMade.Transfer.FromAccountId, message.TransferMade.Transfer.ToAccountId])
                {
                    if (Portfolios.TryGetValue(id, out BotPortfolio? moved))
                        moved.Transfers.Add(message.TransferMade.Transfer);
                }
                break;
            case ServerMessage.EventOneofCase.CancelAfterChanged:
                PortfolioOf(message.CancelAfterChanged.AccountId).CancelTimeUs = message.CancelAfterChanged.CancelTimeUs;
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

    /// <summary>Snapshots of everything follow.</summary>
    private void Forget()
    {
        ReadySequence = null;
        Markets.Clear();
        Portfolios.Clear();
        Books.Clear();
        Trades.Clear();
        Tickers.Clear();
    }

    private BotPortfolio PortfolioOf(ulong accountId)
    {
        if (!Portfolios.TryGetValue(accountId, out BotPortfolio? portfolio))
            Portfolios[accountId] = portfolio = new BotPortfolio(new PortfolioSnapshot());
        return portfolio;
    }
}

/// <summary>One account as a client aggregates it.</summary>
public sealed class BotPortfolio(PortfolioSnapshot snapshot)
{
    public long Cash { get; private set; } = snapshot.Cash;
    public long Available { get; private set; } = snapshot.Available;
    public long CancelTimeUs { get; set; } = snapshot.CancelTimeUs;
    public Dictionary<ulong, Order> Orders { get; } = snapshot.Orders.ToDictionary(o => o.OrderId);
    public Dictionary<ulong, Position> Positions { get; } = snapshot.Positions.ToDictionary(p => p.MarketId);
    public List<AccountMember> Members { get; set; } = [.. snapshot.Members];
    public List<Transfer> Transfers { get; } = [.. snapshot.Transfers];

    public void Apply(PortfolioChanged change)
    {
        Cash = change.Cash;
        Available = change.Available;
        if (change.Position is { } position)
            Positions[position.MarketId] = position;
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
