using Exchange.Markets;

namespace Exchange.Tests.Markets;

/// <summary>What the oracle says a command comes to.</summary>
internal sealed record NaiveAnswer(RefusalCode Code)
{
    /// <summary>With INSUFFICIENT_FUNDS.</summary>
    public Int128 Needed { get; init; }

    public Int128 Available { get; init; }

    /// <summary>Whether the command changed something.</summary>
    public bool Changed { get; init; } = Code == RefusalCode.None;

    /// <summary>Whether it counts in the sequence; all that change something do but one.</summary>
    public bool Counts { get; init; } = true;

    /// <summary>Whether it is answered; what the exchange itself gives is not.</summary>
    public bool IsAnswered { get; init; } = true;

    public List<NaiveTrade> Trades { get; init; } = [];

    /// <summary>Each order that changed, as it is now.</summary>
    public List<NaiveOrder> Orders { get; init; } = [];

    /// <summary>The order that was placed or replaced, as the command left it.</summary>
    public NaiveOrder? Order { get; init; }

    /// <summary>The order whose client order id was sent again.</summary>
    public NaiveOrder? Existing { get; init; }

    public int? CancelledCount { get; init; }

    /// <summary>Records that must be told, in any order.</summary>
    public List<object> Told { get; init; } = [];

    /// <summary>Of a batch: what became of each request.</summary>
    public List<NaiveAnswer>? Items { get; init; }

    public static implicit operator NaiveAnswer(RefusalCode code) => new(code);

    public static readonly NaiveAnswer Done = new(RefusalCode.None);

    public static NaiveAnswer Short(Int128 needed, Int128 available) =>
        new(RefusalCode.InsufficientFunds) { Needed = needed, Available = available };

    /// <summary>The answer to a command that only looks.</summary>
    public static NaiveAnswer Shown(params object[] told) => Done with { Changed = false, Told = [.. told] };
}
