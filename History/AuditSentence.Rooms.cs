using Exchange.Markets;

namespace Exchange.History;

// Sentences about markets, rooms and people.
public static partial class AuditSentence
{
    private static bool TryWriteMarket(Sentence sentence, CommandKind kind, Said said)
    {
        switch (kind)
        {
            case CommandKind.CreateMarket:
                sentence.Say("created ");
                // On record only since its id is.
                _ = said.Entry.MarketId == 0 ? sentence.Say(said.Text("name")) : sentence.Market(said.Entry.MarketId);
                WriteKind(sentence, said);
                WriteChanges(sentence, ", ", said, isNew: true);
                break;
            case CommandKind.UpdateMarket:
                sentence.Say("changed ").Market(said.Entry.MarketId);
                WriteChanges(sentence, ": ", said, isNew: false);
                break;
            case CommandKind.DeleteMarket:
                sentence.Say($"deleted the market “{said.Text("name")}”");
                break;
            case CommandKind.SetMarketStatus:
                sentence.Say(said.Text("status") switch { "Open" => "opened ", "Halted" => "halted ", _ => "set " }).Market(said.Entry.MarketId)
                    .Say(said.Text("status") == "CancelOnly" ? " to cancel only" : "");
                break;
            case CommandKind.SettleMarket:
                sentence.Say("settled ").Market(said.Entry.MarketId).Say($" at {said.Price("price")}");
                break;
            case CommandKind.UndoSettlement:
                sentence.Say("undid the settlement of ").Market(said.Entry.MarketId);
                break;
            case CommandKind.SetHouseBots:
                string[] bots = said.Texts("bots");
                sentence.Say(bots.Length == 0 ? "took the house bots out of " : "set the house bots of ").Market(said.Entry.MarketId)
                    .Say(bots.Length == 0 ? "" : $" to {string.Join(", ", bots)}");
                break;
            default:
                return false;
        }
        return true;
    }

    private static void WriteKind(Sentence sentence, Said said)
    {
        if (said.Has("constituents"))
            sentence.Say(", a basket of ").Markets(said.Numbers("constituents"));
        else if (said.Has("underlying"))
            sentence.Say($", a {said.Text("option").ToLowerInvariant()} at {said.Price("strike")} on ").Market(said.Number("underlying"));
        else
            sentence.Say($" from {said.Price("min_price")} to {said.Price("max_price")}");
    }

    private static void WriteChanges(Sentence sentence, string before, Said said, bool isNew)
    {
        var changes = new List<string>();
        if (!isNew && said.Has("name"))
            changes.Add($"name “{said.Text("name")}”");
        if (!isNew && said.Has("description"))
            changes.Add(said.Text("description").Length == 0 ? "no description" : "another description");
        foreach ((string field, string word) in (ReadOnlySpan<(string, string)>)[("category", "category"), ("group", "group")])
        {
            if (said.Has(field))
                changes.Add(said.Text(field) is { Length: > 0 } label ? $"{word} “{label}”" : $"no {word}");
        }
        foreach ((string field, string word) in (ReadOnlySpan<(string, string)>)[("min_price", "lowest price"), ("max_price", "highest price"), ("tick_size", "tick size")])
        {
            if (!isNew && said.Has(field))
                changes.Add($"{word} {said.Price(field)}");
        }
        if (said.Has("close_time_us"))
            changes.Add(said.Number("close_time_us") == 0 ? "no closing time" : $"closing at {Time(said.Number("close_time_us"))} UTC");
        if (said.Has("pinned"))
            changes.Add(said.Flag("pinned") ? "pinned" : "not pinned");
        if (said.Has("anonymous"))
            changes.Add(said.Flag("anonymous") ? "anonymous" : "not anonymous");
        foreach ((string field, string word) in (ReadOnlySpan<(string, string)>)[("max_order", "largest order"), ("max_position", "largest position")])
        {
            if (said.Has(field))
                changes.Add(said.Number(field) == 0 ? $"no {word}" : $"{word} {said.Quantity(field)}");
        }
        long[] visibleTo = said.Numbers("visible_to");
        if (said.Has("visible_to") && visibleTo.Length == 0)
            changes.Add("visible to everyone");
        if (changes.Count > 0)
            sentence.Say(before + string.Join(", ", changes));
        if (visibleTo.Length > 0)
            sentence.Say(changes.Count > 0 ? ", visible only to " : $"{before}visible only to ").Accounts(visibleTo);
    }

    private static bool TryWriteRoom(Sentence sentence, CommandKind kind, Said said)
    {
        switch (kind)
        {
            case CommandKind.OpenRoom:
                sentence.Say($"opened the room “{said.Text("name")}” at {said.Text("slug")}");
                break;
            case CommandKind.UpdateRoom:
                sentence.Say($"changed the room: {string.Join(", ", ChangesOfRoom(said))}");
                break;
            case CommandKind.InviteToRoom:
                string[] added = said.Texts("add_emails"), removed = said.Texts("remove_emails");
                sentence.Say(added.Length > 0 ? $"invited {Some(added)}" : "").Say(added.Length > 0 && removed.Length > 0 ? " and " : "")
                    .Say(removed.Length > 0 ? $"took back the invitation of {Some(removed)}" : "");
                break;
            case CommandKind.SetRole when said.Has("role"):
                sentence.Say("made ").User(said.Number("user")).Say(said.Text("role") switch
                {
                    "Admin" => " an admin",
                    "Trader" => " a trader",
                    _ => " a spectator",
                });
                break;
            case CommandKind.SetRole:
                sentence.Say("took ").User(said.Number("user")).Say(" out of the room");
                break;
            case CommandKind.OpenAccount:
                sentence.Say($"opened the account “{said.Text("name")}”");
                break;
            case CommandKind.RenameAccount:
                sentence.Say($"gave account {said.Entry.AccountId} the name “{said.Text("name")}”");
                break;
            case CommandKind.ShareAccount:
                sentence.Say("made ").User(said.Number("user")).Say($" a {said.Text("role").ToLowerInvariant()} of the account ").Account(said.Entry.AccountId);
                break;
            case CommandKind.RemoveAccountMember when said.Number("user") == said.Entry.UserId:
                sentence.Say("left the account ").Account(said.Entry.AccountId);
                break;
            case CommandKind.RemoveAccountMember:
                sentence.Say("took ").User(said.Number("user")).Say(" out of the account ").Account(said.Entry.AccountId);
                break;
            default:
                return false;
        }
        return true;
    }

    private static IEnumerable<string> ChangesOfRoom(Said said)
    {
        if (said.Has("name"))
            yield return $"name “{said.Text("name")}”";
        if (said.Has("join_policy"))
            yield return said.Text("join_policy") switch { "Open" => "open to everyone", "Invite" => "by invitation", _ => "closed to new members" };
        if (said.Has("opening_balance"))
            yield return $"opening balance {said.Cash("opening_balance")}";
        if (said.Has("who_may_create_markets"))
            yield return said.Text("who_may_create_markets") == "Admins" ? "only admins create markets" : "everyone may create markets";
        if (said.Has("join_code"))
            yield return said.Text("join_code").Length == 0 ? "no join code" : $"join code {said.Text("join_code")}";
        if (said.Has("archived"))
            yield return said.Flag("archived") ? "archived" : "restored";
    }

    private static string Some(string[] texts) =>
        texts.Length <= 4 ? string.Join(", ", texts) : $"{string.Join(", ", texts[..3])} and {texts.Length - 3:#,0} more";
}
