using System.Text.Json;
using Exchange.Markets;

namespace Exchange.History;

/// <summary>What an entry of the audit log says, as a sentence: "Ann halted Rain tomorrow." The one place where they are made.</summary>
public static partial class AuditSentence
{
    /// <summary>The sentence, in parts. Of an entry from before details were JSON: what it says, after who did it.</summary>
    public static SentencePart[] Of(AuditEntry entry, RoomNames names)
    {
        var sentence = new Sentence(names);
        sentence.User(entry.UserId).Say(" ");
        if (!s_kinds.TryGetValue(entry.Action, out CommandKind kind) || !TryParse(entry.Detail, out JsonElement detail))
            return Old(sentence, entry);
        var said = new Said(entry, detail);
        if (!TryWriteMarket(sentence, kind, said) && !TryWriteRoom(sentence, kind, said) && !TryWriteMoney(sentence, kind, said)
            && !TryWriteOrder(sentence, kind, said))
        {
            return Old(sentence, entry);
        }
        return sentence.Say(".").Parts;
    }

    /// <summary>Whether there is a sentence for what a command of that kind did.</summary>
    public static bool Knows(CommandKind kind)
    {
        using JsonDocument nothing = JsonDocument.Parse("{}");
        var sentence = new Sentence(new RoomNames(IsElevated: true, [], [], []));
        var said = new Said(new AuditEntry(0, 0, 0, 0, 0, false, "", ""), nothing.RootElement);
        return TryWriteMarket(sentence, kind, said) || TryWriteRoom(sentence, kind, said) || TryWriteMoney(sentence, kind, said)
            || TryWriteOrder(sentence, kind, said);
    }

    /// <summary>The word of a kind as it stands in the database.</summary>
    private static readonly Dictionary<string, CommandKind> s_kinds = Enum.GetValues<CommandKind>().ToDictionary(WordOf);

    /// <summary>SETTLE_MARKET for SettleMarket.</summary>
    public static string WordOf(CommandKind kind) =>
        string.Concat(kind.ToString().Select((c, i) => char.IsUpper(c) && i > 0 ? $"_{c}" : $"{char.ToUpperInvariant(c)}"));

    private static bool TryParse(string detail, out JsonElement element)
    {
        element = default;
        if (!detail.StartsWith('{'))
            return false;
        try
        {
            using JsonDocument document = JsonDocument.Parse(detail);
            element = document.RootElement.Clone();
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    /// <summary>"Ann: settle market Rain (price 50.00)."</summary>
    private static SentencePart[] Old(Sentence sentence, AuditEntry entry)
    {
        sentence.Say($"– {entry.Action.ToLowerInvariant().Replace('_', ' ')}");
        if (entry.MarketId != 0)
            sentence.Say(" ").Market(entry.MarketId);
        if (entry.AccountId != 0)
            sentence.Say(" as ").Account(entry.AccountId);
        return (entry.Detail.Length > 0 ? sentence.Say($" ({entry.Detail})") : sentence).Say(".").Parts;
    }

    private static bool TryWriteOrder(Sentence sentence, CommandKind kind, Said said)
    {
        string side = said.Text("side") switch { "Buy" => "buy", "Sell" => "sell", _ => "" };
        switch (kind)
        {
            case CommandKind.PlaceOrder:
                sentence.Say($"placed an order to {side} {said.Quantity("quantity")} {(said.Has("price") ? $"at {said.Price("price")}" : "at any price")} in ")
                    .Market(said.Entry.MarketId).Say(" as ").Account(said.Entry.AccountId);
                break;
            case CommandKind.ReplaceOrder:
                sentence.Say("replaced ").Say(Order(said)).Say(" of ").Account(said.Entry.AccountId).Say(":");
                sentence.Say(said.Has("quantity") ? $" {said.Quantity("quantity")} in all" : "").Say(said.Has("price") ? $" at {said.Price("price")}" : "");
                break;
            case CommandKind.CancelOrder:
                sentence.Say("cancelled ").Say(Order(said)).Say(" of ").Account(said.Entry.AccountId);
                break;
            case CommandKind.CancelOrders:
                sentence.Say($"cancelled all {side}{(side.Length > 0 ? " " : "")}orders of ").Account(said.Entry.AccountId);
                if (said.Entry.MarketId != 0)
                    sentence.Say(" in ").Market(said.Entry.MarketId);
                break;
            case CommandKind.SetCancelAfter:
                long timeoutUs = said.Number("timeout_us");
                sentence.Say(timeoutUs == 0 ? "disarmed the dead man’s switch of " : $"set the dead man’s switch to {timeoutUs / 1_000_000m:0.###} s for ")
                    .Account(said.Entry.AccountId);
                break;
            case CommandKind.ConvertBasket:
                sentence.Say($"{(said.Text("direction") == "Redeem" ? "redeemed" : "created")} {said.Quantity("quantity")} of ")
                    .Market(said.Entry.MarketId).Say(" as ").Account(said.Entry.AccountId);
                break;
            case CommandKind.ExerciseOption:
                sentence.Say($"exercised {said.Quantity("quantity")} of ").Market(said.Entry.MarketId).Say(" as ").Account(said.Entry.AccountId);
                break;
            default:
                return false;
        }
        return true;
    }

    private static string Order(Said said) =>
        said.Has("order") ? $"order {said.Number("order")}" : $"the order “{said.Text("client_order_id")}”";

    private static bool TryWriteMoney(Sentence sentence, CommandKind kind, Said said)
    {
        switch (kind)
        {
            case CommandKind.MakeTransfer:
                sentence.Say($"sent {said.Cash("amount")} from ").Account(said.Entry.AccountId).Say(" to ").Account(said.Number("to")).Say(Memo(said));
                break;
            case CommandKind.Grant:
                bool isTaken = said.Number("amount") < 0;
                sentence.Say(isTaken ? $"took {new Cash(-said.Number("amount"))} back from " : $"granted {said.Cash("amount")} to ");
                if (said.Has("accounts"))
                    sentence.Accounts(said.Numbers("accounts"));
                else
                    sentence.Say("every member");
                sentence.Say(said.Numbers("accounts").Length > 1 ? " each" : "").Say(said.Flag("force") ? ", available or not" : "").Say(Memo(said));
                break;
            case CommandKind.CreateCode:
                long uses = said.Number("uses"), expiresUs = said.Number("expires_us");
                sentence.Say($"made the code {said.Text("code")}, worth {said.Cash("amount")}, for {uses:#,0} {(uses == 1 ? "use" : "uses")}")
                    .Say(expiresUs == 0 ? "" : $" until {Time(expiresUs)} UTC");
                break;
            case CommandKind.RevokeCode:
                sentence.Say($"revoked the code {said.Text("code")}");
                break;
            case CommandKind.ClaimCode:
                sentence.Say($"claimed the code {said.Text("code")} for ").Account(said.Entry.AccountId);
                break;
            default:
                return false;
        }
        return true;
    }

    private static string Memo(Said said) => said.Text("memo") is { Length: > 0 } memo ? $", memo “{memo}”" : ", without a memo";

    private static string Time(long us) =>
        DateTimeOffset.UnixEpoch.AddTicks(us * 10).ToString("yyyy-MM-dd HH:mm", System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>An entry, and its detail read.</summary>
    private readonly record struct Said(AuditEntry Entry, JsonElement Detail)
    {
        public bool Has(string name) => Detail.TryGetProperty(name, out _);

        public string Text(string name) =>
            Detail.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : "";

        public long Number(string name) =>
            Detail.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.Number ? value.GetInt64() : 0;

        public bool Flag(string name) => Detail.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.True;

        public long[] Numbers(string name) => Detail.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.Array
            ? [.. value.EnumerateArray().Select(v => v.GetInt64())]
            : [];

        public string[] Texts(string name) => Detail.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.Array
            ? [.. value.EnumerateArray().Select(v => v.GetString()!)]
            : [];

        public Price Price(string name) => new((int)Number(name));

        public Quantity Quantity(string name) => new(Number(name));

        public Cash Cash(string name) => new(Number(name));
    }
}
