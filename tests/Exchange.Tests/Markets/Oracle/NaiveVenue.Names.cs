namespace Exchange.Tests.Markets;

// When names are good, and the same. Knows only the letters that the generator writes.
internal sealed partial class NaiveVenue
{
    // Cyrillic and Greek, and the Latin letters they look like.
    private const string Strange = "ВОСосеаΗ", Latin = "BOCoceaH";

    /// <summary>With capitals or without, composed or not; or looking alike, letter by letter.</summary>
    private static bool IsSame(string name, string other) =>
        Composed(name).Equals(Composed(other), StringComparison.OrdinalIgnoreCase)
        || AsLatin(name).Equals(AsLatin(other), StringComparison.OrdinalIgnoreCase)
        || Look(name) == Look(other);

    private static string Composed(string text) =>
        text.Replace("e\u0301", "é", StringComparison.Ordinal).Replace("E\u0301", "É", StringComparison.Ordinal);

    private static string OneSpace(string text)
    {
        while (text.Contains("  ", StringComparison.Ordinal))
            text = text.Replace("  ", " ", StringComparison.Ordinal);
        return text;
    }

    private static string AsLatin(string name) =>
        new([.. Composed(name).Select(c => Strange.IndexOf(c, StringComparison.Ordinal) is >= 0 and var at ? Latin[at] : c)]);

    private static string Look(string name) => string.Concat(AsLatin(name).Select(c => c switch
    {
        'I' or '1' or '|' => "l",
        '0' => "O",
        'm' => "rn",
        '%' => "o/0",
        '"' => "''",
        '`' => "'",
        _ => c.ToString(),
    }));

    private static bool IsName(string name, int min, int max) => IsText(name, min, max)
        && name == OneSpace(name) && name.Split(' ').All(word => !IsMixed(word));

    private static bool IsMixed(string word) => word.Any(Strange.Contains) && word.Any(char.IsAsciiLetter);

    /// <summary>Of the names that speak for the exchange, those that the generator writes.</summary>
    private static bool IsExchanges(string name)
    {
        string letters = string.Concat(AsLatin(name).Where(char.IsLetter)).ToUpperInvariant();
        return letters is "ADMIN" or "HOUSE" or "HOUSEMAKER" or "HOUSENOISETRADER" or "HOUSEINFORMEDTRADER" or "HOUSEBOTS";
    }
}
