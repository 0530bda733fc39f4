namespace Exchange.Markets;

// The life of a market: created, changed, halted. How it ends is in Venue.Settlement.cs.
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
            ?? (terms.Derivation is null ? ProblemOfRange(terms) : ProblemOf(terms.Derivation, sources, out min, out max))
            ?? ProblemOfSight(terms.VisibleTo, sources);
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
            MarketStatus.Open, SettlementPrice: null, _timeUs)
        {
            StatusTimeUs = _timeUs,
            Category = terms.Category,
            Group = terms.Group,
            IsPinned = terms.IsPinned,
            IsAnonymous = terms.IsAnonymous,
            VisibleTo = Sorted(terms.VisibleTo),
            MaxOrder = terms.MaxOrder,
            MaxPosition = terms.MaxPosition,
            Derivation = terms.Derivation,
        };
        Touch(AddMarket(info));
        _batch.AddOther(new MarketChanged(info, IsNew: true, IsStatusNew: true, command.UserId), isAnswer: true);
        if (info.IsHidden)
            TellSight(room, new SightChanged(info.MarketId, room.Info.RoomId, [], [.. info.VisibleTo], AnonymityChanged: false));
        return Refusal.None;
    }

    private int OpenMarketsOf(User user) =>
        _room!.Markets.Count(m => m.Info.OwnerUserId == user.Info.UserId && m.Status != MarketStatus.Settled);

    /// <summary>Nothing in it that only an admin may set.</summary>
    private static bool HasOnlyOwnersTerms(MarketTerms terms) =>
        terms is { Category: "", Group: "", IsPinned: false, IsAnonymous: false, VisibleTo.Count: 0 }
        && terms.MaxOrder == Quantity.Zero && terms.MaxPosition == Quantity.Zero;

    private static string? ProblemOf(MarketTerms terms) =>
        ProblemOfName("name", terms.Name, Limits.MaxMarketNameLength)
        ?? ProblemOfDescription(terms.Description)
        ?? (terms.TickHundredths is < 1 or > Price.MaxHundredths ? $"tick_size must be 0.01 to {new Price(Price.MaxHundredths)}." : null)
        ?? ProblemOfLabels(terms.Category, terms.Group)
        ?? ProblemOfLimits(terms.MaxOrder, terms.MaxPosition)
        ?? ProblemOfVisibleTo(terms.VisibleTo);

    private static string? ProblemOfDescription(string description) =>
        Texts.Problem("description", description, 0, Limits.MaxDescriptionLength, multiline: true);

    private static string? ProblemOfLabels(string? category, string? group) =>
        (category is null ? null : Texts.Problem("category", category, 0, Limits.MaxLabelLength, multiline: false))
        ?? (group is null ? null : Texts.Problem("group", group, 0, Limits.MaxLabelLength, multiline: false));

    private static string? ProblemOfLimits(Quantity? maxOrder, Quantity? maxPosition) =>
        maxOrder is { Hundredths: < 0 or > Limits.MaxOrderHundredths } ? $"max_order must be 0 (none) to {new Quantity(Limits.MaxOrderHundredths)}."
        : maxPosition is { Hundredths: < 0 or > Limits.MaxPosition } ? $"max_position must be 0 (none) to {new Quantity(Limits.MaxPosition)}."
        : null;

    private static string? ProblemOfVisibleTo(ValueList<long> accountIds) =>
        accountIds.Count > Limits.MaxNamedAccounts || accountIds.Distinct().Count() < accountIds.Count
            ? $"visible_to may name up to {Limits.MaxNamedAccounts:#,0} accounts, each once."
            : null;

    private static string? ProblemOfRange(MarketTerms terms)
    {
        if (!IsInRange(terms.Min.Hundredths) || !IsInRange(terms.Max.Hundredths))
            return $"min_price and max_price must be between {new Price(-Price.MaxHundredths)} and {new Price(Price.MaxHundredths)}.";
        if (terms.Min >= terms.Max)
            return $"min_price ({terms.Min}) must be below max_price ({terms.Max}).";
        if (terms.Min.Hundredths % terms.TickHundredths != 0 || terms.Max.Hundredths % terms.TickHundredths != 0)
            return $"min_price and max_price must be multiples of tick_size ({new Price(terms.TickHundredths)}).";
        return null;
    }

    private static bool IsInRange(Int128 hundredths) => hundredths >= -Price.MaxHundredths && hundredths <= Price.MaxHundredths;

    /// <summary>Whoever sees a derived market must see what it follows from.</summary>
    private static string? ProblemOfSight(ValueList<long> visibleTo, List<Market> sources)
    {
        foreach (Market source in sources)
        {
            if (source.VisibleTo is { } some && (visibleTo.Count == 0 || visibleTo.Any(id => !some.Contains(id))))
                return $"visible_to must be among those who see market {source.Id}, which this one follows from.";
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
    /// Whether a market that the command's user sees has the name. One they don't see is not told of by refusing its name.
    /// </summary>
    private bool HasMarketNamed(string name, Market? except)
    {
        if (!_room!.MarketsByName.TryGetValue(name, out List<Market>? named))
            return false;
        foreach (Market market in named)
        {
            if (market != except && Sees(market))
                return true;
        }
        return false;
    }

    private Refusal UpdateMarket(in Command command)
    {
        Refusal refusal = FindMarket(command.MarketId, out Market market);
        if (refusal.IsRefused)
            return refusal;
        var update = (MarketUpdate)command.Details!;
        bool ownersOnly = update with { Description = null } == new MarketUpdate();
        if (!_asAdmin && !(ownersOnly && market.Info.OwnerUserId == command.UserId))
        {
            return _member!.Role == Role.Admin ? Refusals.NotElevated
                : ownersOnly ? Refusals.NotOwner : Refusals.OnlyAdminsLabel;
        }
        if (update.VisibleTo is { } visibleTo)
            refusal = FindAccounts(visibleTo);
        if (refusal.IsRefused)
            return refusal;
        if (ProblemOf(update, market) is { } problem)
            return Refusals.InvalidField(problem);

        MarketInfo before = market.Info;
        MarketInfo after = before with
        {
            Name = update.Name ?? before.Name,
            Description = update.Description ?? before.Description,
            Category = update.Category ?? before.Category,
            Group = update.Group ?? before.Group,
            IsPinned = update.IsPinned ?? before.IsPinned,
            IsAnonymous = update.IsAnonymous ?? before.IsAnonymous,
            VisibleTo = update.VisibleTo is null ? before.VisibleTo : Sorted(update.VisibleTo),
            MaxOrder = update.MaxOrder ?? before.MaxOrder,
            MaxPosition = update.MaxPosition ?? before.MaxPosition,
        };
        if ((after.Name != before.Name || (before.IsHidden && !after.IsHidden)) && HasMarketNamed(after.Name, except: market))
            return Refusals.NameTaken;
        if (after.IsHidden && FirstLeftOut(market, after.VisibleTo) is { } leftOut)
            return Refusals.MarketInUse(leftOut.Account.Id);

        HouseBotsVersion++;
        Rename(market, after.Name);
        market.Info = after;
        bool anonymityChanged = after.IsAnonymous != before.IsAnonymous;
        if (anonymityChanged)
        {
            market.LastSnapshot = null;
            market.LastTradesSnapshot = null;
        }
        // Its ticker, too, is for others than before.
        Touch(market);
        _batch.AddOther(new MarketChanged(after, IsNew: false, IsStatusNew: false, command.UserId), isAnswer: true);
        if (anonymityChanged || !after.VisibleTo.Equals(before.VisibleTo))
        {
            TellSight(market.Room, new SightChanged(
                market.Id, market.Room.Info.RoomId, before.IsHidden ? [.. before.VisibleTo] : null, after.IsHidden ? [.. after.VisibleTo] : null,
                anonymityChanged));
        }
        return Refusal.None;
    }

    private static string? ProblemOf(MarketUpdate update, Market market)
    {
        if (update == new MarketUpdate())
            return "UpdateMarket names nothing to change.";
        return (update.Name is null ? null : ProblemOfName("name", update.Name, Limits.MaxMarketNameLength))
            ?? (update.Description is null ? null : ProblemOfDescription(update.Description))
            ?? ProblemOfLabels(update.Category, update.Group)
            ?? ProblemOfLimits(update.MaxOrder, update.MaxPosition)
            ?? (update.VisibleTo is { } visibleTo ? ProblemOfNewSight(visibleTo, market) : null);
    }

    private static string? ProblemOfNewSight(ValueList<long> visibleTo, Market market)
    {
        if ((ProblemOfVisibleTo(visibleTo) ?? ProblemOfSight(visibleTo, market.Sources)) is { } problem)
            return problem;
        foreach (Market derived in market.Derived)
        {
            if (visibleTo.Count > 0 && (derived.VisibleTo is not { } some || some.Any(id => !visibleTo.Contains(id))))
                return $"visible_to must name all who see market {derived.Id}, which follows from this one.";
        }
        return null;
    }

    private static Holding? FirstLeftOut(Market market, ValueList<long> visibleTo) => market.Holdings.Values
        .Where(h => !h.IsEmpty && !h.Account.IsHouse && !visibleTo.Contains(h.Account.Id)).MinBy(h => h.Account.Id);

    private void TellSight(Room room, SightChanged change)
    {
        room.SightSequence = Sequence;
        _batch.AddOther(change, isAnswer: false);
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
        market.Info = market.Info with { Status = command.Status, StatusTimeUs = _timeUs };
        HouseBotsVersion++;
        _batch.AddOther(new MarketChanged(market.Info, IsNew: false, IsStatusNew: true, command.UserId), isAnswer: true);
        return Refusal.None;
    }

    private Market AddMarket(MarketInfo info)
    {
        Room room = _rooms[info.RoomId];
        var market = new Market(info, room);
        _markets.Add(info.MarketId, market);
        room.Markets.Add(market);
        NamedIn(room, info.Name).Add(market);
        room.Directory = null;
        foreach (long id in SourceIds(info.Derivation))
        {
            Market source = _markets[id];
            market.Sources.Add(source);
            source.Derived.Add(market);
        }
        return market;
    }

    private static void Rename(Market market, string name)
    {
        if (name == market.Info.Name)
            return;
        market.Room.MarketsByName[market.Info.Name].Remove(market);
        NamedIn(market.Room, name).Add(market);
    }

    private static List<Market> NamedIn(Room room, string name)
    {
        if (!room.MarketsByName.TryGetValue(name, out List<Market>? named))
            room.MarketsByName.Add(name, named = []);
        return named;
    }
}
