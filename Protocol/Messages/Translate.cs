using Exchange.Markets;

namespace Exchange.Protocol;

/// <summary>The domain's values in the protocol's words.</summary>
internal static partial class Translate
{
    public static V1.Room ToRoom(RoomInfo room, V1.Role role = V1.Role.Unspecified) => new()
    {
        RoomId = (ulong)room.RoomId,
        Slug = room.Slug,
        Name = room.Name,
        HouseAccountId = (ulong)room.HouseAccountId,
        OpeningBalance = room.OpeningBalance.TenThousandths,
        WhoMayCreateMarkets = (V1.WhoMayCreateMarkets)room.WhoMayCreateMarkets,
        Role = role,
        OwnerUserId = (ulong)room.OwnerUserId,
        JoinPolicy = (V1.JoinPolicy)room.JoinPolicy,
        Archived = room.IsArchived,
        CreatedTimeUs = room.CreatedTimeUs,
    };

    public static V1.RoomSnapshot ToRoomSnapshot(RoomDirectory directory)
    {
        var message = new V1.RoomSnapshot { Room = ToRoom(directory.Room) };
        message.Accounts.AddRange(directory.Accounts.Select(ToAccount));
        message.Markets.AddRange(directory.Markets.Select(ToMarket));
        message.Members.AddRange(directory.Members.Select(ToMember));
        return message;
    }

    public static V1.Member ToMember(MemberInfo member) => new() { User = ToUser(member.User), Role = (V1.Role)member.Role };

    public static V1.User ToUser(UserInfo user) => new()
    {
        UserId = (ulong)user.UserId,
        Name = user.Name,
        IsServerAdmin = user.IsServerAdmin,
    };

    public static V1.Account ToAccount(AccountInfo account) => new()
    {
        AccountId = (ulong)account.AccountId,
        RoomId = (ulong)account.RoomId,
        Name = account.Name,
        OwnerUserId = (ulong)account.OwnerUserId,
        Personal = account.IsPersonal,
        HouseBot = account.BotKind is not null,
    };

    public static V1.Market ToMarket(MarketInfo market)
    {
        var message = new V1.Market
        {
            MarketId = (ulong)market.MarketId,
            RoomId = (ulong)market.RoomId,
            Name = market.Name,
            Description = market.Description,
            OwnerUserId = (ulong)market.OwnerUserId,
            MinPrice = market.Min.Hundredths,
            MaxPrice = market.Max.Hundredths,
            TickSize = (uint)market.TickHundredths,
            Status = (V1.MarketStatus)market.Status,
            CreatedTimeUs = market.CreatedTimeUs,
            StatusTimeUs = market.StatusTimeUs,
            Category = market.Category,
            Group = market.Group,
            Pinned = market.IsPinned,
            Anonymous = market.IsAnonymous,
            MaxOrder = (uint)market.MaxOrder.Hundredths,
            MaxPosition = (uint)market.MaxPosition.Hundredths,
            CloseTimeUs = market.CloseTimeUs,
        };
        if (market.SettlementPrice is { } price)
            message.SettlementPrice = price.Hundredths;
        message.HouseBots.AddRange(market.HouseBots.Select(
            b => new V1.HouseBot { Kind = (V1.HouseBotKind)b.Kind, Strength = (V1.HouseBotStrength)b.Strength }));
        message.VisibleToAccountIds.AddRange(market.VisibleTo.Select(id => (ulong)id));
        if (market.Derivation is Basket basket)
            message.Basket = ToBasket(basket);
        else if (market.Derivation is Option option)
            message.Option = ToOption(option);
        return message;
    }

    /// <summary>Fills a reused message: this one is on the order path.</summary>
    public static void Fill(V1.Order message, in OrderState state)
    {
        message.OrderId = (ulong)state.OrderId;
        message.MarketId = (ulong)state.MarketId;
        message.AccountId = (ulong)state.AccountId;
        message.Side = (V1.Side)state.Side;
        message.Price = state.Price.Hundredths;
        message.Quantity = (uint)state.Quantity.Hundredths;
        message.Remaining = (uint)state.Remaining.Hundredths;
        message.Filled = (uint)state.Filled.Hundredths;
        message.FilledValue = state.FilledValue.TenThousandths;
        message.TimeInForce = (V1.TimeInForce)state.TimeInForce;
        message.PostOnly = state.PostOnly;
        message.ClientOrderId = state.ClientOrderId ?? "";
        message.Status = (V1.OrderStatus)state.Status;
        message.Reason = (V1.OrderReason)state.Reason;
        message.PlacedTimeUs = state.PlacedTimeUs;
        message.ExpiresTimeUs = state.ExpiresTimeUs;
        message.ReduceOnly = state.ReduceOnly;
        message.CancelOnDisconnect = state.CancelOnDisconnect;
        message.PlacedByUserId = (ulong)state.PlacedByUserId;
    }

    public static void Fill(V1.Trade message, in Trade trade)
    {
        message.TradeId = (ulong)trade.TradeId;
        message.MarketId = (ulong)trade.MarketId;
        message.Price = trade.Price.Hundredths;
        message.Quantity = (uint)trade.Quantity.Hundredths;
        message.BuyerAccountId = (ulong)trade.BuyerAccountId;
        message.SellerAccountId = (ulong)trade.SellerAccountId;
        message.Aggressor = (V1.Side)trade.Aggressor;
        message.TimeUs = trade.TimeUs;
    }

    public static V1.PortfolioSnapshot ToPortfolio(Portfolio portfolio)
    {
        var message = new V1.PortfolioSnapshot
        {
            AccountId = (ulong)portfolio.Account.AccountId,
            Cash = portfolio.Cash.TenThousandths,
            Available = portfolio.Available.TenThousandths,
            Received = portfolio.NetDeposits.TenThousandths,
            CancelTimeUs = portfolio.CancelTimeUs,
        };
        message.Members.AddRange(portfolio.Members.Select(ToAccountMember));
        message.Transfers.AddRange(portfolio.Transfers.Select(ToTransfer));
        foreach (PositionState p in portfolio.Positions)
        {
            message.Positions.Add(new V1.Position
            {
                MarketId = (ulong)p.MarketId,
                Quantity = p.Position.Hundredths,
                Spent = p.Spent.TenThousandths,
                SettledProfit = p.SettledProfit.TenThousandths,
                OpenCost = p.OpenCost.TenThousandths,
            });
        }
        foreach (ref readonly OrderState state in portfolio.Orders.AsSpan())
        {
            var order = new V1.Order();
            Fill(order, in state);
            message.Orders.Add(order);
        }
        return message;
    }

    public static V1.BookSnapshot ToBook(BookSnapshot book)
    {
        var message = new V1.BookSnapshot { MarketId = (ulong)book.MarketId };
        foreach (BookOrder order in book.Bids)
            message.Bids.Add(ToBookOrder(order));
        foreach (BookOrder order in book.Offers)
            message.Offers.Add(ToBookOrder(order));
        return message;
    }

    public static V1.TradesSnapshot ToTrades(TradesSnapshot trades)
    {
        var message = new V1.TradesSnapshot { MarketId = (ulong)trades.MarketId };
        foreach (ref readonly Trade trade in trades.Trades.AsSpan())
        {
            var each = new V1.Trade();
            Fill(each, in trade);
            message.Trades.Add(each);
        }
        return message;
    }

    private static V1.BookOrder ToBookOrder(BookOrder order) => new()
    {
        OrderId = (ulong)order.OrderId,
        Price = order.Price.Hundredths,
        Remaining = (uint)order.Remaining.Hundredths,
        AccountId = (ulong)order.AccountId,
    };

    public static V1.RequestFailed ToFailure(in Refusal refusal)
    {
        var message = new V1.RequestFailed { Code = (V1.ErrorCode)refusal.Code, Message = refusal.Sentence };
        if (refusal.Code == RefusalCode.InsufficientFunds)
        {
            message.Needed = refusal.A;
            message.Available = refusal.B;
        }
        return message;
    }
}
