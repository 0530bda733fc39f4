using Exchange.Storage;
using Microsoft.Data.Sqlite;

namespace Exchange.Benchmarks.Load;

/// <summary>Compares what a server left on disk with what its clients were told.</summary>
internal static class FinalState
{
    public static void Check(
        Report report, string run, Database database, IReadOnlyList<Bot> bots, IReadOnlyList<Client> listeners)
    {
        foreach (string problem in Verifier.Verify(database))
            report.Problem($"{run}: {problem}");
        using SqliteConnection connection = database.ConnectReadOnly();
        foreach (Bot bot in bots)
            CheckBot(report, run, connection, bot);

        // Everyone hears of an order when it joins the book, and of each later change.
        long bookChanges = connection.Get<long>(
            """SELECT (SELECT count(*) FROM "order" WHERE placed_remaining > 0) + (SELECT count(*) FROM order_change)""");
        long trades = connection.Get<long>("SELECT count(*) FROM trade");
        foreach (Client listener in listeners.Where(l => l.Resynchronizations == 0))
        {
            if (listener.BookChanges != bookChanges || listener.Trades != trades)
            {
                report.Problem(
                    $"{run}: a listener heard of {listener.BookChanges:#,0} book changes and {listener.Trades:#,0} trades; "
                    + $"on disk are {bookChanges:#,0} and {trades:#,0}.");
            }
        }
    }

    private static void CheckBot(Report report, string run, SqliteConnection connection, Bot bot)
    {
        long cash = connection.Get<long>($"SELECT cash FROM account WHERE id = {bot.AccountId}");
        long position = connection.Get<long>(
            $"SELECT coalesce(sum(quantity), 0) FROM position WHERE account_id = {bot.AccountId}");
        if (cash != bot.Cash || position != bot.Position)
        {
            report.Problem($"{run}: account {bot.AccountId} was told of cash {bot.Cash} and position {bot.Position}; "
                + $"on disk are {cash} and {position}.");
        }
        var onDisk = new List<(long, long, long)>();
        Loader.Each(connection, $"""SELECT id, price, remaining FROM "order" WHERE status = 1 AND account_id = {bot.AccountId}""",
            r => onDisk.Add((r.GetInt64(0), r.GetInt64(1), r.GetInt64(2))));
        if (!onDisk.Order().SequenceEqual(bot.Live.All.Select(o => (o.Id, (long)o.Price, o.Remaining)).Order()))
            report.Problem($"{run}: account {bot.AccountId} knows {bot.Live.Count} live orders; on disk are {onDisk.Count}, or others.");
    }
}
