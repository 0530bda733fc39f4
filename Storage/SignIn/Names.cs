using System.Text;
using Exchange.Markets;

namespace Exchange.Storage;

/// <summary>The words that stand in the database for what people will read there: an enum's names, as SQL writes them.</summary>
internal static class Names
{
    /// <summary>The word for a value: CANCEL_ONLY for CancelOnly.</summary>
    public static string Of<T>(T value) where T : struct, Enum => Words<T>.ByValue[value];

    /// <summary>The value of a word.</summary>
    /// <exception cref="StorageException">There is no such word.</exception>
    public static T To<T>(string word) where T : struct, Enum => Words<T>.ByWord.TryGetValue(word, out T value)
        ? value
        : throw new StorageException($"The database holds the unknown {typeof(T).Name} '{word}'.");

    public static string KindOf(Derivation? derivation) => derivation switch
    {
        Basket => "BASKET",
        Option => "OPTION",
        _ => "PLAIN",
    };

    private static class Words<T> where T : struct, Enum
    {
        public static readonly Dictionary<T, string> ByValue = Enum.GetValues<T>().ToDictionary(v => v, v => ToWord(v.ToString()));
        public static readonly Dictionary<string, T> ByWord = ByValue.ToDictionary(p => p.Value, p => p.Key);
    }

    private static string ToWord(string name)
    {
        var word = new StringBuilder();
        foreach (char c in name)
        {
            if (char.IsUpper(c) && word.Length > 0)
                word.Append('_');
            word.Append(char.ToUpperInvariant(c));
        }
        return word.ToString();
    }
}
