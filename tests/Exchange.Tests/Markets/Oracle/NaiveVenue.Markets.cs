using Exchange.Markets;

namespace Exchange.Tests.Markets;

// Markets made and changed.
internal sealed partial class NaiveVenue
{
    private NaiveAnswer CreateMarket(Command command, MarketTerms terms)
    {
        bool needsAdmin = _room!.WhoMayCreateMarkets == WhoMayCreateMarkets.Admins
            || terms.IsPinned || terms.IsAnonymous || terms.VisibleTo.Count > 0 || terms.MaxOrder != Quantity.Zero || terms.MaxPosition != Quantity.Zero;
        if (needsAdmin && _role != Role.Admin)
            return RefusalCode.Forbidden;
        if (needsAdmin && !_asAdmin)
            return RefusalCode.NotElevated;
        long[] sources = SourcesOf(terms.Derivation);
        if (!sources.All(id => _next.Markets.Exists(m => m.MarketId == id && Sees(m))))
            return RefusalCode.MarketNotFound;
        if (sources.Any(id => _next.Market(id).Status == MarketStatus.Settled))
            return RefusalCode.MarketNotOpen;
        if (!terms.VisibleTo.All(IsAccountOfRoom))
            return RefusalCode.AccountNotFound;

        (Int128 min, Int128 max) = terms.Derivation is null ? (terms.Min.Hundredths, terms.Max.Hundredths) : (0, 1);
        int tick = terms.TickHundredths;
        bool good = IsName(terms.Name, 1, 80) && IsText(terms.Description, 0, 2_000, multiline: true) && tick is >= 1 and <= 100_000_000
            && IsName(terms.Category, 0, 40) && IsName(terms.Group, 0, 40) && AreLimits(terms.MaxOrder, terms.MaxPosition)
            && AreDistinct(terms.VisibleTo) && IsGood(terms.Derivation) && IsClosingTime(terms.CloseTimeUs);
        if (good && terms.Derivation is not null)
            (min, max) = RangeOf(terms.Derivation);
        good = good && min >= -100_000_000 && max <= 100_000_000 && min < max
            && (terms.Derivation is not null || ((int)min % tick == 0 && (int)max % tick == 0))
            && DepthOf(terms.Derivation) <= 5 && sources.All(s => IsWithin(terms.VisibleTo, _next.Market(s).VisibleTo));
        if (!good)
            return RefusalCode.InvalidField;
        if (_next.Markets.Exists(m => Sees(m) && IsSame(m.Name, terms.Name)))
            return RefusalCode.NameTaken;
        if (!_asAdmin && _next.Markets.Count(m => m.RoomId == _room.RoomId && m.OwnerUserId == _user!.UserId && m.Status != MarketStatus.Settled) >= 100)
            return RefusalCode.LimitExceeded;

        var market = new MarketInfo(
            ++_next.LastMarketId, _room.RoomId, terms.Name, terms.Description, _user!.UserId, new Price((int)min), new Price((int)max), tick,
            MarketStatus.Open, null, _now.TimeUs)
        {
            StatusTimeUs = _now.TimeUs,
            Category = AsSpelled(terms.Category, m => m.Category),
            Group = AsSpelled(terms.Group, m => m.Group),
            IsPinned = terms.IsPinned,
            IsAnonymous = terms.IsAnonymous,
            VisibleTo = new ValueList<long>([.. terms.VisibleTo.Order()]),
            MaxOrder = terms.MaxOrder,
            MaxPosition = terms.MaxPosition,
            CloseTimeUs = terms.CloseTimeUs,
            Derivation = terms.Derivation,
        };
        _next.Markets.Add(market);
        _next.Told.Add(new MarketChanged(market, IsNew: true, IsStatusNew: true, _user.UserId));
        return NaiveAnswer.Done;
    }

    private NaiveAnswer UpdateMarket(Command command, MarketUpdate update)
    {
        if (MarketOf(command) is not { } market)
            return RefusalCode.MarketNotFound;
        bool isOwner = market.OwnerUserId == _user!.UserId;
        bool ownersAlone = update with { Description = null, Category = null, Group = null, CloseTimeUs = null } == new MarketUpdate();
        if (_role != Role.Admin && !(isOwner && ownersAlone))
            return RefusalCode.Forbidden;
        if (!_asAdmin && !(isOwner && ownersAlone))
            return RefusalCode.NotElevated;
        bool ofRange = update.Min is not null || update.Max is not null;
        if (market.Status == MarketStatus.Settled && (ofRange || update.TickHundredths is not null || update.CloseTimeUs is not null))
            return RefusalCode.MarketNotOpen;
        if (ofRange && market.Derivation is not null)
            return RefusalCode.MarketDerived;
        if (update.VisibleTo is { } named && !named.All(IsAccountOfRoom))
            return RefusalCode.AccountNotFound;

        MarketInfo changed = market with
        {
            Name = update.Name ?? market.Name,
            Description = update.Description ?? market.Description,
            Category = update.Category is { } category ? AsSpelled(category, m => m.Category) : market.Category,
            Group = update.Group is { } group ? AsSpelled(group, m => m.Group) : market.Group,
            IsPinned = update.IsPinned ?? market.IsPinned,
            IsAnonymous = update.IsAnonymous ?? market.IsAnonymous,
            VisibleTo = update.VisibleTo is { } visibleTo ? new ValueList<long>([.. visibleTo.Order()]) : market.VisibleTo,
            MaxOrder = update.MaxOrder ?? market.MaxOrder,
            MaxPosition = update.MaxPosition ?? market.MaxPosition,
            Min = update.Min ?? market.Min,
            Max = update.Max ?? market.Max,
            TickHundredths = update.TickHundredths ?? market.TickHundredths,
            CloseTimeUs = update.CloseTimeUs ?? market.CloseTimeUs,
        };
        bool good = update != new MarketUpdate() && IsName(changed.Name, 1, 80) && IsText(changed.Description, 0, 2_000, multiline: true)
            && IsName(changed.Category, 0, 40) && IsName(changed.Group, 0, 40) && AreLimits(changed.MaxOrder, changed.MaxPosition)
            && AreDistinct(changed.VisibleTo) && SourcesOf(market.Derivation).All(s => IsWithin(changed.VisibleTo, _next.Market(s).VisibleTo))
            && _next.Markets.Where(m => SourcesOf(m.Derivation).Contains(market.MarketId)).All(m => IsWithin(m.VisibleTo, changed.VisibleTo));
        long tick = changed.TickHundredths;
        good = good && IsClosingTime(update.CloseTimeUs ?? 0) && tick is >= 1 and <= 100_000_000
            && (market.Derivation is not null || (changed.Min < changed.Max && changed.Min.Hundredths >= -100_000_000 && changed.Max.Hundredths <= 100_000_000
                && changed.Min.Hundredths % tick == 0 && changed.Max.Hundredths % tick == 0));
        if (!good)
            return RefusalCode.InvalidField;
        bool becomesPublic = market.IsHidden && !changed.IsHidden;
        if ((changed.Name != market.Name || becomesPublic) && _next.Markets.Exists(m => m != market && Sees(m) && IsSame(m.Name, changed.Name)))
            return RefusalCode.NameTaken;
        if (changed.IsHidden && _next.Accounts.Exists(a => a.RoomId == market.RoomId && !a.IsHouse && Holds(a, market) && !changed.VisibleTo.Contains(a.AccountId)))
            return RefusalCode.MarketInUse;
        bool isRangeNew = changed.Min != market.Min || changed.Max != market.Max || changed.TickHundredths != market.TickHundredths;
        if (isRangeNew && (_next.Live.Exists(o => o.MarketId == market.MarketId)
            || _next.Holdings.Any(h => h.Key.MarketId == market.MarketId && h.Value.Position != 0) || IsSource(market)))
        {
            return RefusalCode.MarketInUse;
        }
        Set(market, changed, isStatusNew: false);
        return NaiveAnswer.Done;
    }

    private NaiveAnswer SetStatus(Command command)
    {
        if (MarketOf(command) is not { } market)
            return RefusalCode.MarketNotFound;
        if (market.Status == MarketStatus.Settled)
            return RefusalCode.MarketNotOpen;
        if (command.Status is not (MarketStatus.Open or MarketStatus.CancelOnly or MarketStatus.Halted))
            return RefusalCode.InvalidField;
        bool isPast = market.CloseTimeUs <= _now.TimeUs;
        Set(
            market,
            market with
            {
                Status = command.Status,
                StatusTimeUs = _now.TimeUs,
                CloseTimeUs = isPast && command.Status != MarketStatus.Halted ? 0 : market.CloseTimeUs,
            },
            isStatusNew: true);
        return NaiveAnswer.Done;
    }

    private NaiveAnswer Delete(Command command)
    {
        if (MarketOf(command) is not { } market)
            return RefusalCode.MarketNotFound;
        if (market.OwnerUserId != _user!.UserId && _role != Role.Admin)
            return RefusalCode.Forbidden;
        if (market.OwnerUserId != _user.UserId && !_asAdmin)
            return RefusalCode.NotElevated;
        if (TradesOf[market.MarketId].Count > 0)
            return RefusalCode.MarketTraded;
        if (_next.Holdings.Any(h => h.Key.MarketId == market.MarketId && h.Value != NaiveHolding.Nothing) || IsSource(market))
            return RefusalCode.MarketInUse;
        _next.CancelAll(o => o.MarketId == market.MarketId, OrderReason.MarketDeleted);
        foreach (var key in _next.Holdings.Keys.Where(k => k.MarketId == market.MarketId).ToList())
            _next.Holdings.Remove(key);
        _next.SettlementIds.Remove(market.MarketId);
        _next.Markets.Remove(market);
        _next.Told.Add(new MarketDeleted(market, _user.UserId));
        return NaiveAnswer.Done;
    }

    private bool IsSource(MarketInfo market) => _next.Markets.Exists(m => SourcesOf(m.Derivation).Contains(market.MarketId));

    /// <summary>Later than now, and not by more than ten years; or none.</summary>
    private bool IsClosingTime(long timeUs) => timeUs == 0 || (timeUs > _now.TimeUs && timeUs <= _now.TimeUs + 315_576_000_000_000);

    private void Set(MarketInfo market, MarketInfo changed, bool isStatusNew)
    {
        NaiveState.Replace(_next.Markets, market, changed);
        _next.Told.Add(new MarketChanged(changed, IsNew: false, isStatusNew, _user!.UserId));
    }

    /// <summary>Whether there is, or was, anything of the account's in a market.</summary>
    private bool Holds(AccountInfo account, MarketInfo market)
    {
        NaiveHolding h = _next.HoldingOf(account.AccountId, market.MarketId);
        return h != NaiveHolding.Nothing || _next.Live.Exists(o => o.AccountId == account.AccountId && o.MarketId == market.MarketId);
    }

    private static long[] SourcesOf(Derivation? derivation) => derivation switch
    {
        Basket basket => [.. basket.Constituents.Select(c => c.MarketId)],
        Option option => [option.UnderlyingId],
        _ => [],
    };

    private static bool IsGood(Derivation? derivation) => derivation switch
    {
        Basket b => b.Constituents.Count is >= 1 and <= 20 && b.Constituents.DistinctBy(c => c.MarketId).Count() == b.Constituents.Count
            && b.Constituents.All(c => c.Multiplier is >= -10_000 and <= 10_000 and not 0)
            && b.Fee.TenThousandths >= 0 && b.Fee.TenThousandths <= s_maxIssued,
        Option o => o.Kind is OptionKind.Call or OptionKind.Put && o.Style is OptionStyle.European or OptionStyle.American
            && o.Strike.Hundredths is >= -100_000_000 and <= 100_000_000,
        _ => true,
    };

    /// <summary>The least and the most a derived market can be worth.</summary>
    private (Int128 Min, Int128 Max) RangeOf(Derivation derivation)
    {
        if (derivation is Option option)
        {
            MarketInfo underlying = _next.Market(option.UnderlyingId);
            Int128 a = PriceOf(option, _ => underlying.Min.Hundredths), b = PriceOf(option, _ => underlying.Max.Hundredths);
            return (Int128.Min(a, b), Int128.Max(a, b));
        }
        ValueList<Constituent> constituents = ((Basket)derivation).Constituents;
        Int128 Ends(bool most) => constituents.Aggregate(Int128.Zero, (sum, c) =>
            sum + (c.Multiplier * ((c.Multiplier > 0) == most ? (Int128)_next.Market(c.MarketId).Max.Hundredths : _next.Market(c.MarketId).Min.Hundredths)));
        return (Ends(most: false), Ends(most: true));
    }

    /// <summary>What a derived market is worth when its sources are worth this.</summary>
    private static Int128 PriceOf(Derivation derivation, Func<long, Int128> priceOf) => derivation switch
    {
        Option { Kind: OptionKind.Call } o => Int128.Max(0, priceOf(o.UnderlyingId) - o.Strike.Hundredths),
        Option o => Int128.Max(0, o.Strike.Hundredths - priceOf(o.UnderlyingId)),
        Basket b => b.Constituents.Aggregate(Int128.Zero, (sum, c) => sum + (c.Multiplier * priceOf(c.MarketId))),
        _ => throw new NotSupportedException(),
    };

    private int DepthOf(Derivation? derivation) =>
        derivation is null ? 0 : 1 + SourcesOf(derivation).Max(id => DepthOf(_next.Market(id).Derivation));

    /// <summary>What derives from a hidden market is hidden from all that it is hidden from.</summary>
    private static bool IsWithin(ValueList<long> visibleTo, ValueList<long> sourceVisibleTo) =>
        sourceVisibleTo.Count == 0 || (visibleTo.Count > 0 && visibleTo.All(sourceVisibleTo.Contains));

    private bool IsAccountOfRoom(long accountId) =>
        _next.Accounts.Exists(a => a.AccountId == accountId && a.RoomId == _room!.RoomId && !a.IsHouse);

    private static bool AreLimits(Quantity maxOrder, Quantity maxPosition) =>
        maxOrder.Hundredths is >= 0 and <= MaxOrder && maxPosition.Hundredths is >= 0 and <= MaxPosition;

    private static bool AreDistinct(ValueList<long> ids) => ids.Count <= 1_000 && ids.Distinct().Count() == ids.Count;

    /// <summary>What is composed here already, the room's markets seen first to last.</summary>
    private string AsSpelled(string label, Func<MarketInfo, string> labelOf) =>
        _next.Markets.Where(m => m.RoomId == _room!.RoomId && Sees(m)).Select(labelOf).FirstOrDefault(l => Composed(l) == Composed(label)) ?? label;

    private static bool IsText(string text, int min, int max, bool multiline = false) =>
        text.Length >= min && text.Length <= max && text == text.Trim() && text.All(c => (multiline && c == '\n') || Shows(c));

    // The generator writes texts of letters, digits, spaces and punctuation; what else it puts in may not be shown.
    private static bool Shows(char c) => c is ' ' or '\u0301' || char.IsLetterOrDigit(c) || char.IsPunctuation(c) || char.IsSymbol(c);
}
