namespace Exchange.Tests;

/// <summary>
/// How tests wait: for something that must come, and so long that only what never comes is given up, however busy the machine is. No test waits
/// for time to pass: see <see cref="CertaintyTests"/>.
/// </summary>
internal static class Patience
{
    /// <summary>How long anything that must come is waited for.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    /// <summary><see cref="Limit"/> as Playwright wants it.</summary>
    public static float Milliseconds => (float)Limit.TotalMilliseconds;

    /// <summary>Between two looks at what tells nobody when it changes.</summary>
    private static readonly TimeSpan s_betweenLooks = TimeSpan.FromMilliseconds(5);

    /// <summary>Waits until it is so.</summary>
    /// <exception cref="TimeoutException">It was not, for <see cref="Limit"/>.</exception>
    public static Task UntilAsync(Func<bool> isSo, string what) => UntilAsync(() => Task.FromResult(isSo()), what);

    /// <inheritdoc cref="UntilAsync(Func{bool}, string)"/>
    /// <param name="isSoAsync">Looks.</param>
    /// <param name="what">For the sentence when it does not come so.</param>
    /// <param name="betweenLooks">When a look costs something.</param>
    public static async Task UntilAsync(Func<Task<bool>> isSoAsync, string what, TimeSpan? betweenLooks = null)
    {
        long began = Environment.TickCount64;
        while (!await isSoAsync())
        {
            if (Environment.TickCount64 - began > Limit.TotalMilliseconds)
                throw new TimeoutException($"In {Limit.TotalSeconds} s it did not come so: {what}.");
            await Task.Delay(betweenLooks ?? s_betweenLooks);
        }
    }

    /// <summary>Waits for what must end.</summary>
    public static Task PatientlyAsync(this Task task) => task.WaitAsync(Limit);

    /// <inheritdoc cref="PatientlyAsync(Task)"/>
    public static Task<T> PatientlyAsync<T>(this Task<T> task) => task.WaitAsync(Limit);

    /// <summary>
    /// For what counts by the day (UTC): returns at once, but shortly before midnight waits until it is past, so that no day ends in the middle
    /// of it.
    /// </summary>
    public static async Task NotAtMidnightAsync()
    {
        TimeSpan left = TimeSpan.FromDays(1) - TimeProvider.System.GetUtcNow().TimeOfDay;
        if (left < Limit * 3)
            await Task.Delay(left + TimeSpan.FromSeconds(1));
    }
}
