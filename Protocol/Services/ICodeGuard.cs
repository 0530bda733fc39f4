namespace Exchange.Protocol;

/// <summary>Keeps codes from being guessed.</summary>
public interface ICodeGuard
{
    /// <summary>
    /// Null when a code may be tried: it counts as wrong until <see cref="WasRight"/> says otherwise. Else how long to wait.
    /// </summary>
    /// <param name="code">The code as it was typed.</param>
    /// <param name="userId">The user who typed it.</param>
    /// <param name="room">The room that the code is for.</param>
    TimeSpan? Try(string code, long userId, string room);

    /// <summary>The code that was tried last with these was right, or was not looked at.</summary>
    void WasRight(string code, long userId, string room);
}
