using Exchange.Markets;

namespace Exchange.Tests.Markets;

// Orders, and what turns positions into others.
internal sealed partial class CommandGenerator
{
    private string? ClientId() => _random.Next(10) switch
    {
        < 6 => null,
        < 8 => $"c{_random.Next(20)}",
        _ => $"unique-{_step}",
    };

    private Command Place(CommandKind kind)
    {
        Command command = By(kind);
        if (OneIn(12))
            command.UserId = 0;
        FillOrder(ref command);
        if (OneIn(2))
            SendAgain(ref command);
        return command;
    }

    private void FillOrder(ref Command command)
    {
        command.MarketId = Market(Named(command));
        MarketInfo? market = MarketInfo(command.MarketId);
        command.TimeInForce = _random.Next(20) switch
        {
            < 12 => TimeInForce.GoodTillCancelled,
            < 15 => TimeInForce.GoodTillTime,
            < 18 => TimeInForce.ImmediateOrCancel,
            _ => TimeInForce.FillOrKill,
        };
        bool rests = command.TimeInForce is TimeInForce.GoodTillCancelled or TimeInForce.GoodTillTime;
        command.Side = AnySide();
        command.PostOnly = OneIn(rests ? 8 : 30);
        command.CancelOnDisconnect = OneIn(5);
        command.HasPrice = rests ? !OneIn(50) : !OneIn(3);
        command.Price = PriceIn(market);
        command.HasQuantity = true;
        command.Quantity = QuantityIn(market);
        command.ClientOrderId = ClientId();
        if (command.TimeInForce == TimeInForce.GoodTillTime ? !OneIn(30) : OneIn(60))
        {
            command.ExpiresTimeUs = _random.Next(40) switch
            {
                < 2 => _random.Next(-5, 5),
                2 => Any([long.MinValue, long.MaxValue, _nowUs + Times.MostAheadUs + _random.Next(2)]),
                _ => _nowUs + _random.NextInt64(1, OneIn(2) ? 8_000 : 3_000_000),
            };
        }
        long position = (long)State.HoldingOf(command.AccountId, command.MarketId).Position;
        command.ReduceOnly = OneIn(position == 0 ? 60 : 5);
        if (position != 0 && (command.ReduceOnly || OneIn(4)))
        {
            command.Side = position > 0 ? Side.Sell : Side.Buy;
            if (!OneIn(4))
                command.Quantity = new Quantity(_random.NextInt64(1, Math.Min(Math.Abs(position), 100_000_000) + (OneIn(4) ? 10 : 1)));
        }
    }

    /// <summary>If the client order id is known already: the same order again, or with one thing changed.</summary>
    private void SendAgain(ref Command command)
    {
        if (command.ClientOrderId is null || _known.FindByClientId(command.AccountId, command.ClientOrderId) is not { } first)
            return;
        command.MarketId = first.MarketId;
        command.Side = first.Side;
        command.Price = new Price(first.PlacedPrice);
        command.HasPrice = true;
        command.Quantity = new Quantity(first.PlacedQuantity);
        command.TimeInForce = first.TimeInForce;
        command.ExpiresTimeUs = first.ExpiresTimeUs;
        command.PostOnly = first.PostOnly;
        command.ReduceOnly = first.ReduceOnly;
        switch (_random.Next(16))
        {
            case 0:
                command.Side = first.Side == Side.Buy ? Side.Sell : Side.Buy;
                break;
            case 1:
                command.Price = new Price(first.Price + _random.Next(2));
                break;
            case 2:
                command.Quantity = new Quantity(first.Quantity + _random.Next(2));
                break;
            case 3:
                command.HasPrice = false;
                break;
            case 4:
                command.PostOnly = !first.PostOnly;
                break;
            case 5:
                command.ReduceOnly = !first.ReduceOnly;
                break;
            case 6:
                command.ExpiresTimeUs++;
                break;
            case 7:
                command.MarketId = Market(Named(command));
                break;
            case 8:
                command.TimeInForce = Any(Enum.GetValues<TimeInForce>());
                break;
        }
    }

    /// <summary>Near the middle of the range most times, so that orders meet.</summary>
    private Price PriceIn(MarketInfo? market)
    {
        if (market is null)
            return new Price(_random.Next(100));
        long min = market.Min.Hundredths, max = market.Max.Hundredths, tick = market.TickHundredths;
        long middle = (min + max) / 2 / tick * tick;
        long price = _random.Next(100) switch
        {
            < 4 => min,
            < 8 => max,
            < 11 => middle + 1,
            < 13 => max + tick,
            < 15 => min - tick,
            < 16 => OneIn(2) ? int.MinValue : int.MaxValue,
            _ => Math.Clamp(middle + (_random.Next(-4, 5) * tick), min, max),
        };
        return new Price((int)price);
    }

    /// <summary>About what an account can pay, often somewhat more.</summary>
    private Quantity QuantityIn(MarketInfo? market)
    {
        long range = market is null ? 100 : (long)market.Max.Hundredths - market.Min.Hundredths;
        long affordable = _room.OpeningBalance.TenThousandths / range;
        long quantity = _random.Next(100) switch
        {
            < 1 => 0,
            < 2 => -_random.Next(1, 1000),
            < 3 => 100_000_001,
            < 4 => OneIn(2) ? long.MinValue : long.MaxValue,
            < 8 => 100_000_000,
            < 25 => 100 * _random.Next(1, 6),
            < 35 => _random.Next(1, 4),
            < 45 => _random.NextInt64(1, Math.Clamp(affordable * 2, 3, 100_000_001)),
            _ => _random.NextInt64(1, Math.Clamp(affordable / 4, 3, 100_000_001)),
        };
        return new Quantity(quantity);
    }

    private Command Replace()
    {
        Command command = Name(CommandKind.ReplaceOrder);
        FillReplace(ref command);
        return command;
    }

    private void FillReplace(ref Command command)
    {
        long id = command.OrderId;
        NaiveOrder? order = State.Live.FirstOrDefault(o => o.Id == id);
        MarketInfo? market = order is null ? null : MarketInfo(order.MarketId);
        command.HasPrice = OneIn(2);
        command.HasQuantity = OneIn(2);
        command.Price = order is null || OneIn(2) ? PriceIn(market) : new Price(order.Price);
        command.Quantity = order is null || OneIn(2) ? QuantityIn(market) : new Quantity(_random.NextInt64(0, order.Quantity + 2));
    }

    private Command Cancel() => Name(CommandKind.CancelOrder);

    /// <summary>Names a live order of the account's; or another's, an ended one, one that never was.</summary>
    private Command Name(CommandKind kind)
    {
        NaiveOrder? order = State.Live.Count > 0 ? Any(State.Live) : null;
        if (order is null || OneIn(8))
            return By(kind) with { OrderId = OneIn(2) ? order?.Id ?? _step : _random.Next(-1, _step) };
        var command = new Command
        {
            Kind = kind, AccountId = order.AccountId, RoomId = State.Account(order.AccountId).RoomId, UserId = UserFor(order.AccountId),
        };
        NameOrder(ref command, order);
        return command;
    }

    private void NameOrder(ref Command command, NaiveOrder? order)
    {
        int choice = _random.Next(20);
        if (choice < 4)
            command.ClientOrderId = OneIn(2) ? $"c{_random.Next(20)}" : order?.ClientOrderId;
        else if (choice == 4)
            command.OrderId = _random.Next(-1, _step);
        else
            command.OrderId = order?.Id ?? _step;
    }

    private Command CancelMany()
    {
        Command command = By(CommandKind.CancelOrders);
        command.MarketId = OneIn(3) ? 0 : Market(Named(command));
        command.Side = OneIn(2) ? 0 : AnySide();
        return command;
    }

    private Command OrderBatch()
    {
        Command batch = By(CommandKind.OrderBatch);
        if (OneIn(12))
            batch.UserId = 0;
        int count = OneIn(15) ? Any([0, 101]) : _random.Next(1, 7);
        var items = new BatchRequest[count];
        for (int i = 0; i < count; i++)
        {
            Command item = batch with { Kind = (CommandKind)_random.Next((int)CommandKind.PlaceOrder, (int)CommandKind.CancelOrder + 1) };
            List<NaiveOrder> own = [.. State.Live.Where(o => o.AccountId == batch.AccountId)];
            if (item.Kind == CommandKind.PlaceOrder || (own.Count == 0 && !OneIn(6)))
            {
                item.Kind = CommandKind.PlaceOrder;
                FillOrder(ref item);
                long before = i > 0 ? items[i - 1].Command.OrderId : 0;
                if (i > 0 && OneIn(4))
                    item.ClientOrderId = items[i - 1].Command.ClientOrderId ?? State.Live.FirstOrDefault(o => o.Id == before)?.ClientOrderId;
                if (OneIn(2))
                    SendAgain(ref item);
            }
            else
            {
                NameOrder(ref item, own.Count == 0 ? null : Any(own));
                if (item.Kind == CommandKind.ReplaceOrder)
                    FillReplace(ref item);
            }
            items[i] = new BatchRequest(item, OneIn(25) ? "side: something is wrong with it." : null);
        }
        batch.Details = new OrderBatchTerms(items);
        return batch;
    }

    private Command SetCancelAfter() => By(CommandKind.SetCancelAfter) with
    {
        TimeoutUs = _random.Next(6) switch
        {
            0 => 0,
            1 => Any([-1, 999_999, 86_400_000_001, long.MinValue, long.MaxValue]),
            _ => _random.NextInt64(1_000_000, 4_000_000),
        },
    };

    private Command Convert()
    {
        Command command = By(CommandKind.ConvertBasket);
        long roomId = Named(command);
        List<MarketInfo> baskets = [.. State.Markets.Where(m => m.Derivation is Basket && m.RoomId == roomId)];
        List<MarketInfo> open = [.. baskets.Where(m => m.Status == MarketStatus.Open)];
        command.MarketId = baskets.Count == 0 || OneIn(15) ? Market(roomId) : Any(open.Count > 0 && !OneIn(8) ? open : baskets).MarketId;
        command.Direction = OneIn(2) ? ConversionDirection.Create : ConversionDirection.Redeem;
        command.HasQuantity = true;
        command.Quantity = OneIn(2) ? new Quantity(_random.Next(1, 300)) : QuantityIn(MarketInfo(command.MarketId));
        return command;
    }

    private Command Exercise()
    {
        Command command = By(CommandKind.ExerciseOption);
        var held = State.Holdings
            .Where(h => h.Value.Position > 0 && State.Market(h.Key.MarketId) is { Derivation: Option, Status: not MarketStatus.Settled })
            .OrderBy(h => h.Key).ToList();
        command.MarketId = Market(Named(command));
        Int128 position = 3;
        if (held.Count > 0 && !OneIn(6))
        {
            ((command.AccountId, command.MarketId), NaiveHolding holding) = Any(held);
            position = holding.Position;
            command.UserId = UserFor(command.AccountId);
            command.RoomId = State.Account(command.AccountId).RoomId;
        }
        command.HasQuantity = true;
        command.Quantity = new Quantity(_random.Next(12) switch
        {
            0 => 0,
            1 => (long)position + 1,
            2 => Any([-1, long.MinValue, long.MaxValue]),
            < 6 => (long)position,
            _ => _random.NextInt64(1, (long)position + 1),
        });
        return command;
    }
}
