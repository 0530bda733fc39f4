using System.Diagnostics;
using System.Text;
using Exchange.Auth;

namespace Exchange.Hosting;

/// <summary>
/// `/metrics`: counts for whoever operates the exchange, in Prometheus' text format (version 0.0.4). How much is traded is not
/// everybody's business, and an address proves nothing, for a proxy on this machine looks like this machine: so they are told
/// where the setting `metrics` says, on a port of its own, and nowhere else.
/// </summary>
/// <param name="backups">Null: none are made.</param>
internal sealed class Metrics(RunningExchange exchange, ScheduledBackups? backups, TimeProvider time)
{
    private readonly DateTimeOffset _started = time.GetUtcNow();
    private long _foreignOrigins, _tooManyConnections;

    /// <summary>A handshake whose Origin may not connect.</summary>
    public void CountForeignOrigin() => Interlocked.Increment(ref _foreignOrigins);

    /// <summary>A connection beyond its address's limit.</summary>
    public void CountTooManyConnections() => Interlocked.Increment(ref _tooManyConnections);

    /// <summary>Answers on the port that is for this and nothing else.</summary>
    public Task ServeAsync(HttpContext context)
    {
        if (context.Request.Path != "/metrics" || !HttpMethods.IsGet(context.Request.Method))
            return AuthHttp.RefuseAsync(context, StatusCodes.Status404NotFound, "Nothing is served at this address.");
        context.Response.ContentType = "text/plain; version=0.0.4; charset=utf-8";
        return context.Response.WriteAsync(Write());
    }

    private string Write()
    {
        var text = new StringBuilder(2048);
        Pipeline pipeline = exchange.Pipeline;
        PipelineCounts counts = pipeline.Counts;
        Add("exchange_ready", "gauge", "1 while commands are taken; 0 when the writer has failed or the exchange is stopping.", pipeline.IsHealthy ? 1 : 0);
        Add("exchange_connections", "gauge", "Open WebSocket connections.", exchange.Sessions.Count);
        Add("exchange_sequence_total", "counter", "Commands that changed something since the database began.", exchange.Outbox.LastSequence);
        Add("exchange_events_total", "counter", "Events sent since the start.", exchange.Outbox.Tail);
        Add("exchange_commands_total", "counter", "Commands processed since the start, including refused ones and snapshots.", counts.Commands);
        Add("exchange_commits_total", "counter", "Commit batches written to disk.", counts.Commits);
        Add("exchange_commit_seconds_total", "counter", "Time spent on writing commit batches.", counts.CommitTime.TotalSeconds);
        Add("exchange_commit_seconds_max", "gauge", "The longest time that one commit batch took.", counts.LongestCommit.TotalSeconds);
        Add("exchange_log_pages", "gauge", "Pages of 4 KiB in the log of the database. The log starts again when all of it has been moved into the database.", exchange.LogPages);
        Add("exchange_log_moves_total", "counter", "How often the log was moved into the database; this happens once a second.", exchange.LogMoves);
        if (backups is not null)
        {
            Add("exchange_backups_total", "counter", "Backups made since the start.", backups.Made);
            Add("exchange_backup_failures_total", "counter", "Backups that failed since the start.", backups.Failed);
            Add("exchange_backup_time_seconds", "gauge", "Time of the last backup, in seconds since 1970; 0: none was made since the start.", backups.LastUs / 1e6);
        }
        Add("exchange_log_bytes", "gauge", "Size of the database's log (WAL).", HealthSource.SizeOf(exchange.DatabasePath + "-wal"));
        Add("exchange_checkpoint_age_seconds", "gauge", "Time since all of the log was in the database.", exchange.CheckpointAge.TotalSeconds);
        Prometheus.AddHistogram(
            text, "exchange_order_answer_seconds", "From an order's arrival until its answer, on disk, could be sent.", pipeline.Times.OrderAnswer);
        Prometheus.AddHistogram(text, "exchange_commit_duration_seconds", "Time a batch took to be put on disk.", pipeline.Times.Commit);
        Prometheus.AddHistogram(text, "exchange_batch_commands", "Commands in a batch that was put on disk.", pipeline.Times.BatchSize);
        Prometheus.AddHistogram(
            text, "exchange_fan_out_lag_seconds", "From an event's publication until a listener's socket took it.",
            exchange.Sessions.Traffic.FanOutLag);
        Prometheus.AddCounters(
            text, "exchange_refusals_total", "Requests refused, by code.", "code",
            exchange.Sessions.Traffic.Refusals().Select(r => (Prometheus.Label(r.Code.ToString()), r.Count)));
        Prometheus.AddCounters(
            text, "exchange_resyncs_total", "Listeners shown everything again, by reason.", "reason",
            exchange.Sessions.Traffic.Resyncs().Select(r => (Prometheus.Label(r.Reason.ToString()), r.Count)));
        Add("exchange_inbox_commands", "gauge", "Commands waiting for the market thread.", counts.Waiting);
        Add("exchange_overloaded_total", "counter", "Commands refused because the inbox was full.", counts.Overloaded);
        Add("exchange_handshakes_refused_foreign_origin_total", "counter", "Connections refused because the web page is from another origin.", Interlocked.Read(ref _foreignOrigins));
        Add("exchange_handshakes_refused_too_many_total", "counter", "Connections refused because their address has too many.", Interlocked.Read(ref _tooManyConnections));
        Add("process_start_time_seconds", "gauge", "Time of the start, in seconds since 1970.", (_started - DateTimeOffset.UnixEpoch).TotalSeconds);
        using var process = Process.GetCurrentProcess();
        Add("process_cpu_seconds_total", "counter", "Processor time, user and system.", process.TotalProcessorTime.TotalSeconds);
        Add("process_resident_memory_bytes", "gauge", "Memory in use.", process.WorkingSet64);
        Add("dotnet_gc_collections_total", "counter", "Garbage collections of every generation.", GC.CollectionCount(0));
        Add("dotnet_gc_pause_seconds_total", "counter", "Time for which all threads paused for garbage collections.", GC.GetTotalPauseDuration().TotalSeconds);
        Add("dotnet_gc_last_pause_seconds", "gauge", "Time of the last such pause.", LastPause().TotalSeconds);
        return text.ToString();

        void Add(string name, string type, string help, double value) => Prometheus.Add(text, name, type, help, value);
    }

    private static TimeSpan LastPause()
    {
        TimeSpan longest = TimeSpan.Zero;
        foreach (TimeSpan pause in GC.GetGCMemoryInfo(GCKind.Any).PauseDurations)
            longest = pause > longest ? pause : longest;
        return longest;
    }
}

/// <summary>A connection came in where /metrics is told.</summary>
/// <param name="IsLocal">Whether only this machine can connect there.</param>
internal sealed record MetricsConnection(bool IsLocal);
