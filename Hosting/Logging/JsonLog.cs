using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Exchange.Protocol;

namespace Exchange.Hosting;

/// <summary>
/// Standard error as JSON, an object a line, for programs that gather logs: `--log json`. What anybody writes there becomes a line of
/// its own; what is an event has its fields besides. No field of a refusal holds a name, an e-mail address, a token, a key, a password or a code.
/// </summary>
internal sealed class JsonLog(TextWriter to, TimeProvider time) : TextWriter
{
    private static readonly string[] s_places = ["/auth", "/api", "/ws", "/healthz", "/readyz", "/metrics"];

    private readonly StringBuilder _line = new();
    private readonly Lock _lock = new();

    /// <summary>What standard error is, if it is written as JSON.</summary>
    public static JsonLog? Current { get; private set; }

    public override Encoding Encoding => to.Encoding;

    /// <summary>From here on, standard error is written as JSON.</summary>
    public static void Start(TimeProvider time)
    {
        Current = new JsonLog(Console.Error, time);
        Console.SetError(Current);
    }

    /// <summary>Tells of each request that is refused, by HTTP or on a connection: where it came in and why, not what was in it.</summary>
    public void Follow(WebApplication app, Settings settings, Traffic traffic)
    {
        traffic.Refused = (session, code) =>
            Event("info", "request_refused", ("session", session), ("code", Prometheus.Label(code.ToString())));
        app.Use(next => async context =>
        {
            await next(context);
            if (context.Response.StatusCode < StatusCodes.Status400BadRequest)
                return;
            PathString path = context.Request.Path;
            if (settings.BasePath.Length > 0 && path.StartsWithSegments(settings.BasePath, out PathString rest))
                path = rest;
            // What people write behind it may be a name or a code.
            string place = Array.Find(s_places, p => path.StartsWithSegments(p)) ?? "/";
            Event(
                "info", "http_refused", ("method", Known(context.Request.Method)), ("path", place), ("status", context.Response.StatusCode));
        });
    }

    private static string Known(string method) =>
        method is "GET" or "HEAD" or "POST" or "PUT" or "DELETE" or "OPTIONS" or "PATCH" ? method : "other";

    /// <summary>An event, with what is known of it.</summary>
    public void Event(string level, string name, params ReadOnlySpan<(string Name, object Value)> fields)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("time", time.GetUtcNow().ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture));
            json.WriteString("level", level);
            json.WriteString("event", name);
            foreach ((string field, object value) in fields)
            {
                if (value is int or long)
                    json.WriteNumber(field, Convert.ToInt64(value, CultureInfo.InvariantCulture));
                else
                    json.WriteString(field, value.ToString());
            }
            json.WriteEndObject();
        }
        lock (_lock)
            to.WriteLine(Encoding.UTF8.GetString(buffer.WrittenSpan));
    }

    /// <summary>Text that somebody writes becomes an event as its line ends.</summary>
    public override void Write(char value)
    {
        string line;
        lock (_lock)
        {
            if (value != '\n')
            {
                _line.Append(value);
                return;
            }
            line = _line.ToString().TrimEnd('\r');
            _line.Clear();
        }
        if (line.Length > 0)
            Event("info", "message", ("text", line));
    }

    /// <summary>Lines that are written as one are one event.</summary>
    public override void WriteLine(string? value)
    {
        if (!string.IsNullOrEmpty(value))
            Event("warning", "message", ("text", value));
    }

    public override void WriteLine(object? value) => WriteLine(value?.ToString());
}
