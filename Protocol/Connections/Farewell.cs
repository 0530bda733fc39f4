using System.Net.WebSockets;
using System.Text;

namespace Exchange.Protocol;

/// <summary>The code and the reason with which the exchange closes a connection; the codes are those of RFC 6455 and its registry.</summary>
internal sealed record Farewell(WebSocketCloseStatus Status, string Reason)
{
    /// <summary>A close frame holds 125 bytes, two of them the code.</summary>
    private const int MaxReasonBytes = 123;

    public static readonly Farewell Stopping = new((WebSocketCloseStatus)1012, "The exchange is stopping.");

    public static readonly Farewell Failed = new(WebSocketCloseStatus.InternalServerError, "The exchange had a fault. Connect again.");

    /// <summary>1013: it has more to do than it can; come back later.</summary>
    public static Farewell TryLater(string reason) => new((WebSocketCloseStatus)1013, reason);

    /// <summary>The answer to a peer's close, with its code, as RFC 6455 says. A close without a code is answered without one.</summary>
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
