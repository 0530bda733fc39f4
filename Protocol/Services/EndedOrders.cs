using System.Collections.Concurrent;
using Exchange.Markets;

namespace Exchange.Protocol;

/// <summary>
/// Gives the market thread, before an account's first order with a client order id, those of its orders that ended before the
/// exchange started, so that sending an order again is safe across a restart. Only accounts that use such ids cost this.
/// </summary>
/// <param name="load">Reads them from disk, oldest first.</param>
/// <param name="inbox">The market thread's.</param>
public sealed class EndedOrders(Func<long, OrderState[]> load, ICommandInbox inbox)
{
    private readonly ConcurrentDictionary<long, Lazy<Task>> _accounts = new();

    /// <summary>Ends when every command submitted after it will find them known.</summary>
    public Task EnsureKnownAsync(long accountId)
    {
        Lazy<Task> known = _accounts.GetOrAdd(accountId, id => new Lazy<Task>(() => LoadAsync(id)));
        if (known.IsValueCreated && known.Value.IsFaulted)
            _accounts.TryRemove(accountId, out _); // The next order tries again.
        return known.Value;
    }

    private async Task LoadAsync(long accountId)
    {
        OrderState[] ended = await Task.Run(() => load(accountId));
        if (ended.Length == 0)
            return;
        var remember = new Command { Kind = CommandKind.RememberOrders, AccountId = accountId, Details = new RememberedOrders(ended) };
        // Once it is stopping it takes nothing any more, the order that waits for this neither: that is refused with its reason.
        while (!inbox.TrySubmit(in remember) && !inbox.IsStopping)
            await Task.Delay(10);
    }
}
