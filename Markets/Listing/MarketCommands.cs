using System.Text;
using Exchange.Spelling;

namespace Exchange.Markets;

/// <summary>Markets come and go, open and halt.</summary>
internal sealed class MarketCommands(VenueState state, Admission admission, ChangeTracker changes, Deadlines deadlines, Derivations derivations, Money money, OrderExecution execution)
{
    public Refusal CreateMarket(CommandContext context, in Command command, MarketTerms terms)
    {
        Room room = context.Room!;
        if (!context.AsAdmin)
        {
            bool isAdmin = context.Member!.Role == Role.Admin;
            if (room.Info.WhoMayCreateMarkets == WhoMayCreateMarkets.Admins)
                return isAdmin ? Refusals.NotElevated : Refusals.OnlyAdminsCreate;
            if (!MarketChecks.HasOnlyOwnersTerms(terms))
                return isAdmin ? Refusals.NotElevated : Refusals.OnlyAdminsLabel;
        }

        Refusal refusal = derivations.FindSources(context, terms.Derivation, out List<Market> sources);
        if (!refusal.IsRefused)
            refusal = FindAccounts(context, terms.VisibleTo);
        if (refusal.IsRefused)
            return refusal;
        (Price min, Price max) = (terms.Min, terms.Max);
        string? problem = MarketChecks.ProblemOf(context, terms)
            ?? (terms.Derivation is null ? MarketChecks.ProblemOfRange(min, max, terms.TickHundredths) : Derivations.ProblemOf(terms.Derivation, sources, out min, out max))
            ?? MarketChecks.ProblemOfVisibility(terms.VisibleTo, sources);
        if (problem is not null)
            return Refusals.InvalidField(problem);
        if (HasMarketNamed(context, terms.Name, except: null))
            return Refusals.NameTaken;
        if (room.Markets.Count >= Limits.MaxMarketsPerRoom)
            return Refusals.MarketsLimit;
        if (!context.AsAdmin && OpenMarketsOf(context, context.User!) >= Limits.MaxMarketsPerUser)
            return Refusals.OwnMarketsLimit;

        var info = new MarketInfo(
            ++state.LastMarketId, room.Info.RoomId, terms.Name, terms.Description, command.UserId, min, max, terms.TickHundredths,
            MarketStatus.Open, SettlementPrice: null, context.Now.TimeUs)
        {
            StatusTimeUs = context.Now.TimeUs,
            Category = AsSpelled(context, terms.Category, m => m.Category),
            Group = AsSpelled(context, terms.Group, m => m.Group),
            IsPinned = terms.IsPinned,
            IsAnonymous = terms.IsAnonymous,
            VisibleTo = MarketChecks.Sorted(terms.VisibleTo),
            MaxOrder = terms.MaxOrder,
            MaxPosition = terms.MaxPosition,
            CloseTimeUs = terms.CloseTimeUs,
            Derivation = terms.Derivation,
        };
        Market market = state.AddMarket(info);
        context.AuditMarketId = market.Id;
        deadlines.AwaitClosing(market);
        changes.Touch(context, market);
        context.Batch.AddRecord(new MarketChanged(info, IsNew: true, IsStatusNew: true, command.UserId), isAnswer: true);
        if (info.IsHidden)
            EmitVisibility(context, room, new VisibilityChanged(info.MarketId, room.Info.RoomId, [], [.. info.VisibleTo], AnonymityChanged: false));
        return Refusal.None;
    }

    private static int OpenMarketsOf(CommandContext context, User user) =>
        context.Room!.Markets.Count(m => m.Info.OwnerUserId == user.Info.UserId && m.Status != MarketStatus.Settled);

    /// <summary>A label as the room's markets spell it already: composed and decomposed accents would make two groups of one.</summary>
    public static string AsSpelled(CommandContext context, string label, Func<MarketInfo, string> labelOf)
    {
        if (Ascii.IsValid(label))
            return label;
        string plain = Nfkc.Normalize(label);
        return context.Room!.Markets.Where(x => Admission.Sees(context, x)).Select(m => labelOf(m.Info)).FirstOrDefault(l => l == label || Nfkc.Normalize(l) == plain) ?? label;
    }

    public Refusal FindAccounts(CommandContext context, ValueList<long> accountIds)
    {
        foreach (long id in accountIds)
        {
            if (!money.TryFindAccount(context, id, out _))
                return Refusals.NoSuchAccount(id);
        }
        return Refusal.None;
    }

    /// <summary>
    /// Whether a market that the command's user sees has the name, or one that could be mistaken for it. One they don't see is not told
    /// of by refusing its name.
    /// </summary>
    public static bool HasMarketNamed(CommandContext context, string name, Market? except)
    {
        foreach (Market market in context.Room!.MarketNames.Like(name))
        {
            if (market != except && Admission.Sees(context, market))
                return true;
        }
        return false;
    }

    public static void EmitVisibility(CommandContext context, Room room, VisibilityChanged change)
    {
        room.VisibilitySequence = context.Sequence;
        context.Batch.AddRecord(change, isAnswer: false);
    }

    public Refusal SetMarketStatus(CommandContext context, in Command command)
    {
        Refusal refusal = admission.FindMarket(context, command.MarketId, out Market market);
        if (refusal.IsRefused)
            return refusal;
        if (market.Status == MarketStatus.Settled)
            return Refusals.MarketNotOpen(market.Status);
        if (command.Status is not (MarketStatus.Open or MarketStatus.CancelOnly or MarketStatus.Halted))
            return Refusals.InvalidField("status must be OPEN, CANCEL_ONLY or HALTED; to settle, use SettleMarket.");
        // Whoever opens a market past its closing time means it to go on.
        bool goesOn = command.Status != MarketStatus.Halted && market.Info.CloseTimeUs <= context.Now.TimeUs;
        MarketInfo after = market.Info with { Status = command.Status, CloseTimeUs = goesOn ? 0 : market.Info.CloseTimeUs };
        SetStatus(context, market, after, command.UserId, isAnswer: true);
        deadlines.AwaitClosing(market);
        return Refusal.None;
    }

    public void SetStatus(CommandContext context, Market market, MarketInfo after, long byUserId, bool isAnswer)
    {
        market.Info = after with { StatusTimeUs = context.Now.TimeUs };
        state.HouseBotsVersion++;
        context.Batch.AddRecord(new MarketChanged(market.Info, IsNew: false, IsStatusNew: true, byUserId), isAnswer);
    }

    public Refusal DeleteMarket(CommandContext context, in Command command)
    {
        Refusal refusal = admission.FindMarket(context, command.MarketId, out Market market);
        if (refusal.IsRefused)
            return refusal;
        if (market.Info.OwnerUserId != command.UserId && !context.AsAdmin)
            return context.Member!.Role == Role.Admin ? Refusals.NotElevated : Refusals.NotOwner;
        if (market.Trades.Count > 0)
            return Refusals.MarketTraded;
        if (market.Holdings.Values.Any(h => h.State != new PositionState(market.Id, default, default, default)))
            return Refusals.HeldWhereDeleted;
        if (market.Derived.Count > 0)
            return Refusals.SourceDeleted(market.Derived[0].Id);

        foreach (Holding holding in market.Holdings.Values.OrderBy(h => h.Account.Id))
        {
            execution.CancelAll(context, holding, side: 0, OrderReason.MarketDeleted);
            holding.Account.Holdings.Remove(holding);
        }
        state.RemoveMarket(market);
        changes.Forget(market);
        state.HouseBotsVersion++;
        context.AuditNote = AuditDetail.OfName(market.Info.Name);
        context.Batch.AddRecord(new MarketDeleted(market.Info, command.UserId), isAnswer: true);
        return Refusal.None;
    }
}
