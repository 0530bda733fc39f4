using System.Buffers;
using System.Text;
using System.Text.Json;

namespace Exchange.Markets;

/// <summary>What of a command is kept on record: what it asked for, as a JSON object. <see cref="AuditSentence"/> reads it.</summary>
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
            WriteDetails(json, command.Details);
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

    private static void WriteDetails(Utf8JsonWriter json, object? details)
    {
        switch (details)
        {
            case MarketTerms terms:
                WriteMarket(json, terms);
                break;
            case MarketUpdate update:
                WriteUpdate(json, update);
                break;
            case HouseBotsTerms { Bots: var bots }:
                json.WriteStartArray("bots");
                foreach (HouseBot bot in bots)
                    json.WriteStringValue($"{bot.Strength} {bot.Kind}".ToLowerInvariant());
                json.WriteEndArray();
                break;
            case RoomTerms terms:
                json.WriteString("slug", terms.Slug);
                json.WriteString("name", terms.Name);
                json.WriteNumber("opening_balance", terms.OpeningBalance.TenThousandths);
                json.WriteString("who_may_create_markets", terms.WhoMayCreateMarkets.ToString());
                json.WriteString("join_policy", terms.JoinPolicy.ToString());
                break;
            case RoomUpdate update:
                WriteUpdate(json, update);
                break;
            case Invitations invitations:
                WriteStrings(json, "add_emails", invitations.AddEmails);
                WriteStrings(json, "remove_emails", invitations.RemoveEmails);
                break;
            case RoleTerms terms:
                json.WriteNumber("user", terms.UserId);
                if (terms.Role is { } role)
                    json.WriteString("role", role.ToString());
                break;
            case AccountTerms terms:
                json.WriteString("name", terms.Name);
                break;
            case AccountShare share:
                json.WriteNumber("user", share.UserId);
                if (share.Role != 0)
                    json.WriteString("role", share.Role.ToString());
                break;
            default:
                WriteMoney(json, details);
                break;
        }
    }

    private static void WriteMoney(Utf8JsonWriter json, object? details)
    {
        switch (details)
        {
            case TransferTerms terms:
                json.WriteNumber("to", terms.ToAccountId);
                json.WriteNumber("amount", terms.Amount.TenThousandths);
                json.WriteString("memo", terms.Memo);
                break;
            case GrantTerms terms:
                if (!terms.EveryMember)
                    WriteIds(json, "accounts", terms.AccountIds);
                json.WriteNumber("amount", terms.Amount.TenThousandths);
                json.WriteString("memo", terms.Memo);
                json.WriteBoolean("force", terms.Force);
                break;
            case CodeTerms terms:
                json.WriteString("code", terms.Code);
                json.WriteNumber("amount", terms.Amount.TenThousandths);
                json.WriteNumber("uses", terms.Uses);
                json.WriteNumber("expires_us", terms.ExpiresTimeUs);
                break;
            case CodeName name:
                json.WriteString("code", name.Code);
                break;
        }
    }

    private static void WriteMarket(Utf8JsonWriter json, MarketTerms terms)
    {
        json.WriteString("name", terms.Name);
        json.WriteString("description", terms.Description);
        if (terms.Derivation is null)
        {
            json.WriteNumber("min_price", terms.Min.Hundredths);
            json.WriteNumber("max_price", terms.Max.Hundredths);
        }
        json.WriteNumber("tick_size", terms.TickHundredths);
        WriteUpdate(json, new MarketUpdate
        {
            Category = terms.Category.Length > 0 ? terms.Category : null,
            Group = terms.Group.Length > 0 ? terms.Group : null,
            IsPinned = terms.IsPinned ? true : null,
            IsAnonymous = terms.IsAnonymous ? true : null,
            VisibleTo = terms.VisibleTo.Count > 0 ? terms.VisibleTo : null,
            MaxOrder = terms.MaxOrder > Quantity.Zero ? terms.MaxOrder : null,
            MaxPosition = terms.MaxPosition > Quantity.Zero ? terms.MaxPosition : null,
            CloseTimeUs = terms.CloseTimeUs > 0 ? terms.CloseTimeUs : null,
        });
        if (terms.Derivation is Basket basket)
        {
            WriteIds(json, "constituents", new([.. basket.Constituents.Select(c => c.MarketId)]));
            WriteIds(json, "multipliers", new([.. basket.Constituents.Select(c => (long)c.Multiplier)]));
            json.WriteNumber("fee", basket.Fee.TenThousandths);
        }
        else if (terms.Derivation is Option option)
        {
            json.WriteNumber("underlying", option.UnderlyingId);
            json.WriteString("option", option.Kind.ToString());
            json.WriteString("style", option.Style.ToString());
            json.WriteNumber("strike", option.Strike.Hundredths);
        }
    }

    private static void WriteUpdate(Utf8JsonWriter json, MarketUpdate update)
    {
        if (update.Name is { } name)
            json.WriteString("name", name);
        if (update.Description is { } description)
            json.WriteString("description", description);
        if (update.Category is { } category)
            json.WriteString("category", category);
        if (update.Group is { } group)
            json.WriteString("group", group);
        if (update.IsPinned is { } pinned)
            json.WriteBoolean("pinned", pinned);
        if (update.IsAnonymous is { } anonymous)
            json.WriteBoolean("anonymous", anonymous);
        if (update.VisibleTo is { } visibleTo)
            WriteIds(json, "visible_to", visibleTo);
        if (update.MaxOrder is { } maxOrder)
            json.WriteNumber("max_order", maxOrder.Hundredths);
        if (update.MaxPosition is { } maxPosition)
            json.WriteNumber("max_position", maxPosition.Hundredths);
        if (update.Min is { } min)
            json.WriteNumber("min_price", min.Hundredths);
        if (update.Max is { } max)
            json.WriteNumber("max_price", max.Hundredths);
        if (update.TickHundredths is { } tick)
            json.WriteNumber("tick_size", tick);
        if (update.CloseTimeUs is { } closes)
            json.WriteNumber("close_time_us", closes);
    }

    private static void WriteUpdate(Utf8JsonWriter json, RoomUpdate update)
    {
        if (update.Name is { } name)
            json.WriteString("name", name);
        if (update.JoinPolicy is { } policy)
            json.WriteString("join_policy", policy.ToString());
        if (update.OpeningBalance is { } balance)
            json.WriteNumber("opening_balance", balance.TenThousandths);
        if (update.WhoMayCreateMarkets is { } who)
            json.WriteString("who_may_create_markets", who.ToString());
        if (update.IsArchived is { } archived)
            json.WriteBoolean("archived", archived);
        if (update.JoinCode is { } code)
            json.WriteString("join_code", code);
    }

    private static void WriteIds(Utf8JsonWriter json, string name, ValueList<long> ids)
    {
        json.WriteStartArray(name);
        foreach (long id in ids)
            json.WriteNumberValue(id);
        json.WriteEndArray();
    }

    private static void WriteStrings(Utf8JsonWriter json, string name, string[] texts)
    {
        json.WriteStartArray(name);
        foreach (string text in texts)
            json.WriteStringValue(text);
        json.WriteEndArray();
    }
}
