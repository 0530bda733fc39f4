namespace Exchange.Markets;

/// <summary>Times that a user gives: when something is to end.</summary>
public static class Times
{
    private const long YearUs = 31_557_600_000_000;

    /// <summary>A time further ahead than this is taken for one in another unit, or for no time at all: ten years.</summary>
    public const long MostAheadUs = 10 * YearUs;

    /// <summary>Says what is wrong with a time that must be later than now, or null.</summary>
    /// <param name="field">Its name, for the sentence.</param>
    /// <param name="timeUs">Microseconds since 1970.</param>
    /// <param name="nowUs">Likewise.</param>
    public static string? Problem(string field, long timeUs, long nowUs) =>
        timeUs <= nowUs ? Past(field, timeUs, nowUs) : IsTooFar(timeUs, nowUs) ? TooFar(field, timeUs, nowUs) : null;

    /// <summary>Whether a time is further ahead than anyone may give.</summary>
    public static bool IsTooFar(long timeUs, long nowUs) => timeUs > nowUs + MostAheadUs;

    internal static string Past(string field, long timeUs, long nowUs) =>
        $"{field} {timeUs} is not later than now, {nowUs}: it counts microseconds since 1970.{Guess(timeUs, nowUs)}";

    internal static string TooFar(string field, long timeUs, long nowUs) =>
        $"{field} {timeUs} is more than ten years ahead of now, {nowUs}: it counts microseconds since 1970.{Guess(timeUs, nowUs)}";

    /// <summary>In which unit the number would be a time within ten years of now: most likely the one that was meant.</summary>
    private static string Guess(long time, long nowUs)
    {
        if (IsNear((Int128)time * 1_000_000, nowUs))
            return " This looks like seconds: multiply it by 1,000,000.";
        if (IsNear((Int128)time * 1_000, nowUs))
            return " This looks like milliseconds: multiply it by 1,000.";
        return IsNear(time / 1_000, nowUs) ? " This looks like nanoseconds: divide it by 1,000." : "";
    }

    private static bool IsNear(Int128 timeUs, long nowUs) => Int128.Abs(timeUs - nowUs) <= MostAheadUs;
}
