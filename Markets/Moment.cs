namespace Exchange.Markets;

/// <summary>When a command comes, by two clocks, for neither can do the other's work.</summary>
/// <param name="TimeUs">
/// By the wall clock, microseconds since 1970: what is recorded and shown, and what a time that a user gave is judged by. Somebody may set
/// that clock, so it can jump and go back; what is in order is so by sequence.
/// </param>
/// <param name="ElapsedUs">By a clock that nobody sets and that never goes back, microseconds since some beginning: what every duration is counted by.</param>
public readonly record struct Moment(long TimeUs, long ElapsedUs)
{
    /// <summary>A moment of made-up time, in which both clocks go alike.</summary>
    public static Moment At(long us) => new(us, us);
}
