using System.Text;
using Exchange.Spelling;

namespace Exchange.Markets;

// The life of a market: created, halted, deleted. How it is changed is in Venue.MarketChanges.cs, how it ends in Venue.Settlement.cs.
public sealed partial class Venue
{
    private Refusal CreateMarket(in Command command)
    {
        Room room = _room!;
        var terms = (MarketTerms)command.Details!;
        if (!_asAdmin)
        {
            bool isAdmin = _member!.Role == Role.Admin;
            if (room.Info.WhoMayCreateMarkets == WhoMayCreateMarkets.Admins)
                return isAdmin ? Refusals.NotElevated : Refusals.OnlyAdminsCreate;
            if (!HasOnlyOwnersTerms(terms))
                return isAdmin ? Refusals.NotElevated : Refusals.OnlyAdminsLabel;
        }

        Refusal refusal = FindSources(terms.Derivation, out List<Market> sources);
        if (!refusal.IsRefused)
            refusal = FindAccounts(terms.VisibleTo);
        if (refusal.IsRefused)
            return refusal;
        (Price min, Price max) = (terms.Min, terms.Max);
        string? problem = ProblemOf(terms)
            ?? (terms.Derivation is null ? ProblemOfRange(min, max, terms.TickHundredths) : ProblemOf(terms.Derivation, sources, out min, out max))
            ?? ProblemOfVisibility(terms.VisibleTo, sources);
        if (problem is not null)
            return Refusals.InvalidField(problem);
        if (HasMarketNamed(terms.Name, except: null))
            return Refusals.NameTaken;
        if (room.Markets.Count >= Limits.MaxMarketsPerRoom)
            return Refusals.MarketsLimit;
        if (!_asAdmin && OpenMarketsOf(_user!) >= Limits.MaxMarketsPerUser)
            return Refusals.OwnMarketsLimit;

        var info = new MarketInfo(
            ++_lastMarketId, room.Info.RoomId, terms.Name, terms.Description, command.UserId, min, max, terms.TickHundredths,
            MarketStatus.Open, SettlementPrice: null, _now.TimeUs)
        {
            StatusTimeUs = _now.TimeUs,
            Category = AsSpelled(terms.Category, m => m.Category),
            Group = AsSpelled(terms.Group, m => m.Group),
            IsPinned = terms.IsPinned,
            IsAnonymous = terms.IsAnonymous,
            VisibleTo = Sorted(terms.VisibleTo),
            MaxOrder = terms.MaxOrder,
            MaxPosition = terms.MaxPosition,
            CloseTimeUs = terms.CloseTimeUs,
            Derivation = terms.Derivation,
        };
        Market market = AddMarket(info);
        AwaitClosing(market);
        Touch(market);
        _batch.AddRecord(new MarketChanged(info, IsNew: true, IsStatusNew: true, command.UserId), isAnswer: true);
        if (info.IsHidden)
            EmitVisibility(room, new VisibilityChanged(info.MarketId, room.Info.RoomId, [], [.. info.VisibleTo], AnonymityChanged: false));
        return Refusal.None;
    }

    private int OpenMarketsOf(User user) =>
        _room!.Markets.Count(m => m.Info.OwnerUserId == user.Info.UserId && m.Status != MarketStatus.Settled);

    /// <summary>Nothing in it that only an admin may set.</summary>
    private static bool HasOnlyOwnersTerms(MarketTerms terms) =>
        terms is { Group: "", IsPinned: false, IsAnonymous: false, VisibleTo.Count: 0 }
        && terms.MaxOrder == Quantity.Zero && terms.MaxPosition == Quantity.Zero;

    private string? ProblemOf(MarketTerms terms) =>
        ProblemOfName("name", terms.Name, Limits.MaxMarketNameLength)
        ?? ProblemOfDescription(terms.Description)
        ?? ProblemOfTick(terms.TickHundredths)
        ?? ProblemOfLabels(terms.Category, terms.Group)
        ?? ProblemOfLimits(terms.MaxOrder, terms.MaxPosition)
        ?? ProblemOfClosing(terms.CloseTimeUs)
        ?? ProblemOfVisibleTo(terms.VisibleTo);

    private string? ProblemOfClosing(long? closeTimeUs) =>
        closeTimeUs is null or 0 ? null : Times.Problem("close_time_us", closeTimeUs.Value, _now.TimeUs);

    private static string? ProblemOfDescription(string description) =>
        Texts.Problem("description", description, 0, Limits.MaxDescriptionLength, multiline: true);

    private static string? ProblemOfLabels(string? category, string? group) =>
        (category is null ? null : Texts.NameProblem("category", category, 0, Limits.MaxLabelLength))
        ?? (group is null ? null : Texts.NameProblem("group", group, 0, Limits.MaxLabelLength));

    /// <summary>A label as the room's markets spell it already: composed and decomposed accents would make two groups of one.</summary>
    private string AsSpelled(string label, Func<MarketInfo, string> labelOf)
    {
        if (Ascii.IsValid(label))
            return label;
        string plain = Nfkc.Normalize(label);
        return _room!.Markets.Where(Sees).Select(m => labelOf(m.Info)).FirstOrDefault(l => l == label || Nfkc.Normalize(l) == plain) ?? label;
    }

    private static string? ProblemOfLimits(Quantity? maxOrder, Quantity? maxPosition) =>
        maxOrder is { Hundredths: < 0 or > Limits.MaxOrderHundredths } ? $"max_order must be 0 (none) to {new Quantity(Limits.MaxOrderHundredths)}."
        : maxPosition is { Hundredths: < 0 or > Limits.MaxPosition } ? $"max_position must be 0 (none) to {new Quantity(Limits.MaxPosition)}."
        : null;

    private static string? ProblemOfVisibleTo(ValueList<long> accountIds) =>
        accountIds.Count > Limits.MaxNamedAccounts || accountIds.Distinct().Count() < accountIds.Count
            ? $"visible_to can name at most {Limits.MaxNamedAccounts:#,0} accounts, each once."
            : null;

    private static string? ProblemOfTick(int tickHundredths) =>
        tickHundredths is < 1 or > Price.MaxHundredths ? $"tick_size must be 0.01 to {new Price(Price.MaxHundredths)}." : null;

    private static string? ProblemOfRange(Price min, Price max, int tickHundredths)
    {
        if (!IsInRange(min.Hundredths) || !IsInRange(max.Hundredths))
            return $"min_price and max_price must be between {new Price(-Price.MaxHundredths)} and {new Price(Price.MaxHundredths)}.";
        if (min >= max)
            return $"min_price ({min}) must be below max_price ({max}).";
        if (min.Hundredths % tickHundredths != 0 || max.Hundredths % tickHundredths != 0)
            return $"min_price and max_price must be multiples of tick_size ({new Price(tickHundredths)}).";
        return null;
    }

    private static bool IsInRange(Int128 hundredths) => hundredths >= -Price.MaxHundredths && hundredths <= Price.MaxHundredths;

    /// <summary>Whoever sees a derived market must see what it follows from.</summary>
    private static string? ProblemOfVisibility(ValueList<long> visibleTo, List<Market> sources)
    {
        foreach (Market source in sources)
        {
            if (source.VisibleTo is { } some && (visibleTo.Count == 0 || visibleTo.Any(id => !some.Contains(id))))
                return $"visible_to can only name accounts that can see market {source.Id}, which this one depends on.";
        }
        return null;
    }

    private static ValueList<long> Sorted(ValueList<long> ids) => new([.. ids.Order()]);

    private Refusal FindAccounts(ValueList<long> accountIds)
    {
        foreach (long id in accountIds)
        {
            if (!TryFindAccount(id, out _))
                return Refusals.NoSuchAccount(id);
        }
        return Refusal.None;
    }

    /// <summary>
    /// Whether a market that the command's user sees has the name, or one that could be mistaken for it. One they don't see is not told
    /// of by refusing its name.
    /// </summary>
    private bool HasMarketNamed(string name, Market? except)
    {
        foreach (Market market in _room!.MarketNames.Like(name))
        {
            if (market != except && Sees(market))
                return true;
        }
        return false;
    }

    private void EmitVisibility(Room room, VisibilityChanged change)
    {
        room.VisibilitySequence = Sequence;
        _batch.AddRecord(change, isAnswer: false);
    }

    private Refusal SetMarketStatus(in Command command)
    {
        Refusal refusal = FindMarket(command.MarketId, out Market market);
        if (refusal.IsRefused)
            return refusal;
        if (market.Status == MarketStatus.Settled)
            return Refusals.MarketNotOpen(market.Status);
        if (command.Status is not (MarketStatus.Open or MarketStatus.CancelOnly or MarketStatus.Halted))
            return Refusals.InvalidField("status must be OPEN, CANCEL_ONLY or HALTED; to settle, use SettleMarket.");
        // Whoever opens a market past its closing time means it to go on.
        bool goesOn = command.Status != MarketStatus.Halted && market.Info.CloseTimeUs <= _now.TimeUs;
        MarketInfo after = market.Info with { Status = command.Status, CloseTimeUs = goesOn ? 0 : market.Info.CloseTimeUs };
        SetStatus(market, after, command.UserId, isAnswer: true);
        AwaitClosing(market);
        return Refusal.None;
    }

    private void SetStatus(Market market, MarketInfo after, long byUserId, bool isAnswer)
    {
        market.Info = after with { StatusTimeUs = _now.TimeUs };
        HouseBotsVersion++;
        _batch.AddRecord(new MarketChanged(market.Info, IsNew: false, IsStatusNew: true, byUserId), isAnswer);
    }

    private Refusal DeleteMarket(in Command command)
    {
        Refusal refusal = FindMarket(command.MarketId, out Market market);
        if (refusal.IsRefused)
            return refusal;
        if (market.Info.OwnerUserId != command.UserId && !_asAdmin)
            return _member!.Role == Role.Admin ? Refusals.NotElevated : Refusals.NotOwner;
        if (market.Trades.Count > 0)
            return Refusals.MarketTraded;
        if (market.Holdings.Values.Any(h => h.State != new PositionState(market.Id, default, default, default)))
            return Refusals.HeldWhereDeleted;
        if (market.Derived.Count > 0)
            return Refusals.SourceDeleted(market.Derived[0].Id);

        foreach (Holding holding in market.Holdings.Values.OrderBy(h => h.Account.Id))
        {
            CancelAll(holding, side: 0, OrderReason.MarketDeleted);
            holding.Account.Holdings.Remove(holding);
        }
        RemoveMarket(market);
        HouseBotsVersion++;
        _auditNote = AuditDetail.OfName(market.Info.Name);
        _batch.AddRecord(new MarketDeleted(market.Info, command.UserId), isAnswer: true);
        return Refusal.None;
    }

    private Market AddMarket(MarketInfo info)
    {
        Room room = _rooms[info.RoomId];
        var market = new Market(info, room);
        _markets.Add(info.MarketId, market);
        room.Markets.Add(market);
        room.MarketNames.Add(market, info.Name);
        room.Directory = null;
        foreach (long id in SourceIds(info.Derivation))
        {
            Market source = _markets[id];
            market.Sources.Add(source);
            source.Derived.Add(market);
        }
        return market;
    }

    private void RemoveMarket(Market market)
    {
        foreach (Market source in market.Sources)
            source.Derived.Remove(market);
        market.Room.Markets.Remove(market);
        market.Room.MarketNames.Remove(market, market.Info.Name);
        market.Room.Directory = null;
        _markets.Remove(market.Id);
        // Where its best prices are is for nobody to be told any more.
        _touchedMarkets.Remove(market);
    }
}
