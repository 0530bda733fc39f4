namespace Exchange.Hosting;

/// <summary>Warnings and errors, a line each on standard error. The framework's console logger starts slower than the exchange.</summary>
internal sealed class StderrLogger : ILoggerProvider, ILogger
{
    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Warning;

    public void Log<TState>(
        LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (!IsEnabled(logLevel))
            return;
        if (JsonLog.Current is { } json)
        {
            string text = formatter(state, exception) + (exception is null ? "" : $"\n{exception}");
            json.Event(logLevel == LogLevel.Warning ? "warning" : "error", "message", ("text", text));
            return;
        }
        Console.Error.WriteLine($"{DateTime.UtcNow:yyyy-MM-ddTHH:mm:ss.fffZ} {logLevel}: {formatter(state, exception)}");
        if (exception is not null)
            Console.Error.WriteLine(exception);
    }

    public void Dispose()
    {
    }
}
