using Exchange.History;
using Exchange.Markets;

namespace Exchange.Tests.Storage;

/// <summary>A room with people in it, kept on disk, for those who ask about its past.</summary>
public abstract class HistoryTests : IDisposable
{
    private readonly Dictionary<string, (long User, long Account)> _people = [];
    private long _nowUs = 1_000_000_000;

    private protected Ledger Ledger { get; } = new();

    protected Dictionary<string, long> Markets { get; } = [];

    public void Dispose()
    {
        Ledger.Dispose();
        GC.SuppressFinalize(this);
    }

    protected Viewer As(string who) => new(User(who.Split(' ')[0]), 1, who.EndsWith("elevated", StringComparison.Ordinal));

    protected long User(string name) => _people[name].User;

    protected long Account(string name) => _people[name].Account;

    protected string NameOf(long account) => account == 0 ? "-" : _people.Single(p => p.Value.Account == account).Key;

    /// <summary>A room called main, and people in it; root is admin of the server.</summary>
    protected void Enter(params string[] names)
    {
        Do(new Command { Kind = CommandKind.OpenRoom, Details = new RoomTerms("main", "Main", new Cash(1_000_0000), WhoMayCreateMarkets.Anyone) });
        foreach (string name in names)
        {
            Do(new Command { Kind = CommandKind.EnterUser, Details = new UserEntry("test", name, name, null, IsServerAdmin: name == "root") });
            RoomView shown = Ledger.Records.OfType<RoomView>().Last();
            _people[name] = (shown.User.UserId, shown.Portfolios[0].Account.AccountId);
        }
    }

    protected void Create(MarketTerms terms)
    {
        Do("root", new Command { Kind = CommandKind.CreateMarket, Elevated = true, Details = terms });
        Markets[terms.Name] = Ledger.Records.OfType<MarketChanged>().Last().Market.MarketId;
    }

    protected void Place(string who, string market, Side side, int price, long quantity) => Do(who, new Command
    {
        Kind = CommandKind.PlaceOrder,
        AccountId = Account(who),
        MarketId = Markets[market],
        Side = side,
        HasPrice = true,
        Price = new Price(price),
        HasQuantity = true,
        Quantity = new Quantity(quantity),
        TimeInForce = TimeInForce.GoodTillCancelled,
    });

    protected void Do(string who, Command command) => Do(command with { UserId = User(who) });

    protected void Do(Command command) => Assert.Equal("", Ledger.Apply(command, ++_nowUs).Sentence);
}
