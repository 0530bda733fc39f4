using System.Net.WebSockets;
using System.Text;

namespace Exchange.Protocol;

/// <summary>With what the exchange closes a connection; the codes are those of RFC 6455 and its registry.</summary>
internal sealed record Farewell(WebSocketCloseStatus Status, string Reason)
{
    /// <summary>A close frame holds 125 bytes, two of them the code.</summary>
    private const int MaxReasonBytes = 123;

    public static readonly Farewell Stopping = new((WebSocketCloseStatus)1012, "The exchange is stopping.");

    public static readonly Farewell Failed = new(WebSocketCloseStatus.InternalServerError, "Something went wrong on the exchange's side.");

    /// <summary>1013: it has more to do than it can; come back later.</summary>
    public static Farewell TryLater(string reason) => new((WebSocketCloseStatus)1013, reason);

    /// <summary>What a peer said as it closed, given back as RFC 6455 has it; a close without a code has none in answer.</summary>
    public static Farewell Echo(WebSocketCloseStatus? status) => new(status ?? WebSocketCloseStatus.Empty, "");

    /// <summary>The reason as far as it fits, cut between characters; none with <see cref="WebSocketCloseStatus.Empty"/>.</summary>
    public string? FittingReason
    {
        get
        {
            if (Status == WebSocketCloseStatus.Empty)
                return null;
            int bytes = 0, length = 0;
            foreach (Rune rune in Reason.EnumerateRunes())
            {
                bytes += rune.Utf8SequenceLength;
                if (bytes > MaxReasonBytes)
                    break;
                length += rune.Utf16SequenceLength;
            }
            return Reason[..length];
        }
    }
}
