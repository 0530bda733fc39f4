using Exchange.Markets;

namespace Exchange.Tests.Markets;

// Steps off the path of an order, and what they come to.
internal sealed partial class Scenario
{
    private readonly Dictionary<string, long> _markets = [];

    /// <summary>A market that follows from others; its range follows too.</summary>
    public long Derive(string name, Derivation derivation)
    {
        var terms = new MarketTerms(name, "", default, default, 1) { Derivation = derivation };
        Assert.Equal("", AsAdmin(CommandKind.CreateMarket, terms).Sentence);
        return _markets[name] = Answer<MarketChanged>().Market.MarketId;
    }

    public long MarketNamed(string name) => _markets[name];

    /// <summary>The owner, who is an admin, with admin powers.</summary>
    public Refusal AsAdmin(CommandKind kind, CommandDetails? details = null, long marketId = 0) =>
        Apply(new Command { Kind = kind, UserId = User("owner"), Elevated = true, MarketId = marketId, Details = details });

    /// <summary>A trader as their own account.</summary>
    public Refusal By(string trader, CommandKind kind, CommandDetails? details = null) =>
        Apply(new Command { Kind = kind, UserId = User(trader), AccountId = Account(trader), Details = details });

    public RoomView Shown(string trader, bool elevated = false)
    {
        Apply(new Command { Kind = CommandKind.GetRoom, UserId = User(trader), Elevated = elevated });
        return Answer<RoomView>();
    }

    /// <summary>What a trader has: <c>9950; Rain 2, Call -1</c>.</summary>
    public string Holds(string trader)
    {
        IEnumerable<string> positions = Portfolio(trader).Positions.Where(p => p.Position != Quantity.Zero).OrderBy(p => p.MarketId)
            .Select(p => $"{NameOfMarket(p.MarketId)} {N(p.Position.Hundredths)}");
        return $"{Cash(trader):0.####}; {string.Join(", ", positions)}".TrimEnd(' ', ';');
    }

    private string NameOfMarket(long marketId) => _markets.Last(m => m.Value == marketId).Key;

    private Command OfTheOwner(string word)
    {
        (CommandKind Kind, MarketStatus Status)? given = word switch
        {
            "settle" => (CommandKind.SettleMarket, 0),
            "undo" => (CommandKind.UndoSettlement, 0),
            "open" => (CommandKind.SetMarketStatus, MarketStatus.Open),
            "halt" => (CommandKind.SetMarketStatus, MarketStatus.Halted),
            "cancel-only" => (CommandKind.SetMarketStatus, MarketStatus.CancelOnly),
            _ => null,
        };
        if (word == "wait")
            return new Command { Kind = CommandKind.Tick };
        if (word == "clock")
            return new Command { Kind = CommandKind.ClockSet };
        return given is { } g ? new Command { Kind = g.Kind, Status = g.Status, UserId = User("owner"), Elevated = true } : default;
    }

    private bool TryRare(string word, string[] words, ref int i, ref Command command)
    {
        switch (word)
        {
            case "reduce":
                command.ReduceOnly = true;
                return true;
            case "until":
                command.TimeInForce = TimeInForce.GoodTillTime;
                command.ExpiresTimeUs = _nowUs + (long)(decimal.Parse(words[++i]) * 1_000_000);
                return true;
            case "create" or "redeem":
                command.Kind = CommandKind.ConvertBasket;
                command.Direction = word == "create" ? ConversionDirection.Create : ConversionDirection.Redeem;
                return true;
            case "exercise":
                command.Kind = CommandKind.ExerciseOption;
                return true;
            case "cancel-after":
                command.Kind = CommandKind.SetCancelAfter;
                command.TimeoutUs = long.Parse(words[++i]) * 1_000_000;
                return true;
            case "pay":
                command.Kind = CommandKind.MakeTransfer;
                command.UserId = User(words[0]);
                var amount = new Cash((long)(decimal.Parse(words[++i]) * 10_000));
                command.Details = new TransferTerms(Account(words[i += 2]), amount, "");
                return true;
            default:
                if (words[0] is not ("wait" or "clock"))
                    return false;
                _nowUs += long.Parse(word) * 1_000_000;
                _elapsedUs += words[0] == "wait" ? long.Parse(word) * 1_000_000 : 0;
                return true;
        }
    }

    private void TellRare(VenueEvent record)
    {
        switch (record)
        {
            case MarketSettled settled:
                if (settled.CausedBySettlementId != 0)
                    _happened.Add($"{NameOfMarket(settled.MarketId)} settled @ {N(settled.Price.Hundredths)}");
                break;
            case SettlementUndone undone:
                _happened.Add($"{NameOfMarket(undone.MarketId)} undone");
                break;
            case OptionExercised exercised:
                _happened.Add($"assigned {string.Join(", ", exercised.Assignments.Select(a => $"{Name(a.AccountId)} {N(a.Quantity.Hundredths)}"))}");
                break;
            case BasketConverted converted:
                _happened.Add(string.Join(", ", converted.Legs.Select(l => $"{NameOfMarket(l.MarketId)} {l.Change.Hundredths / 100m:+0.##;-0.##} @ {N(l.Price.Hundredths)}")));
                break;
            case TransferMade { Transfer: { Kind: not TransferKind.Opening } t }:
                _happened.Add($"{Name(t.FromAccountId)} pays {Name(t.ToAccountId)} {t.Amount.TenThousandths / 10_000m:0.##}");
                break;
            case DeficitChanged forced:
                _happened.Add($"{Name(forced.AccountId)} {(forced.InDeficit ? "short" : "back")}");
                break;
        }
    }
}
