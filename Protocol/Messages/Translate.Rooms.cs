using Exchange.Markets;

namespace Exchange.Protocol;

// Messages off the order path.
internal static partial class Translate
{
    public static V1.Basket ToBasket(Basket basket)
    {
        var message = new V1.Basket { Fee = basket.Fee.TenThousandths };
        message.Constituents.AddRange(basket.Constituents.Select(
            c => new V1.Constituent { MarketId = (ulong)c.MarketId, Multiplier = c.Multiplier }));
        return message;
    }

    public static V1.Option ToOption(Option option) => new()
    {
        UnderlyingMarketId = (ulong)option.UnderlyingId,
        Kind = (V1.OptionKind)option.Kind,
        Style = (V1.OptionStyle)option.Style,
        Strike = option.Strike.Hundredths,
    };

    public static V1.AccountMember ToAccountMember(AccountMemberInfo member) =>
        new() { UserId = (ulong)member.UserId, Role = (V1.AccountRole)member.Role };

    public static V1.AccountMembersChanged ToMembers(AccountMembersChanged changed)
    {
        var message = new V1.AccountMembersChanged { AccountId = (ulong)changed.AccountId };
        message.Members.AddRange(changed.Members.Select(ToAccountMember));
        return message;
    }

    public static V1.Transfer ToTransfer(TransferInfo transfer) => new()
    {
        TransferId = (ulong)transfer.TransferId,
        FromAccountId = (ulong)transfer.FromAccountId,
        ToAccountId = (ulong)transfer.ToAccountId,
        Amount = transfer.Amount.TenThousandths,
        Memo = transfer.Memo,
        ByUserId = (ulong)transfer.ByUserId,
        Kind = (V1.TransferKind)transfer.Kind,
        TimeUs = transfer.TimeUs,
    };

    public static V1.BasketConverted ToConversion(BasketConverted converted) => new()
    {
        ConversionId = (ulong)converted.ConversionId,
        MarketId = (ulong)converted.MarketId,
        AccountId = (ulong)converted.AccountId,
        Direction = (V1.ConversionDirection)converted.Direction,
        Quantity = (uint)converted.Quantity.Hundredths,
        Fee = converted.Fee.TenThousandths,
    };

    /// <param name="accountId">The one it is told to: who exercised, or who was assigned.</param>
    public static V1.OptionExercised ToExercise(OptionExercised exercised, long accountId, Quantity quantity, bool assigned) => new()
    {
        ExerciseId = (ulong)exercised.ExerciseId,
        MarketId = (ulong)exercised.MarketId,
        AccountId = (ulong)accountId,
        Quantity = (uint)quantity.Hundredths,
        Assigned = assigned,
    };

    public static V1.Code ToCode(CodeInfo code) => new()
    {
        Code_ = code.Code,
        Amount = code.Amount.TenThousandths,
        Uses = (uint)code.Uses,
        Used = (uint)code.Used,
        ExpiresTimeUs = code.ExpiresTimeUs,
        Revoked = code.IsRevoked,
        CreatedTimeUs = code.CreatedTimeUs,
    };

    public static V1.ApiKey ToKey(KeyInfo key) => new()
    {
        KeyId = (ulong)key.KeyId,
        Name = key.Name,
        AccountId = (ulong)key.AccountId,
        ReadOnly = key.IsReadOnly,
        CreatedTimeUs = key.CreatedTimeUs,
        ExpiresTimeUs = key.ExpiresTimeUs,
        LastUsedTimeUs = key.LastUsedTimeUs,
    };

    public static V1.Codes ToCodes(CodeList shown)
    {
        var message = new V1.Codes();
        message.Codes_.AddRange(shown.Codes.Select(ToCode));
        return message;
    }

    public static V1.OrderPreviewed ToPreview(OrderPreviewed previewed) => new()
    {
        MarketId = (ulong)previewed.MarketId,
        Side = (V1.Side)previewed.Side,
        Filled = (uint)previewed.Filled.Hundredths,
        FilledValue = previewed.FilledValue.TenThousandths,
        Resting = (uint)previewed.Resting.Hundredths,
        Available = previewed.Available.TenThousandths,
        AvailableAfter = previewed.AvailableAfter.TenThousandths,
        PositionAfter = previewed.PositionAfter.Hundredths,
        WorstCase = previewed.WorstCase.TenThousandths,
        WorstCaseAfter = previewed.WorstCaseAfter.TenThousandths,
    };

    public static V1.BatchApplied ToBatch(BatchApplied applied)
    {
        var message = new V1.BatchApplied();
        foreach (ref readonly BatchResult result in applied.Results.AsSpan())
        {
            var each = new V1.BatchResult { Existing = result.IsExisting };
            if (result.Refusal.IsRefused)
            {
                each.Failed = ToFailure(result.Refusal);
            }
            else
            {
                each.Order = new V1.Order();
                Fill(each.Order, result.Order);
            }
            message.Results.Add(each);
        }
        return message;
    }

    public static V1.Leaderboard ToLeaderboard(Leaderboard shown)
    {
        var message = new V1.Leaderboard();
        message.Entries.AddRange(shown.Entries.Select(e => new V1.LeaderboardEntry
        {
            AccountId = (ulong)e.AccountId,
            Equity = e.Equity.TenThousandths,
            Profit = e.Profit.TenThousandths,
        }));
        return message;
    }

    public static V1.SettlementPreviewed ToForeseen(SettlementPreviewed previewed)
    {
        var message = new V1.SettlementPreviewed();
        foreach (ForeseenSettlement settlement in previewed.Markets)
        {
            var foreseen = new V1.ForeseenSettlement
            {
                MarketId = (ulong)settlement.MarketId,
                Price = settlement.Price.Hundredths,
                Orders = (uint)settlement.Orders,
                Holders = (uint)settlement.Holders,
                Paid = settlement.Paid.TenThousandths,
            };
            foreseen.Payouts.AddRange(settlement.Payouts.Select(p => new V1.ForeseenPayout
            {
                AccountId = (ulong)p.AccountId,
                Position = p.Position.Hundredths,
                Amount = p.Amount.TenThousandths,
                Profit = p.Profit.TenThousandths,
            }));
            message.Markets.Add(foreseen);
        }
        return message;
    }

    public static V1.RoomSettings ToSettings(RoomSettings shown)
    {
        var message = new V1.RoomSettings { JoinCode = shown.JoinCode };
        message.InvitedEmails.AddRange(shown.InvitedEmails);
        return message;
    }
}
