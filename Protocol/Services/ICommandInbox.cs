using Exchange.Markets;

namespace Exchange.Protocol;

/// <summary>Where sessions put commands for the market thread.</summary>
public interface ICommandInbox
{
    /// <summary>Puts a command in. False, at once, if there is no room or the exchange is stopping: nothing was done.</summary>
    bool TrySubmit(in Command command);

    /// <summary>Nothing will be taken in any more.</summary>
    bool IsStopping { get; }
}
