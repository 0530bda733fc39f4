using Exchange.Protocol.V1;

namespace Exchange.Tests.EndToEnd;

/// <summary>Requests that can't be, one row for each way a field can be wrong.</summary>
/// <param name="Field">What is wrong, as the schema has it: a message and its field.</param>
/// <param name="Code">How it is refused.</param>
/// <param name="Says">Part of the sentence, which says what would be right.</param>
public sealed record BadRequest(string Field, ErrorCode Code, string Says, ClientMessage Request);

/// <summary>What the table's requests are about: ids that are there, and ids that are not.</summary>
public sealed record BadInputIds(
    ulong Market, ulong Basket, ulong Option, ulong OtherRoomsMarket, ulong OtherRoomsAccount, ulong Account, ulong House, ulong User, ulong Order);

public static class BadInput
{
    private const ulong Nothing = 999_999;
    /// <summary>Times too far ahead: a time of today in nanoseconds, the year 10000, and the largest number.</summary>
    private static readonly (long Time, string Guess)[] s_wrongUnits =
    [
        (DateTimeOffset.UtcNow.ToUnixTimeMilliseconds() * 1_000_000, "nanoseconds: divide it by 1,000"),
        (253_402_300_800_000_000, "microseconds since 1970"), (long.MaxValue, "more than ten years ahead"),
    ];

    private static readonly string s_long = new('x', 10_000);

    /// <summary>Texts that are no names: control characters, right-to-left tricks, invisible and half characters, too long, none.</summary>
    private static readonly string[] s_badNames =
        ["", " ", " x", "x ", "a\0b", "a\tb", "a\nb", "evil\u202Egnp.exe", "zero\u200Bwidth", "a\u2028b", "no\u00A0break", "\uFEFFbom", "filler\u3164", s_long];

    private static readonly int[] s_unknownEnumValues = [-1, 77, 255, 256, int.MaxValue, int.MinValue];

    public static IEnumerable<BadRequest> Rows(BadInputIds ids) =>
        [.. Orders(ids), .. Derived(ids), .. Markets(ids), .. Rooms(ids), .. Accounts(ids), .. Money(ids), .. Sessions(ids), .. Keys()];

    private static ClientMessage Place(BadInputIds ids, Action<PlaceOrder> spoil)
    {
        var order = new PlaceOrder { MarketId = ids.Market, Side = Side.Buy, Price = 5_000, Quantity = 100 };
        spoil(order);
        return new ClientMessage { PlaceOrder = order };
    }

    private static IEnumerable<BadRequest> Orders(BadInputIds ids)
    {
        foreach (ulong id in (ulong[])[0, Nothing, ids.OtherRoomsMarket, long.MaxValue, ulong.MaxValue])
            yield return new("PlaceOrder.market_id", ErrorCode.MarketNotFound, "No market has", Place(ids, o => o.MarketId = id));
        foreach (int side in s_unknownEnumValues.Prepend(0))
            yield return new("PlaceOrder.side", ErrorCode.InvalidField, "BUY or SELL", Place(ids, o => o.Side = (Side)side));
        foreach (int price in (int[])[-1, 10_001, int.MaxValue, int.MinValue])
            yield return new("PlaceOrder.price", ErrorCode.InvalidPrice, "0.00 to 100.00", Place(ids, o => o.Price = price));
        yield return new("PlaceOrder.price", ErrorCode.InvalidPrice, "needs a price", Place(ids, o => o.ClearPrice()));
        foreach (uint quantity in (uint[])[0, 100_000_001, uint.MaxValue])
            yield return new("PlaceOrder.quantity", ErrorCode.InvalidQuantity, "0.01 to 1,000,000.00", Place(ids, o => o.Quantity = quantity));
        foreach (int time in s_unknownEnumValues)
            yield return new("PlaceOrder.time_in_force", ErrorCode.InvalidField, "GOOD_TILL_TIME", Place(ids, o => o.TimeInForce = (TimeInForce)time));
        foreach (string id in (string[])[new('x', 37), s_long, "a\0", "tab\t", "é", "a\u202Eb"])
            yield return new("PlaceOrder.client_order_id", ErrorCode.InvalidField, "client_order_id", Place(ids, o => o.ClientOrderId = id));
        yield return new("PlaceOrder.expires_time_us", ErrorCode.InvalidField, "GOOD_TILL_TIME", Place(ids, o => o.ExpiresTimeUs = long.MaxValue));
        yield return new("PlaceOrder.expires_time_us", ErrorCode.InvalidField, "expires_time_us", Place(ids, o => o.TimeInForce = TimeInForce.GoodTillTime));
        foreach (long time in (long[])[1, -1, long.MinValue])
        {
            yield return new("PlaceOrder.expires_time_us", ErrorCode.Expired, "is not later than now", Place(ids, o =>
            {
                o.TimeInForce = TimeInForce.GoodTillTime;
                o.ExpiresTimeUs = time;
            }));
        }
        foreach ((long time, string guess) in s_wrongUnits)
        {
            yield return new("PlaceOrder.expires_time_us", ErrorCode.InvalidField, guess, Place(ids, o =>
            {
                o.TimeInForce = TimeInForce.GoodTillTime;
                o.ExpiresTimeUs = time;
            }));
        }
        yield return new("PlaceOrder.reduce_only", ErrorCode.ReduceOnly, "at most 0.00", Place(ids, o => o.ReduceOnly = true));
        yield return new("PlaceOrder.post_only", ErrorCode.InvalidField, "cannot be combined", Place(ids, o =>
        {
            o.PostOnly = true;
            o.TimeInForce = TimeInForce.FillOrKill;
        }));

        yield return new("PreviewOrder.order", ErrorCode.InvalidField, "order is missing", new() { PreviewOrder = new PreviewOrder() });
        yield return new("PreviewOrder.order", ErrorCode.InvalidPrice, "0.00 to 100.00", new() { PreviewOrder = new PreviewOrder { Order = Place(ids, o => o.Price = -1).PlaceOrder } });

        yield return new("ReplaceOrder.order_id", ErrorCode.InvalidField, "Give either", new() { ReplaceOrder = new ReplaceOrder { Price = 1 } });
        yield return new("ReplaceOrder.client_order_id", ErrorCode.InvalidField, "Give either", new() { ReplaceOrder = new ReplaceOrder { OrderId = ids.Order, ClientOrderId = "x", Price = 1 } });
        foreach (ulong id in (ulong[])[Nothing, ulong.MaxValue])
            yield return new("ReplaceOrder.order_id", ErrorCode.OrderNotLive, "no live order", new() { ReplaceOrder = new ReplaceOrder { OrderId = id, Price = 1 } });
        yield return new("ReplaceOrder.client_order_id", ErrorCode.OrderNotFound, "no such order", new() { ReplaceOrder = new ReplaceOrder { ClientOrderId = "never", Price = 1 } });
        yield return new("ReplaceOrder.price", ErrorCode.InvalidPrice, "0.00 to 100.00", new() { ReplaceOrder = new ReplaceOrder { OrderId = ids.Order, Price = int.MinValue } });
        yield return new("ReplaceOrder.price", ErrorCode.InvalidField, "a price, a quantity, or both", new() { ReplaceOrder = new ReplaceOrder { OrderId = ids.Order } });
        foreach (uint quantity in (uint[])[0, uint.MaxValue])
            yield return new("ReplaceOrder.quantity", ErrorCode.InvalidQuantity, "0.01 to", new() { ReplaceOrder = new ReplaceOrder { OrderId = ids.Order, Quantity = quantity } });

        yield return new("CancelOrder.order_id", ErrorCode.InvalidField, "Give either", new() { CancelOrder = new CancelOrder() });
        yield return new("CancelOrder.order_id", ErrorCode.OrderNotLive, "no live order", new() { CancelOrder = new CancelOrder { OrderId = ulong.MaxValue } });
        yield return new("CancelOrder.client_order_id", ErrorCode.InvalidField, "36 are allowed", new() { CancelOrder = new CancelOrder { ClientOrderId = s_long } });
        yield return new("CancelOrders.market_id", ErrorCode.MarketNotFound, "No market has", new() { CancelOrders = new CancelOrders { MarketId = ids.OtherRoomsMarket } });
        foreach (int side in s_unknownEnumValues)
            yield return new("CancelOrders.side", ErrorCode.InvalidField, "BUY or SELL, or omitted", new() { CancelOrders = new CancelOrders { Side = (Side)side } });

        yield return new("OrderBatch.items", ErrorCode.InvalidField, "1 to 100", new() { OrderBatch = new OrderBatch() });
        yield return new("OrderBatch.items", ErrorCode.InvalidField, "1 to 100", new() { OrderBatch = new OrderBatch { Items = { Enumerable.Repeat(new BatchItem { Cancel = new CancelOrder { OrderId = 1 } }, 101) } } });
        foreach (uint timeout in (uint[])[1, 999, 86_400_001, uint.MaxValue])
            yield return new("CancelAfter.timeout_ms", ErrorCode.InvalidField, "1,000 (a second)", new() { CancelAfter = new CancelAfter { TimeoutMs = timeout } });
    }

    private static IEnumerable<BadRequest> Derived(BadInputIds ids)
    {
        ConvertBasket Convert(ulong market, int direction, uint quantity) =>
            new() { MarketId = market, Direction = (ConversionDirection)direction, Quantity = quantity };
        yield return new("ConvertBasket.market_id", ErrorCode.MarketNotFound, "No market has", new() { ConvertBasket = Convert(Nothing, 1, 1) });
        yield return new("ConvertBasket.market_id", ErrorCode.WrongKindOfMarket, "not a basket", new() { ConvertBasket = Convert(ids.Market, 1, 1) });
        foreach (int direction in s_unknownEnumValues.Prepend(0))
            yield return new("ConvertBasket.direction", ErrorCode.InvalidField, "CREATE or REDEEM", new() { ConvertBasket = Convert(ids.Basket, direction, 1) });
        foreach (uint quantity in (uint[])[0, uint.MaxValue])
            yield return new("ConvertBasket.quantity", ErrorCode.InvalidQuantity, "0.01 to", new() { ConvertBasket = Convert(ids.Basket, 1, quantity) });
        yield return new("ConvertBasket.quantity", ErrorCode.InsufficientFunds, "available", new() { ConvertBasket = Convert(ids.Basket, 1, 100_000_000) });
        yield return new("ExerciseOption.market_id", ErrorCode.MarketNotFound, "No market has", new() { ExerciseOption = new ExerciseOption { MarketId = ulong.MaxValue, Quantity = 1 } });
        yield return new("ExerciseOption.market_id", ErrorCode.WrongKindOfMarket, "not an American option", new() { ExerciseOption = new ExerciseOption { MarketId = ids.Basket, Quantity = 1 } });
        foreach (uint quantity in (uint[])[0, 1, uint.MaxValue])
            yield return new("ExerciseOption.quantity", ErrorCode.InvalidQuantity, "account holds", new() { ExerciseOption = new ExerciseOption { MarketId = ids.Option, Quantity = quantity } });
    }

    private static IEnumerable<BadRequest> Markets(BadInputIds ids)
    {
        ClientMessage Create(Action<CreateMarket> spoil)
        {
            var create = new CreateMarket { Name = "Fine", MinPrice = 0, MaxPrice = 10_000 };
            spoil(create);
            return new ClientMessage { CreateMarket = create };
        }
        ClientMessage CreateBasket(Action<Basket> spoil) => Create(c =>
        {
            c.Basket = new Basket { Constituents = { new Constituent { MarketId = ids.Market, Multiplier = 1 } } };
            spoil(c.Basket);
        });
        ClientMessage CreateOption(Action<Option> spoil) => Create(c =>
        {
            c.Option = new Option { UnderlyingMarketId = ids.Market, Kind = OptionKind.Call, Style = OptionStyle.American, Strike = 5_000 };
            spoil(c.Option);
        });
        ClientMessage Update(Action<UpdateMarket> spoil)
        {
            var update = new UpdateMarket { MarketId = ids.Market };
            spoil(update);
            return new ClientMessage { UpdateMarket = update };
        }

        foreach (string name in s_badNames)
        {
            yield return new("CreateMarket.name", ErrorCode.InvalidField, "name", Create(c => c.Name = name));
            yield return new("UpdateMarket.name", ErrorCode.InvalidField, "name", Update(u => u.Name = name));
            if (name.Length == 0)
                continue;
            yield return new("CreateMarket.category", ErrorCode.InvalidField, "category", Create(c => c.Category = name));
            yield return new("CreateMarket.group", ErrorCode.InvalidField, "group", Create(c => c.Group = name));
            yield return new("UpdateMarket.category", ErrorCode.InvalidField, "category", Update(u => u.Category = name));
            yield return new("UpdateMarket.group", ErrorCode.InvalidField, "group", Update(u => u.Group = name));
        }
        yield return new("CreateMarket.name", ErrorCode.NameTaken, "with this name", Create(c => c.Name = "MARKET"));
        yield return new("UpdateMarket.name", ErrorCode.NameTaken, "with this name", Update(u => u.Name = "basket"));
        foreach (string description in (string[])["bell\u0007", "rtl\u202E", "filler\u3164", s_long])
        {
            yield return new("CreateMarket.description", ErrorCode.InvalidField, "description", Create(c => c.Description = description));
            yield return new("UpdateMarket.description", ErrorCode.InvalidField, "description", Update(u => u.Description = description));
        }
        foreach (int price in (int[])[-100_000_001, int.MinValue, 10_000, int.MaxValue])
            yield return new("CreateMarket.min_price", ErrorCode.InvalidField, "min_price", Create(c => c.MinPrice = price));
        foreach (int price in (int[])[100_000_001, int.MaxValue, 0, int.MinValue])
            yield return new("CreateMarket.max_price", ErrorCode.InvalidField, "max_price", Create(c => c.MaxPrice = price));
        foreach (uint tick in (uint[])[3, 100_000_001, uint.MaxValue])
            yield return new("CreateMarket.tick_size", ErrorCode.InvalidField, "tick_size", Create(c => c.TickSize = tick));
        foreach (int price in (int[])[-100_000_001, int.MinValue, 10_000, int.MaxValue])
            yield return new("UpdateMarket.min_price", ErrorCode.InvalidField, "min_price", Update(u => u.MinPrice = price));
        foreach (int price in (int[])[100_000_001, int.MaxValue, 0, int.MinValue])
            yield return new("UpdateMarket.max_price", ErrorCode.InvalidField, "max_price", Update(u => u.MaxPrice = price));
        foreach (uint tick in (uint[])[0, 3, 100_000_001, uint.MaxValue])
            yield return new("UpdateMarket.tick_size", ErrorCode.InvalidField, "tick_size", Update(u => u.TickSize = tick));
        yield return new("UpdateMarket.tick_size", ErrorCode.MarketInUse, "orders", Update(u => u.TickSize = 50));
        yield return new("UpdateMarket.min_price", ErrorCode.MarketDerived, "depends on other markets", Update(u => (u.MarketId, u.MinPrice) = (ids.Basket, 1)));
        foreach (long time in (long[])[-1, 1, long.MinValue, long.MaxValue])
        {
            yield return new("CreateMarket.close_time_us", ErrorCode.InvalidField, "close_time_us", Create(c => c.CloseTimeUs = time));
            yield return new("UpdateMarket.close_time_us", ErrorCode.InvalidField, "close_time_us", Update(u => u.CloseTimeUs = time));
        }
        foreach (ulong id in (ulong[])[0, Nothing, ids.House, ids.OtherRoomsAccount, ulong.MaxValue])
        {
            yield return new("CreateMarket.visible_to_account_ids", ErrorCode.AccountNotFound, "no account", Create(c => c.VisibleToAccountIds.Add(id)));
            yield return new("UpdateMarket.visible_to", ErrorCode.AccountNotFound, "no account", Update(u => u.VisibleTo = new AccountIds { AccountIds_ = { id } }));
            yield return new("AccountIds.account_ids", ErrorCode.AccountNotFound, "no account", Update(u => u.VisibleTo = new AccountIds { AccountIds_ = { id } }));
        }
        yield return new("CreateMarket.visible_to_account_ids", ErrorCode.InvalidField, "each once", Create(c => c.VisibleToAccountIds.Add([ids.Account, ids.Account])));
        yield return new("CreateMarket.max_order", ErrorCode.InvalidField, "max_order", Create(c => c.MaxOrder = uint.MaxValue));
        yield return new("CreateMarket.max_position", ErrorCode.InvalidField, "max_position", Create(c => c.MaxPosition = uint.MaxValue));
        yield return new("UpdateMarket.max_order", ErrorCode.InvalidField, "max_order", Update(u => u.MaxOrder = 100_000_001));
        yield return new("UpdateMarket.max_position", ErrorCode.InvalidField, "max_position", Update(u => u.MaxPosition = uint.MaxValue));
        yield return new("UpdateMarket.market_id", ErrorCode.MarketNotFound, "No market has", Update(u => (u.MarketId, u.Description) = (ids.OtherRoomsMarket, "")));
        yield return new("UpdateMarket.market_id", ErrorCode.InvalidField, "must name", Update(_ => { }));

        yield return new("CreateMarket.basket", ErrorCode.InvalidField, "1 to 20", Create(c => c.Basket = new Basket()));
        yield return new("Basket.constituents", ErrorCode.InvalidField, "once", CreateBasket(b => b.Constituents.Add(b.Constituents[0])));
        yield return new("Basket.fee", ErrorCode.InvalidField, "fee", CreateBasket(b => b.Fee = -1));
        yield return new("Basket.fee", ErrorCode.InvalidField, "fee", CreateBasket(b => b.Fee = long.MaxValue));
        foreach (ulong id in (ulong[])[0, Nothing, ids.OtherRoomsMarket, ulong.MaxValue])
        {
            yield return new("Constituent.market_id", ErrorCode.MarketNotFound, "No market has", CreateBasket(b => b.Constituents[0].MarketId = id));
            yield return new("Option.underlying_market_id", ErrorCode.MarketNotFound, "No market has", CreateOption(o => o.UnderlyingMarketId = id));
        }
        foreach (int multiplier in (int[])[0, 10_001, int.MinValue, int.MaxValue])
            yield return new("Constituent.multiplier", ErrorCode.InvalidField, "multiplier", CreateBasket(b => b.Constituents[0].Multiplier = multiplier));
        yield return new("Constituent.multiplier", ErrorCode.InvalidField, "outside the range", CreateBasket(b =>
        {
            b.Constituents[0].Multiplier = 10_000;
            b.Constituents.Add(new Constituent { MarketId = ids.Option, Multiplier = 10_000 });
        }));
        yield return new("CreateMarket.option", ErrorCode.MarketNotFound, "No market has", Create(c => c.Option = new Option()));
        foreach (int value in s_unknownEnumValues.Prepend(0))
        {
            yield return new("Option.kind", ErrorCode.InvalidField, "CALL or PUT", CreateOption(o => o.Kind = (OptionKind)value));
            yield return new("Option.style", ErrorCode.InvalidField, "EUROPEAN or AMERICAN", CreateOption(o => o.Style = (OptionStyle)value));
        }
        foreach (int strike in (int[])[int.MinValue, int.MaxValue, 10_000])
            yield return new("Option.strike", ErrorCode.InvalidField, "strike", CreateOption(o => o.Strike = strike));

        yield return new("SetMarketStatus.market_id", ErrorCode.MarketNotFound, "No market has", new() { SetMarketStatus = new SetMarketStatus { MarketId = Nothing, Status = MarketStatus.Open } });
        foreach (int status in s_unknownEnumValues.Prepend(0).Append(4))
            yield return new("SetMarketStatus.status", ErrorCode.InvalidField, "OPEN, CANCEL_ONLY or HALTED", new() { SetMarketStatus = new SetMarketStatus { MarketId = ids.Market, Status = (MarketStatus)status } });
        yield return new("SettleMarket.market_id", ErrorCode.MarketNotFound, "No market has", new() { SettleMarket = new SettleMarket { MarketId = 0 } });
        yield return new("SettleMarket.market_id", ErrorCode.MarketDerived, "settles", new() { SettleMarket = new SettleMarket { MarketId = ids.Basket } });
        foreach (int price in (int[])[-1, 10_001, int.MinValue, int.MaxValue])
            yield return new("SettleMarket.price", ErrorCode.InvalidPrice, "0.00 to 100.00", new() { SettleMarket = new SettleMarket { MarketId = ids.Market, Price = price } });
        foreach (ulong id in (ulong[])[0, Nothing, ids.OtherRoomsMarket, ulong.MaxValue])
        {
            yield return new("DeleteMarket.market_id", ErrorCode.MarketNotFound, "No market has", new() { DeleteMarket = new DeleteMarket { MarketId = id } });
            yield return new("PreviewSettlement.market_id", ErrorCode.MarketNotFound, "No market has", new() { PreviewSettlement = new PreviewSettlement { MarketId = id } });
        }
        yield return new("DeleteMarket.market_id", ErrorCode.MarketInUse, "depends on this one", new() { DeleteMarket = new DeleteMarket { MarketId = ids.Market } });
        yield return new("PreviewSettlement.market_id", ErrorCode.MarketDerived, "settles", new() { PreviewSettlement = new PreviewSettlement { MarketId = ids.Basket } });
        foreach (int price in (int[])[-1, 10_001, int.MinValue, int.MaxValue])
            yield return new("PreviewSettlement.price", ErrorCode.InvalidPrice, "0.00 to 100.00", new() { PreviewSettlement = new PreviewSettlement { MarketId = ids.Market, Price = price } });
        yield return new("UndoSettlement.market_id", ErrorCode.MarketNotFound, "No market has", new() { UndoSettlement = new UndoSettlement { MarketId = Nothing } });
        yield return new("UndoSettlement.market_id", ErrorCode.MarketNotSettled, "not settled", new() { UndoSettlement = new UndoSettlement { MarketId = ids.Market } });

        ClientMessage SetBots(ulong market, params HouseBot[] bots) => new() { SetHouseBots = new SetHouseBots { MarketId = market, Bots = { bots } } };
        HouseBot maker = new() { Kind = HouseBotKind.Maker, Strength = HouseBotStrength.Gentle };
        foreach (ulong id in (ulong[])[0, Nothing, ids.OtherRoomsMarket])
            yield return new("SetHouseBots.market_id", ErrorCode.MarketNotFound, "No market has", SetBots(id, maker));
        yield return new("SetHouseBots.bots", ErrorCode.InvalidField, "one house bot of each kind", SetBots(ids.Market, maker, new HouseBot { Kind = HouseBotKind.Maker, Strength = HouseBotStrength.Lively }));
        foreach (int value in s_unknownEnumValues.Prepend(0))
        {
            yield return new("HouseBot.kind", ErrorCode.InvalidField, "kind must be", SetBots(ids.Market, new HouseBot { Kind = (HouseBotKind)value, Strength = HouseBotStrength.Gentle }));
            yield return new("HouseBot.strength", ErrorCode.InvalidField, "strength must be", SetBots(ids.Market, new HouseBot { Kind = HouseBotKind.Noise, Strength = (HouseBotStrength)value }));
        }
    }

    private static IEnumerable<BadRequest> Rooms(BadInputIds ids)
    {
        ClientMessage Open(Action<OpenRoom> spoil)
        {
            var open = new OpenRoom { Slug = "fine", Name = "Fine", JoinPolicy = JoinPolicy.Open, WhoMayCreateMarkets = WhoMayCreateMarkets.Anyone };
            spoil(open);
            return new ClientMessage { OpenRoom = open };
        }
        ClientMessage Update(Action<UpdateRoom> spoil)
        {
            var update = new UpdateRoom();
            spoil(update);
            return new ClientMessage { UpdateRoom = update };
        }

        foreach (string slug in (string[])["", "x", "Main", "a b", "-a", "a-", "a--b", "é", "a/b", "a\0b", new('x', 41), s_long])
            yield return new("OpenRoom.slug", ErrorCode.InvalidField, "(slug) must have 2 to 40", Open(o => o.Slug = slug));
        yield return new("OpenRoom.slug", ErrorCode.NameTaken, "with this address", Open(o => o.Slug = "main"));
        foreach (string name in s_badNames)
        {
            yield return new("OpenRoom.name", ErrorCode.InvalidField, "name", Open(o => o.Name = name));
            yield return new("UpdateRoom.name", ErrorCode.InvalidField, "name", Update(u => u.Name = name));
        }
        foreach (int value in s_unknownEnumValues)
        {
            yield return new("OpenRoom.join_policy", ErrorCode.InvalidField, "OPEN, INVITE or CLOSED", Open(o => o.JoinPolicy = (JoinPolicy)value));
            yield return new("OpenRoom.who_may_create_markets", ErrorCode.InvalidField, "ANYONE or ADMINS", Open(o => o.WhoMayCreateMarkets = (WhoMayCreateMarkets)value));
            yield return new("UpdateRoom.join_policy", ErrorCode.InvalidField, "OPEN, INVITE or CLOSED", Update(u => u.JoinPolicy = (JoinPolicy)value));
            yield return new("UpdateRoom.who_may_create_markets", ErrorCode.InvalidField, "ANYONE or ADMINS", Update(u => u.WhoMayCreateMarkets = (WhoMayCreateMarkets)value));
            yield return new("SetRole.role", ErrorCode.InvalidField, "SPECTATOR, TRADER or ADMIN", new() { SetRole = new SetRole { UserId = ids.User, Role = (Role)value } });
        }
        foreach (long balance in (long[])[-1, long.MinValue, long.MaxValue, 10_000_000_000_001])
        {
            yield return new("OpenRoom.opening_balance", ErrorCode.InvalidField, "opening_balance", Open(o => o.OpeningBalance = balance));
            yield return new("UpdateRoom.opening_balance", ErrorCode.InvalidField, "opening_balance", Update(u => u.OpeningBalance = balance));
        }
        foreach (string code in (string[])["abc", "äöüß", "a\0bcd", "a_b_c_d", new('x', 41), s_long])
            yield return new("UpdateRoom.join_code", ErrorCode.InvalidField, "join_code", Update(u => u.JoinCode = code));
        yield return new("UpdateRoom.archived", ErrorCode.InvalidField, "must name", Update(_ => { }));
        foreach (string email in (string[])["", "a", "@b", "a@", "a@b@c", "a b@c", "a\n@b", $"{s_long}@b"])
            yield return new("InviteToRoom.add_emails", ErrorCode.InvalidField, "email", new() { InviteToRoom = new InviteToRoom { AddEmails = { email } } });
        yield return new("InviteToRoom.remove_emails", ErrorCode.InvalidField, "1,000", new() { InviteToRoom = new InviteToRoom { RemoveEmails = { Enumerable.Repeat("a@b", 1_001) } } });
        foreach (ulong id in (ulong[])[0, Nothing, ulong.MaxValue])
            yield return new("GetPerson.user_id", ErrorCode.UserNotFound, "no such member", new() { GetPerson = new GetPerson { UserId = id } });
        foreach (ulong id in (ulong[])[0, Nothing, ulong.MaxValue])
            yield return new("SetRole.user_id", ErrorCode.UserNotFound, "no such member", new() { SetRole = new SetRole { UserId = id, Role = Role.Trader } });
        yield return new("SetRole.remove", ErrorCode.InvalidField, "Give either", new() { SetRole = new SetRole { UserId = ids.User, Role = Role.Trader, Remove = true } });
    }

    private static IEnumerable<BadRequest> Accounts(BadInputIds ids)
    {
        foreach (string name in s_badNames)
        {
            yield return new("OpenAccount.name", ErrorCode.InvalidField, "name", new() { OpenAccount = new OpenAccount { Name = name } });
            yield return new("RenameAccount.name", ErrorCode.InvalidField, "name", new() { RenameAccount = new RenameAccount { AccountId = ids.Account, Name = name } });
        }
        yield return new("OpenAccount.name", ErrorCode.InvalidField, "the exchange's own", new() { OpenAccount = new OpenAccount { Name = "HOUSE" } });
        foreach (ulong id in (ulong[])[0, Nothing, ids.House, ids.OtherRoomsAccount, ulong.MaxValue])
        {
            yield return new("ActAs.account_id", ErrorCode.AccountNotFound, "not yours", new() { ActAs = new ActAs { AccountId = id } });
            yield return new("RenameAccount.account_id", ErrorCode.AccountNotFound, "not yours", new() { RenameAccount = new RenameAccount { AccountId = id, Name = "x" } });
            yield return new("ShareAccount.account_id", ErrorCode.AccountNotFound, "not yours", new() { ShareAccount = new ShareAccount { AccountId = id, UserId = ids.User, Role = AccountRole.Trader } });
            yield return new("RemoveAccountMember.account_id", ErrorCode.AccountNotFound, "not yours", new() { RemoveAccountMember = new RemoveAccountMember { AccountId = id, UserId = ids.User } });
        }
        foreach (ulong id in (ulong[])[0, Nothing, ulong.MaxValue])
        {
            yield return new("ShareAccount.user_id", ErrorCode.UserNotFound, "no such member", new() { ShareAccount = new ShareAccount { AccountId = ids.Account, UserId = id, Role = AccountRole.Trader } });
            yield return new("RemoveAccountMember.user_id", ErrorCode.UserNotFound, "not a member", new() { RemoveAccountMember = new RemoveAccountMember { AccountId = ids.Account, UserId = id } });
        }
        foreach (int role in s_unknownEnumValues.Prepend(0).Append(3))
            yield return new("ShareAccount.role", ErrorCode.InvalidField, "TRADER or MANAGER", new() { ShareAccount = new ShareAccount { AccountId = ids.Account, UserId = ids.User, Role = (AccountRole)role } });
    }

    private static IEnumerable<BadRequest> Money(BadInputIds ids)
    {
        ClientMessage Transfer(Action<MakeTransfer> spoil)
        {
            var transfer = new MakeTransfer { ToAccountId = ids.Account + 1, Amount = 1 };
            spoil(transfer);
            return new ClientMessage { MakeTransfer = transfer };
        }
        ClientMessage Grant(Action<Grant> spoil)
        {
            var grant = new Grant { AccountIds = { ids.Account }, Amount = 1 };
            spoil(grant);
            return new ClientMessage { Grant = grant };
        }
        ClientMessage Code(Action<CreateCode> spoil)
        {
            var code = new CreateCode { Code = "GOOD12", Amount = 1, Uses = 1 };
            spoil(code);
            return new ClientMessage { CreateCode = code };
        }

        foreach (ulong id in (ulong[])[Nothing, ids.House, ids.OtherRoomsAccount, ulong.MaxValue])
        {
            yield return new("MakeTransfer.from_account_id", ErrorCode.AccountNotFound, "not yours", Transfer(t => t.FromAccountId = id));
            yield return new("MakeTransfer.to_account_id", ErrorCode.AccountNotFound, "no account", Transfer(t => t.ToAccountId = id));
            yield return new("Grant.account_ids", ErrorCode.AccountNotFound, "no account", Grant(g => g.AccountIds[0] = id));
        }
        yield return new("MakeTransfer.to_account_id", ErrorCode.InvalidField, "comes from", Transfer(t => t.ToAccountId = ids.Account));
        foreach (long amount in (long[])[0, -1, long.MinValue, long.MaxValue])
        {
            yield return new("MakeTransfer.amount", ErrorCode.InvalidField, "amount must be", Transfer(t => t.Amount = amount));
            yield return new("CreateCode.amount", ErrorCode.InvalidField, "amount must be", Code(c => c.Amount = amount));
        }
        yield return new("MakeTransfer.amount", ErrorCode.InsufficientFunds, "is available", Transfer(t => t.Amount = 1L << 60));
        foreach (string memo in (string[])["a\0", "rtl\u202E", s_long])
        {
            yield return new("MakeTransfer.memo", ErrorCode.InvalidField, "memo", Transfer(t => t.Memo = memo));
            yield return new("Grant.memo", ErrorCode.InvalidField, "memo", Grant(g => g.Memo = memo));
        }
        foreach (long amount in (long[])[0, long.MinValue, long.MaxValue])
            yield return new("Grant.amount", ErrorCode.InvalidField, "amount must not be 0", Grant(g => g.Amount = amount));
        yield return new("Grant.amount", ErrorCode.LimitExceeded, "give out", Grant(g => g.Amount = 1L << 60));
        yield return new("Grant.amount", ErrorCode.InsufficientFunds, "force", Grant(g => g.Amount = -(1L << 59)));
        yield return new("Grant.account_ids", ErrorCode.InvalidField, "each once", Grant(g => g.AccountIds.Add(ids.Account)));
        yield return new("Grant.every_member", ErrorCode.InvalidField, "Give either", Grant(g => g.EveryMember = true));
        yield return new("Grant.every_member", ErrorCode.InvalidField, "Give either", Grant(g => g.AccountIds.Clear()));
        foreach (string code in (string[])["abc", "ä1234", "a\0bcd", new('x', 41), s_long])
        {
            yield return new("CreateCode.code", ErrorCode.InvalidField, "code must be", Code(c => c.Code = code));
            yield return new("ClaimCode.code", ErrorCode.CodeNotFound, "does not exist", new() { ClaimCode = new ClaimCode { Code = code } });
            yield return new("RevokeCode.code", ErrorCode.CodeNotFound, "does not exist", new() { RevokeCode = new RevokeCode { Code = code } });
        }
        foreach (uint uses in (uint[])[0, 1_000_001, uint.MaxValue])
            yield return new("CreateCode.uses", ErrorCode.InvalidField, "uses must be", Code(c => c.Uses = uses));
        foreach (long time in (long[])[1, -1, long.MinValue])
            yield return new("CreateCode.expires_time_us", ErrorCode.InvalidField, "later than now", Code(c => c.ExpiresTimeUs = time));
        foreach ((long time, string guess) in s_wrongUnits)
            yield return new("CreateCode.expires_time_us", ErrorCode.InvalidField, guess, Code(c => c.ExpiresTimeUs = time));
    }

    private static IEnumerable<BadRequest> Keys()
    {
        foreach (string name in s_badNames)
            yield return new("CreateApiKey.name", ErrorCode.InvalidField, "name", new() { CreateApiKey = new CreateApiKey { Name = name } });
        foreach (ulong id in (ulong[])[Nothing, 1, ulong.MaxValue])
            yield return new("CreateApiKey.account_id", ErrorCode.AccountNotFound, "not yours", new() { CreateApiKey = new CreateApiKey { Name = "x", AccountId = id } });
        foreach (long time in (long[])[1, -1, long.MinValue])
            yield return new("CreateApiKey.expires_time_us", ErrorCode.InvalidField, "later than now", new() { CreateApiKey = new CreateApiKey { Name = "x", ExpiresTimeUs = time } });
        foreach ((long time, string guess) in s_wrongUnits)
            yield return new("CreateApiKey.expires_time_us", ErrorCode.InvalidField, guess, new() { CreateApiKey = new CreateApiKey { Name = "x", ExpiresTimeUs = time } });
        foreach (ulong id in (ulong[])[0, Nothing, ulong.MaxValue])
            yield return new("RevokeApiKey.key_id", ErrorCode.KeyNotFound, "no such key", new() { RevokeApiKey = new RevokeApiKey { KeyId = id } });
    }

    private static IEnumerable<BadRequest> Sessions(BadInputIds ids)
    {
        yield return new("EnterRoom.room_id", ErrorCode.InvalidField, "Give either", new() { EnterRoom = new EnterRoom() });
        yield return new("EnterRoom.slug", ErrorCode.InvalidField, "Give either", new() { EnterRoom = new EnterRoom { RoomId = 1, Slug = "main" } });
        foreach (ulong id in (ulong[])[Nothing, ulong.MaxValue])
            yield return new("EnterRoom.room_id", ErrorCode.RoomNotFound, "no room", new() { EnterRoom = new EnterRoom { RoomId = id } });
        foreach (string slug in (string[])["never", "a\0", s_long])
            yield return new("EnterRoom.slug", ErrorCode.RoomNotFound, "no room", new() { EnterRoom = new EnterRoom { Slug = slug } });
        yield return new("Subscribe.market_ids", ErrorCode.MarketNotFound, "No market has", new() { Subscribe = new Subscribe { MarketIds = { ids.OtherRoomsMarket }, Channels = { Channel.Book } } });
        yield return new("Subscribe.market_ids", ErrorCode.InvalidField, "1,000", new() { Subscribe = new Subscribe { MarketIds = { Enumerable.Repeat(1UL, 1_001) }, Channels = { Channel.Book } } });
        yield return new("Subscribe.all", ErrorCode.InvalidField, "Give either", new() { Subscribe = new Subscribe { Channels = { Channel.Book } } });
        yield return new("Subscribe.channels", ErrorCode.InvalidField, "channels is empty", new() { Subscribe = new Subscribe { All = true } });
        foreach (int channel in s_unknownEnumValues.Prepend(0))
            yield return new("Subscribe.channels", ErrorCode.InvalidField, "BOOK, TRADES or TICKER", new() { Subscribe = new Subscribe { All = true, Channels = { (Channel)channel } } });
        yield return new("Unsubscribe.market_ids", ErrorCode.MarketNotFound, "No market has", new() { Unsubscribe = new Unsubscribe { MarketIds = { Nothing }, Channels = { Channel.Book } } });
        yield return new("Unsubscribe.all", ErrorCode.InvalidField, "Give either", new() { Unsubscribe = new Unsubscribe { Channels = { Channel.Book } } });
        yield return new("Unsubscribe.channels", ErrorCode.InvalidField, "channels is empty", new() { Unsubscribe = new Unsubscribe { All = true } });
    }
}
