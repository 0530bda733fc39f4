using Exchange.Markets;

namespace Exchange.Tests.Markets;

// Markets made and changed.
internal sealed partial class NaiveVenue
{
    private NaiveAnswer CreateMarket(Command command, MarketTerms terms)
    {
        bool needsAdmin = _room!.WhoMayCreateMarkets == WhoMayCreateMarkets.Admins || terms.Category != "" || terms.Group != ""
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
        bool good = IsText(terms.Name, 1, 80) && IsText(terms.Description, 0, 2_000, multiline: true) && tick is >= 1 and <= 100_000_000
            && IsText(terms.Category, 0, 40) && IsText(terms.Group, 0, 40) && AreLimits(terms.MaxOrder, terms.MaxPosition)
            && AreDistinct(terms.VisibleTo) && IsGood(terms.Derivation);
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
            _next.Markets.Count + 1, _room.RoomId, terms.Name, terms.Description, _user!.UserId, new Price((int)min), new Price((int)max), tick,
            MarketStatus.Open, null, _timeUs)
        {
            StatusTimeUs = _timeUs,
            Category = terms.Category,
            Group = terms.Group,
            IsPinned = terms.IsPinned,
            IsAnonymous = terms.IsAnonymous,
            VisibleTo = new ValueList<long>([.. terms.VisibleTo.Order()]),
            MaxOrder = terms.MaxOrder,
            MaxPosition = terms.MaxPosition,
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
        bool ownersAlone = update with { Description = null } == new MarketUpdate();
        if (_role != Role.Admin && !(isOwner && ownersAlone))
            return RefusalCode.Forbidden;
        if (!_asAdmin && !(isOwner && ownersAlone))
            return RefusalCode.NotElevated;
        if (update.VisibleTo is { } named && !named.All(IsAccountOfRoom))
            return RefusalCode.AccountNotFound;

        MarketInfo changed = market with
        {
            Name = update.Name ?? market.Name,
            Description = update.Description ?? market.Description,
            Category = update.Category ?? market.Category,
            Group = update.Group ?? market.Group,
            IsPinned = update.IsPinned ?? market.IsPinned,
            IsAnonymous = update.IsAnonymous ?? market.IsAnonymous,
            VisibleTo = update.VisibleTo is { } visibleTo ? new ValueList<long>([.. visibleTo.Order()]) : market.VisibleTo,
            MaxOrder = update.MaxOrder ?? market.MaxOrder,
            MaxPosition = update.MaxPosition ?? market.MaxPosition,
        };
        bool good = update != new MarketUpdate() && IsText(changed.Name, 1, 80) && IsText(changed.Description, 0, 2_000, multiline: true)
            && IsText(changed.Category, 0, 40) && IsText(changed.Group, 0, 40) && AreLimits(changed.MaxOrder, changed.MaxPosition)
            && AreDistinct(changed.VisibleTo) && SourcesOf(market.Derivation).All(s => IsWithin(changed.VisibleTo, _next.Market(s).VisibleTo))
            && _next.Markets.Where(m => SourcesOf(m.Derivation).Contains(market.MarketId)).All(m => IsWithin(m.VisibleTo, changed.VisibleTo));
        if (!good)
            return RefusalCode.InvalidField;
        bool becomesPublic = market.IsHidden && !changed.IsHidden;
        if ((changed.Name != market.Name || becomesPublic) && _next.Markets.Exists(m => m != market && Sees(m) && IsSame(m.Name, changed.Name)))
            return RefusalCode.NameTaken;
        if (changed.IsHidden && _next.Accounts.Exists(a => a.RoomId == market.RoomId && !a.IsHouse && Holds(a, market) && !changed.VisibleTo.Contains(a.AccountId)))
            return RefusalCode.MarketInUse;
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
        Set(market, market with { Status = command.Status, StatusTimeUs = _timeUs }, isStatusNew: true);
        return NaiveAnswer.Done;
    }

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

    private static bool IsSame(string name, string other) => name.Equals(other, StringComparison.OrdinalIgnoreCase);

    private static bool IsText(string text, int min, int max, bool multiline = false) =>
        text.Length >= min && text.Length <= max && text == text.Trim() && text.All(c => (multiline && c == '\n') || Shows(c));

    // The generator writes texts of letters, digits, spaces and punctuation; what else it puts in may not be shown.
    private static bool Shows(char c) => c == ' ' || char.IsLetterOrDigit(c) || char.IsPunctuation(c) || char.IsSymbol(c);
}
