namespace Exchange.Markets;

/// <summary>What a listener wants shown of markets.</summary>
[Flags]
public enum MarketViews : byte
{
    None = 0,
    Book = 1,
    Trades = 2,
    Ticker = 4,
}

/// <summary>Why a listener asks to be shown markets. The venue does the same for all; who asked reads it in the answer.</summary>
public enum SubscribePurpose : byte
{
    /// <summary>To listen to them from now on.</summary>
    Start,

    /// <summary>It listens to them already, and lost its place.</summary>
    Again,

    /// <summary>To listen to them no longer.</summary>
    Stop,
}

/// <summary>Details of <see cref="CommandKind.Subscribe"/>.</summary>
/// <param name="MarketIds">Which; empty with <paramref name="All"/>.</param>
/// <param name="All">Every market of the room, later ones included.</param>
/// <param name="Views">What of them.</param>
/// <param name="WithoutSnapshots">The listener holds the state already.</param>
/// <param name="Purpose">Why; it comes back with the snapshots.</param>
/// <param name="SkipUnknown">Leaves out markets that the user can't see (any more) instead of refusing.</param>
public sealed record MarketsWanted(
    long[] MarketIds, bool All, MarketViews Views, bool WithoutSnapshots, SubscribePurpose Purpose = SubscribePurpose.Start, bool SkipUnknown = false) : CommandDetails
{
    internal override CommandKind Kind => CommandKind.Subscribe;

    internal override Refusal Apply(CommandHandlers handlers, CommandContext context, in Command command, ref bool changed)
    {
        changed = false;
        return handlers.Snapshots.Subscribe(context, this);
    }

    internal override void Write(CommandWriter to)
    {
        to.Numbers(MarketIds);
        to.Flag(All);
        to.Byte((byte)Views);
        to.Flag(WithoutSnapshots);
        to.Byte((byte)Purpose);
        to.Flag(SkipUnknown);
    }

    internal static MarketsWanted Read(ref CommandReader from) =>
        new(from.Numbers(), from.Flag(), (MarketViews)from.Byte(), from.Flag(), (SubscribePurpose)from.Byte(), from.Flag());
}
