namespace Exchange.Tests.Markets;

/// <summary>A difference between the venue and what should be.</summary>
internal sealed class DifferenceException(string message) : Exception(message);

/// <summary>Comparisons that cost nothing while they hold.</summary>
internal static class Check
{
    public static void Same<T>(string what, T expected, T actual)
    {
        if (!EqualityComparer<T>.Default.Equals(expected, actual))
            throw new DifferenceException($"{what}:\n  expected {expected}\n  actual   {actual}");
    }

    public static void SameList<T>(string what, IReadOnlyCollection<T> expected, IReadOnlyCollection<T> actual)
    {
        if (!expected.SequenceEqual(actual))
            throw new DifferenceException($"{what}:\n  expected {List(expected)}\n  actual   {List(actual)}");
    }

    public static void True(string what, bool holds)
    {
        if (!holds)
            throw new DifferenceException(what);
    }

    private static string List<T>(IEnumerable<T> items) => "[" + string.Concat(items.Select(i => $"\n    {i}")) + "]";
}
