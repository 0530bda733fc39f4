using System.Buffers;
using System.Text;
using System.Text.Json;

namespace Exchange.Markets;

/// <summary>What of a command is kept on record: what it asked for, as a JSON object. The sentences of the history are made from it.</summary>
/// <remarks>Prices, quantities and cash are in their units, ids are numbers. What a command does not set is not there.</remarks>
public static class AuditDetail
{
    // Names as people type them, so that the database is read by people too.
    private static readonly JsonWriterOptions s_options = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Of(in Command command)
    {
        var buffer = new ArrayBufferWriter<byte>(256);
        using (var json = new Utf8JsonWriter(buffer, s_options))
        {
            json.WriteStartObject();
            WriteOrder(json, in command);
            if (command.Kind is CommandKind.SetCancelAfter)
                json.WriteNumber("timeout_us", command.TimeoutUs);
            if (command.Status != 0)
                json.WriteString("status", command.Status.ToString());
            command.Details?.WriteAudit(json);
            json.WriteEndObject();
        }
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    /// <summary>Of a command that is known by what it took away.</summary>
    public static string OfName(string name)
    {
        var buffer = new ArrayBufferWriter<byte>(128);
        using (var json = new Utf8JsonWriter(buffer, s_options))
        {
            json.WriteStartObject();
            json.WriteString("name", name);
            json.WriteEndObject();
        }
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private static void WriteOrder(Utf8JsonWriter json, in Command command)
    {
        if (command.Side != 0)
            json.WriteString("side", command.Side.ToString());
        if (command.Direction != 0)
            json.WriteString("direction", command.Direction.ToString());
        if (command.HasQuantity)
            json.WriteNumber("quantity", command.Quantity.Hundredths);
        if (command.HasPrice)
            json.WriteNumber("price", command.Price.Hundredths);
        if (command.OrderId != 0)
            json.WriteNumber("order", command.OrderId);
        if (command.ClientOrderId is { } id)
            json.WriteString("client_order_id", id);
    }

    internal static void WriteIds(this Utf8JsonWriter json, string name, IEnumerable<long> ids)
    {
        json.WriteStartArray(name);
        foreach (long id in ids)
            json.WriteNumberValue(id);
        json.WriteEndArray();
    }

    internal static void WriteTexts(this Utf8JsonWriter json, string name, IEnumerable<string> texts)
    {
        json.WriteStartArray(name);
        foreach (string text in texts)
            json.WriteStringValue(text);
        json.WriteEndArray();
    }
}
