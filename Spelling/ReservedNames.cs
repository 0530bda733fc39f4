using System.Text;

namespace Exchange.Spelling;

/// <summary>Names that speak for the exchange itself: nobody who trades may be taken for it.</summary>
public static class ReservedNames
{
    // The names without digits, spaces and punctuation: "Admin 2" and "house_maker" are no better.
    private static readonly string[] s_all =
    [
        "Admin", "Admins", "Administrator", "Administrators", "Administration", "Exchange", "The exchange", "System", "Server",
        "Root", "Superuser", "Operator", "Moderator", "Support", "House", "The house", "House bot", "House bots", "House maker",
        "House trader", "House noise trader", "House informed trader", "Anonymous", "Everyone", "Everybody", "Nobody", "You",
    ];

    // They are made on first use, because a start needs none.
    private static readonly Lazy<HashSet<string>> s_keys =
        new(() => [.. s_all.SelectMany(KeysOf)]);

    /// <summary>A sentence that says what is wrong with a name that speaks for the exchange; null: it does not.</summary>
    /// <param name="field">The name of the field, for the sentence.</param>
    /// <param name="name">A good name otherwise.</param>
    public static string? Problem(string field, string name) => IsReserved(name)
        ? $"{field} '{name}' could be taken for the exchange's own. Say who you are, as in 'Ann' or 'Ann (admin)'."
        : null;

    /// <summary>Whether a name speaks for the exchange itself, or looks as if it did.</summary>
    public static bool IsReserved(string name)
    {
        foreach (string key in KeysOf(name))
        {
            if (s_keys.Value.Contains(key))
                return true;
        }
        return false;
    }

    private static IEnumerable<string> KeysOf(string name)
    {
        var letters = new StringBuilder(name.Length);
        foreach (Rune rune in Nfkc.Normalize(name).EnumerateRunes())
        {
            if (Rune.IsLetter(rune))
                letters.Append(rune.ToString());
        }
        return Names.Keys(letters.ToString()).Select(k => k.ToUpperInvariant());
    }
}
