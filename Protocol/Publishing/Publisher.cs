using System.Runtime.CompilerServices;
using Exchange.Markets;
using Google.Protobuf;

namespace Exchange.Protocol;

/// <summary>
/// Turns what is on disk into encoded events in the outbox: each once, whoever listens. Then wakes the sessions.
/// </summary>
/// <remarks>Called by the writer thread after each commit; the tickers' timer takes turns with it.</remarks>
public sealed partial class Publisher
{
    private readonly Outbox _outbox;
    private readonly Sessions _sessions;
    private readonly TickerBoard _tickers;
    private readonly TradeCounts _tradeCounts = new();
    private readonly Lock _lock = new();

    // Reused for each event, so that encoding allocates nothing.
    private readonly V1.ServerMessage _message = new();
    private readonly V1.OrderChanged _orderChanged = new() { Order = new V1.Order() };
    private readonly V1.BookChanged _bookChanged = new();
    private readonly V1.Traded _traded = new() { Trade = new V1.Trade() };
    private readonly V1.PortfolioChanged _portfolioChanged = new();
    private readonly V1.Position _position = new();
    private readonly Stack<V1.Fill> _spareFills = new();

    // Shared snapshots are encoded once for all who get them.
    private readonly ConditionalWeakTable<object, byte[]> _encoded = [];

    // Their state at the event that is being published.
    private readonly Dictionary<long, MarketInfo> _markets = [];
    private readonly Dictionary<long, RoomInfo> _rooms = [];

    /// <param name="rooms">The rooms at the start.</param>
    /// <param name="markets">Likewise.</param>
    public Publisher(Outbox outbox, Sessions sessions, TickerBoard tickers, IEnumerable<RoomInfo> rooms, IEnumerable<MarketInfo> markets)
    {
        foreach (RoomInfo room in rooms)
            _rooms.Add(room.RoomId, room);
        foreach (MarketInfo market in markets)
            _markets.Add(market.MarketId, market);
        _outbox = outbox;
        _sessions = sessions;
        _tickers = tickers;
    }

    /// <summary>Tells a batch that is on disk.</summary>
    public void Publish(CommitBatch batch)
    {
        lock (_lock)
        {
            foreach (ref readonly AppliedCommand command in batch.Commands)
                Publish(batch, in command);
            _tickers.Update(batch);
            PublishTickers(batch.LastSequence, batch.LastTimeUs);
            _outbox.Flush();
        }
        foreach (ref readonly AppliedCommand command in batch.Commands)
        {
            if (command.Origin.Session != 0)
                _sessions.Wake(command.Origin.Session);
        }
        _sessions.WakeAllSoon();
    }

    /// <summary>Tells tickers that changed and have waited their turn. Called by a timer.</summary>
    public void PublishDueTickers(long nowUs)
    {
        lock (_lock)
        {
            if (!PublishTickers(_outbox.LastSequence, nowUs))
                return;
            _outbox.Flush();
        }
        _sessions.WakeAllSoon();
    }

    /// <summary>Forgets what was traded in the last 24 hours, to have it read anew.</summary>
    /// <returns>The sequence up to which it must be; later trades are taken in as they come.</returns>
    public long ForgetTraded()
    {
        lock (_lock)
        {
            _tickers.ForgetTraded();
            return _outbox.LastSequence;
        }
    }

    /// <summary>Takes in how often each account had traded before the start.</summary>
    public void RestoreTradeCounts(IEnumerable<(long AccountId, long Trades)> counts)
    {
        lock (_lock)
        {
            foreach ((long accountId, long trades) in counts)
                _tradeCounts.Add(accountId, trades);
        }
    }

    /// <summary>Takes in trades read from disk, from before those that came since. Oldest first for each market.</summary>
    public void RestoreTickers(IEnumerable<(long MarketId, long MinuteUs, Price FirstPrice, Price LastPrice, Quantity Quantity)> minutes)
    {
        lock (_lock)
        {
            foreach ((long marketId, long minuteUs, Price firstPrice, Price lastPrice, Quantity quantity) in minutes)
                _tickers.Restore(marketId, minuteUs, firstPrice, lastPrice, quantity);
        }
    }

    private void Publish(CommitBatch batch, in AppliedCommand command)
    {
        foreach (EventRef e in batch.Events.Slice(command.FirstEvent, command.EventCount))
        {
            switch (e.Kind)
            {
                case EventKind.OrderChanged:
                case EventKind.OrderExisting:
                    PublishOrder(batch, in batch.OrderChanges[e.Index], e, in command);
                    break;
                case EventKind.Traded:
                    PublishTrade(in batch.Trades[e.Index], in command);
                    break;
                case EventKind.PortfolioChanged:
                    PublishPortfolio(in batch.PortfolioChanges[e.Index], in command);
                    break;
                case EventKind.Refused:
                    PublishRefusal(in batch.Refusals[e.Index], in command);
                    break;
                case EventKind.OrdersCancelled:
                    _message.OrdersCancelled = new V1.OrdersCancelled { Count = (uint)e.Index };
                    Add(Audience.Session, command.Origin.Session, in command, answer: true);
                    break;
                case EventKind.Record:
                    PublishRecord(batch.Records[e.Index], e, in command);
                    break;
            }
        }
        // This comes after all events, so that no frame ends in the middle of them.
        if (command.Kind == CommandKind.ClaimCode && command.Changed)
            AddControl(new CodeClaimedControl(), in command);
    }

    private void PublishOrder(CommitBatch batch, in OrderChange change, EventRef e, in AppliedCommand command)
    {
        ref readonly OrderState state = ref change.State;
        bool existing = e.Kind == EventKind.OrderExisting;
        Translate.Fill(_orderChanged.Order, in state);
        _orderChanged.Existing = existing;
        foreach (V1.Fill fill in _orderChanged.Fills)
            _spareFills.Push(fill);
        _orderChanged.Fills.Clear();
        foreach (ref readonly Trade trade in batch.Trades.Slice(change.FirstFill, change.FillCount))
        {
            V1.Fill fill = _spareFills.TryPop(out V1.Fill? spare) ? spare : new V1.Fill();
            fill.TradeId = (ulong)trade.TradeId;
            fill.Price = trade.Price.Hundredths;
            fill.Quantity = (uint)trade.Quantity.Hundredths;
            _orderChanged.Fills.Add(fill);
        }
        _message.OrderChanged = _orderChanged;
        if (existing)
            Add(Audience.Session, command.Origin.Session, in command, answer: true);
        else
            Add(Audience.Account, state.AccountId, in command, e.IsAnswer);

        if (!change.InBook)
            return;
        _bookChanged.MarketId = (ulong)state.MarketId;
        _bookChanged.OrderId = (ulong)state.OrderId;
        _bookChanged.Side = (V1.Side)state.Side;
        _bookChanged.Price = state.Price.Hundredths;
        _bookChanged.Remaining = (uint)state.Remaining.Hundredths;
        _bookChanged.AccountId = (ulong)state.AccountId;
        _message.BookChanged = _bookChanged;
        MarketInfo market = _markets[state.MarketId];
        if (!market.IsAnonymous)
        {
            AddOfMarket(Audience.Book, market, Visibility.All, in command);
            return;
        }
        AddOfMarket(Audience.Book, market, Visibility.Elevated, in command);
        _bookChanged.AccountId = 0;
        AddOfMarket(Audience.Book, market, Visibility.Public, in command);
    }

    private void PublishTrade(in Trade trade, in AppliedCommand command)
    {
        _tradeCounts.Count(in trade);
        Translate.Fill(_traded.Trade, in trade);
        _message.Traded = _traded;
        MarketInfo market = _markets[trade.MarketId];
        if (!market.IsAnonymous)
        {
            AddOfMarket(Audience.Trades, market, Visibility.All, in command);
            return;
        }
        AddOfMarket(Audience.Trades, market, Visibility.Elevated, in command);
        _traded.Trade.BuyerAccountId = _traded.Trade.SellerAccountId = 0;
        AddOfMarket(Audience.Trades, market, Visibility.Public, in command);
    }

    private void PublishRefusal(in Refusal refusal, in AppliedCommand command)
    {
        _message.RequestFailed = Translate.ToFailure(in refusal);
        _sessions.Traffic.CountRefusal(command.Origin.Session, _message.RequestFailed.Code);
        if (CommandPolicy.Of(command.Kind).AnswerUse == AnswerUse.None)
        {
            Add(Audience.Session, command.Origin.Session, in command, answer: true, refusal: true);
            return;
        }
        // Its session waits to know where it stands, or counts what it is still to be told.
        AddControl(new RefusedControl(command.Kind, refusal.Code, Encode(sequence: 0, command.TimeUs)), in command);
    }

    private void PublishPortfolio(in PortfolioChange change, in AppliedCommand command)
    {
        _portfolioChanged.AccountId = (ulong)change.AccountId;
        _portfolioChanged.Cash = change.Cash.TenThousandths;
        _portfolioChanged.Available = change.Available.TenThousandths;
        _portfolioChanged.Position = null;
        if (change.MarketId != 0)
        {
            _position.MarketId = (ulong)change.MarketId;
            _position.Quantity = change.Position.Hundredths;
            _position.Spent = change.Spent.TenThousandths;
            _position.SettledProfit = change.SettledProfit.TenThousandths;
            _position.OpenCost = change.OpenCost.TenThousandths;
            _portfolioChanged.Position = _position;
        }
        _message.PortfolioChanged = _portfolioChanged;
        Add(Audience.Account, change.AccountId, in command);
    }

    private byte[][] EncodeMarkets(Subscribed shown, in AppliedCommand command)
    {
        var bodies = new List<byte[]>();
        foreach (MarketSnapshot market in shown.Snapshots)
        {
            if (market.Book is { } book)
            {
                if (!_encoded.TryGetValue(book, out byte[]? encoded))
                {
                    _message.BookSnapshot = Translate.ToBook(book);
                    encoded = Encode(book.Sequence, command.TimeUs);
                    _encoded.Add(book, encoded);
                }
                bodies.Add(encoded);
            }
            if (market.Trades is { } trades)
            {
                if (!_encoded.TryGetValue(trades, out byte[]? encoded))
                {
                    _message.TradesSnapshot = Translate.ToTrades(trades);
                    encoded = Encode(trades.Sequence, command.TimeUs);
                    _encoded.Add(trades, encoded);
                }
                bodies.Add(encoded);
            }
            if (shown.Wanted.Views.HasFlag(MarketViews.Ticker) && _tickers.Find(market.MarketId, command.TimeUs) is { } ticker)
            {
                _message.TickerChanged = ticker;
                bodies.Add(Encode(command.Sequence, command.TimeUs));
            }
        }
        return [.. bodies];
    }

    private bool PublishTickers(long sequence, long nowUs)
    {
        bool any = false;
        while (_tickers.TakeDue(nowUs, out MarketTop top) is { } ticker)
        {
            _message.TickerChanged = ticker;
            _message.Sequence = (ulong)sequence;
            _message.TimeUs = nowUs;
            Add(new OutboxEntry
            {
                Audience = Audience.Ticker,
                AudienceId = top.MarketId,
                RoomId = top.RoomId,
                HiddenMarketId = top.IsHidden ? top.MarketId : 0,
                Sequence = sequence,
            });
            any = true;
        }
        return any;
    }

    private void Add(
        Audience audience, long audienceId, in AppliedCommand command, bool answer = false, bool refusal = false,
        long otherAccountId = 0, long hiddenMarketId = 0)
    {
        _message.Sequence = refusal ? 0 : (ulong)command.Sequence;
        _message.TimeUs = command.TimeUs;
        Add(new OutboxEntry
        {
            Audience = audience,
            AudienceId = audienceId,
            OtherAccountId = otherAccountId,
            HiddenMarketId = hiddenMarketId,
            Sequence = command.Sequence,
            AnswersSession = answer ? command.Origin.Session : 0,
            RequestId = answer ? command.Origin.RequestId : 0,
        });
    }

    private void AddOfMarket(Audience audience, MarketInfo market, Visibility visibility, in AppliedCommand command)
    {
        _message.Sequence = (ulong)command.Sequence;
        _message.TimeUs = command.TimeUs;
        Add(new OutboxEntry
        {
            Audience = audience,
            AudienceId = market.MarketId,
            RoomId = market.RoomId,
            HiddenMarketId = market.IsHidden ? market.MarketId : 0,
            Visibility = visibility,
            Sequence = command.Sequence,
        });
    }

    private void Add(OutboxEntry entry)
    {
        entry.Length = _message.CalculateSize();
        _message.WriteTo(_outbox.Reserve(ref entry));
        _outbox.Publish(in entry);
    }

    /// <summary>Adds what the command's session is to act on.</summary>
    private void AddControl(SessionControl control, in AppliedCommand command) => AddControl(control, new OutboxEntry
    {
        Audience = Audience.Session,
        AudienceId = command.Origin.Session,
        Sequence = command.Sequence,
        AnswersSession = command.Origin.Session,
        RequestId = command.Origin.RequestId,
    });

    private void AddControl(SessionControl control, OutboxEntry entry)
    {
        entry.Control = control;
        _outbox.Reserve(ref entry);
        _outbox.Publish(in entry);
    }

    private byte[] Encode(long sequence, long timeUs)
    {
        _message.Sequence = (ulong)sequence;
        _message.TimeUs = timeUs;
        return _message.ToByteArray();
    }
}
