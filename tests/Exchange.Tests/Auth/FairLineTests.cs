using System.Collections.Concurrent;
using Exchange.Auth;

namespace Exchange.Tests.Auth;

public sealed class FairLineTests
{
    private readonly ConcurrentQueue<string> _done = new();
    private readonly ManualResetEventSlim _goOn = new();

    [Fact]
    public async Task Parties_take_turns_and_work_is_done_one_at_a_time()
    {
        var line = new FairLine(100);
        int atOnce = 0;
        Task<bool> Add(string party) => line.RunAsync(party, () =>
        {
            Assert.Equal(1, Interlocked.Increment(ref atOnce));
            _goOn.Wait();
            _done.Enqueue(party);
            Interlocked.Decrement(ref atOnce);
            return true;
        }, false, CancellationToken.None);

        // The first is at work before the others come.
        List<Task<bool>> all = [Add("a"), Add("a"), Add("a"), Add("a"), Add("b"), Add("c"), Add("b")];
        _goOn.Set();
        Assert.All(await Task.WhenAll(all), Assert.True);
        Assert.Equal("a a b c a b a", string.Join(' ', _done));
    }

    [Fact]
    public async Task Where_there_is_no_place_the_longest_party_gives_one_up()
    {
        var line = new FairLine(3);
        Task<bool> Add(string party) => line.RunAsync(party, () => { _goOn.Wait(); return true; }, false, CancellationToken.None);

        Task<bool>[] greedy = [Add("a"), Add("a"), Add("a"), Add("a")];
        Assert.False(await Add("a"));
        Task<bool> other = Add("b");
        Assert.False(await greedy[3]);
        Task<bool> third = Add("c");
        Assert.False(await greedy[2]);
        Assert.False(await Add("d"));
        _goOn.Set();
        Assert.All(await Task.WhenAll(greedy[0], greedy[1], other, third), Assert.True);
        Assert.True(await Add("d"));
    }

    [Fact]
    public async Task Who_gives_up_frees_the_place()
    {
        var line = new FairLine(1);
        Task<bool> Add(CancellationToken cancel) => line.RunAsync("a", () => { _goOn.Wait(); return true; }, false, cancel);

        using var cancel = new CancellationTokenSource();
        Task<bool> first = Add(CancellationToken.None), second = Add(cancel.Token);
        Assert.False(await Add(CancellationToken.None));
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => second);
        Task<bool> third = Add(CancellationToken.None);
        _goOn.Set();
        Assert.True(await first);
        Assert.True(await third);
        Assert.True(await Add(CancellationToken.None));
    }
}
