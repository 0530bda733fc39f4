using System.Runtime.CompilerServices;
using Exchange.Markets;
using Google.Protobuf;

namespace Exchange.Protocol;

/// <summary>A user was shown a room: its session is in, or back in step. The bodies are encoded ServerMessages.</summary>
internal sealed record RoomShownControl(RoomShown Shown, byte[][] Bodies);

/// <summary>Snapshots a session asked for; what it wanted is in force from here.</summary>
internal sealed record MarketsShownControl(MarketsShown Shown, byte[][] Bodies);

/// <summary>
/// Turns what is on disk into encoded events in the outbox: each once, whoever listens. Then wakes the sessions.
/// </summary>
/// <remarks>Called by the writer thread after each commit; the tickers' timer takes turns with it.</remarks>
public sealed class Publisher
{
    private readonly Outbox _outbox;
    private readonly Sessions _sessions;
    private readonly TickerBoard _tickers;
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

    public Publisher(Outbox outbox, Sessions sessions, TickerBoard tickers)
    {
        _outbox = outbox;
        _sessions = sessions;
        _tickers = tickers;
    }

    /// <summary>Tells a batch that is on disk.</summary>
    public void Publish(Batch batch)
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

    /// <summary>Takes in trades from before the start, read beside it. Oldest first for each market.</summary>
    public void RestoreTickers(IEnumerable<(long MarketId, long MinuteUs, Price FirstPrice, Price LastPrice, Quantity Quantity)> minutes)
    {
        lock (_lock)
        {
            foreach ((long marketId, long minuteUs, Price firstPrice, Price lastPrice, Quantity quantity) in minutes)
                _tickers.Restore(marketId, minuteUs, firstPrice, lastPrice, quantity);
        }
    }

    private void Publish(Batch batch, in AppliedCommand command)
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
                    ref readonly Trade trade = ref batch.Trades[e.Index];
                    Translate.Fill(_traded.Trade, in trade);
                    _message.Traded = _traded;
                    Add(Audience.Trades, trade.MarketId, in command);
                    break;
                case EventKind.PortfolioChanged:
                    PublishPortfolio(in batch.PortfolioChanges[e.Index], in command);
                    break;
                case EventKind.Refused:
                    _message.RequestFailed = Translate.ToFailure(in batch.Refusals[e.Index]);
                    Add(Audience.Session, command.Origin.Session, in command, answer: true, refusal: true);
                    break;
                case EventKind.OrdersCancelled:
                    _message.OrdersCancelled = new V1.OrdersCancelled { Count = (uint)e.Index };
                    Add(Audience.Session, command.Origin.Session, in command, answer: true);
                    break;
                case EventKind.Other:
                    PublishOther(batch.Others[e.Index], e, in command);
                    break;
            }
        }
    }

    private void PublishOrder(Batch batch, in OrderChange change, EventRef e, in AppliedCommand command)
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
        Add(Audience.Book, state.MarketId, in command);
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
            _portfolioChanged.Position = _position;
        }
        _message.PortfolioChanged = _portfolioChanged;
        Add(Audience.Account, change.AccountId, in command);
    }

    private void PublishOther(object record, EventRef e, in AppliedCommand command)
    {
        switch (record)
        {
            case AccountOpened { Account: var account }:
                _message.AccountChanged = new V1.AccountChanged { Account = Translate.ToAccount(account) };
                Add(Audience.Room, account.RoomId, in command);
                break;
            case MarketChanged { Market: var market }:
                _message.MarketChanged = new V1.MarketChanged { Market = Translate.ToMarket(market) };
                Add(Audience.Room, market.RoomId, in command, e.IsAnswer);
                break;
            case RoomShown shown:
                AddControl(new RoomShownControl(shown, EncodeRoom(shown, in command)), in command);
                break;
            case MarketsShown shown:
                AddControl(new MarketsShownControl(shown, EncodeMarkets(shown, in command)), in command);
                break;
        }
    }

    private byte[][] EncodeRoom(RoomShown shown, in AppliedCommand command)
    {
        var bodies = new List<byte[]>();
        if (!_encoded.TryGetValue(shown.Directory, out byte[]? directory))
        {
            var room = new V1.RoomSnapshot { Room = Translate.ToRoom(shown.Directory.Room, V1.Role.Trader) };
            room.Accounts.AddRange(shown.Directory.Accounts.Select(Translate.ToAccount));
            room.Markets.AddRange(shown.Directory.Markets.Select(Translate.ToMarket));
            _message.RoomSnapshot = room;
            directory = Encode(command.Sequence, command.TimeUs);
            _encoded.Add(shown.Directory, directory);
        }
        bodies.Add(directory);
        foreach (Portfolio portfolio in shown.Portfolios)
        {
            _message.PortfolioSnapshot = Translate.ToPortfolio(portfolio);
            bodies.Add(Encode(command.Sequence, command.TimeUs));
        }
        return [.. bodies];
    }

    private byte[][] EncodeMarkets(MarketsShown shown, in AppliedCommand command)
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
        while (_tickers.TakeDue(nowUs) is { } ticker)
        {
            _message.TickerChanged = ticker;
            _message.Sequence = (ulong)sequence;
            _message.TimeUs = nowUs;
            Add(new OutboxEntry { Audience = Audience.Ticker, AudienceId = (long)ticker.MarketId, Sequence = sequence });
            any = true;
        }
        return any;
    }

    private void Add(Audience audience, long audienceId, in AppliedCommand command, bool answer = false, bool refusal = false)
    {
        _message.Sequence = refusal ? 0 : (ulong)command.Sequence;
        _message.TimeUs = command.TimeUs;
        Add(new OutboxEntry
        {
            Audience = audience,
            AudienceId = audienceId,
            Sequence = command.Sequence,
            AnswersSession = answer ? command.Origin.Session : 0,
            RequestId = answer ? command.Origin.RequestId : 0,
        });
    }

    private void Add(OutboxEntry entry)
    {
        entry.Length = _message.CalculateSize();
        _message.WriteTo(_outbox.Reserve(ref entry));
        _outbox.Publish(in entry);
    }

    private void AddControl(object control, in AppliedCommand command)
    {
        var entry = new OutboxEntry
        {
            Audience = Audience.Session,
            AudienceId = command.Origin.Session,
            Sequence = command.Sequence,
            AnswersSession = command.Origin.Session,
            RequestId = command.Origin.RequestId,
            Control = control,
        };
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
