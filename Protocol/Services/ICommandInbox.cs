using Exchange.Markets;

namespace Exchange.Protocol;

/// <summary>The inbox into which sessions put commands for the market thread.</summary>
public interface ICommandInbox
{
    /// <summary>Puts a command in. False, at once, if there is no room or the exchange is stopping: nothing was done.</summary>
    bool TrySubmit(in Command command);

    /// <summary>The inbox takes no more commands.</summary>
    bool IsStopping { get; }
}
