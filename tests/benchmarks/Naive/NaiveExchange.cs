using Exchange.Markets;
using Exchange.Protocol;
using Exchange.Storage;
using V1 = Exchange.Protocol.V1;

namespace Exchange.Benchmarks.Naive;

/// <summary>The lock, the venue, the transaction for each command, and the loop over all listeners.</summary>
internal sealed class NaiveExchange(Venue venue, WalWriter writer) : IDisposable
{
    // Held while telling too: else listeners would hear of commands in another order than they were carried out in.
    private readonly SemaphoreSlim _lock = new(1);
    private readonly List<NaiveSession> _sessions = [];
    private readonly CommitBatch _batch = new();
    private long _batchNumber;

    public Task OpenAsync(RoomTerms terms) => venue.HasMainRoom
        ? Task.CompletedTask
        : ApplyAsync(new Command { Kind = CommandKind.OpenRoom, Details = terms }, by: null);

    public async Task ApplyAsync(Command command, NaiveSession? by)
    {
        await _lock.WaitAsync();
        try
        {
            _batch.Begin(++_batchNumber);
            venue.Apply(in command, Moment.At((DateTimeOffset.UtcNow - DateTimeOffset.UnixEpoch).Ticks / 10), _batch);
            venue.Seal(_batch);
            writer.Write(_batch);
            if (command.Kind == CommandKind.EnterUser)
                _sessions.Add(by!);
            AppliedCommand applied = _batch.Commands[0];
            for (int i = 0; i < _batch.Events.Length; i++)
                await TellAsync(_batch.Events[i], applied, command.Origin.RequestId, by);
        }
        finally
        {
            _lock.Release();
        }
    }

    public void Remove(NaiveSession session)
    {
        _lock.Wait();
        _sessions.Remove(session);
        _lock.Release();
    }

    private async Task TellAsync(EventRef e, AppliedCommand command, ulong requestId, NaiveSession? by)
    {
        switch (e.Kind)
        {
            case EventKind.OrderChanged:
                OrderChange change = _batch.OrderChanges[e.Index];
                foreach (NaiveSession session in _sessions.Where(s => s.AccountId == change.State.AccountId))
                    await session.SendAsync(Stamp(NaiveMessages.OfOrder(_batch, change), command, e.IsAnswer && session == by ? requestId : 0));
                foreach (NaiveSession session in _sessions.Where(s => s.HearsBook && change.InBook))
                    await session.SendAsync(Stamp(NaiveMessages.OfBook(change.State), command, 0));
                break;
            case EventKind.Traded:
                foreach (NaiveSession session in _sessions.Where(s => s.HearsTrades))
                    await session.SendAsync(Stamp(NaiveMessages.OfTrade(_batch.Trades[e.Index]), command, 0));
                break;
            case EventKind.PortfolioChanged:
                PortfolioChange portfolio = _batch.PortfolioChanges[e.Index];
                foreach (NaiveSession session in _sessions.Where(s => s.AccountId == portfolio.AccountId))
                    await session.SendAsync(Stamp(NaiveMessages.OfPortfolio(portfolio), command, 0));
                break;
            case EventKind.Refused:
                var failure = new V1.ServerMessage { RequestFailed = Translate.ToFailure(_batch.Refusals[e.Index]) };
                await by!.SendAsync(Stamp(failure, command, requestId));
                break;
            case EventKind.Record:
                await TellOtherAsync(_batch.Records[e.Index], command, requestId, by);
                break;
        }
    }

    private async Task TellOtherAsync(VenueEvent record, AppliedCommand command, ulong requestId, NaiveSession? by)
    {
        switch (record)
        {
            case AccountOpened { Account: var account }:
                foreach (NaiveSession session in _sessions.Where(s => s.IsIn))
                    await session.SendAsync(Stamp(new V1.ServerMessage { AccountChanged = new() { Account = Translate.ToAccount(account) } }, command, 0));
                break;
            case MarketChanged { Market: var market }:
                foreach (NaiveSession session in _sessions.Where(s => s.IsIn))
                    await session.SendAsync(Stamp(new V1.ServerMessage { MarketChanged = new() { Market = Translate.ToMarket(market) } }, command, session == by ? requestId : 0));
                break;
            case RoomView shown:
                foreach (V1.ServerMessage message in by!.Enter(shown, requestId))
                    await by.SendAsync(Stamp(message, command, message.RequestId));
                break;
            case Subscribed shown:
                foreach (V1.ServerMessage message in by!.Show(shown, requestId))
                    await by.SendAsync(Stamp(message, command, message.RequestId));
                break;
        }
    }

    private static V1.ServerMessage Stamp(V1.ServerMessage message, AppliedCommand command, ulong requestId)
    {
        message.RequestId = requestId;
        message.Sequence = (ulong)command.Sequence;
        message.TimeUs = command.TimeUs;
        return message;
    }

    public void Dispose() => _lock.Dispose();
}
