using System.Text.Json;

namespace Exchange.Markets;

/// <summary>
/// What a command off the path of orders asks for: a record of its own for each such kind, which knows how the command is carried out,
/// how it is written to bytes, and what of it the audit log keeps.
/// </summary>
public abstract record CommandDetails
{
    /// <summary>The kind of command that these are the details of.</summary>
    internal abstract CommandKind Kind { get; }

    /// <summary>Carries the command out, after it was admitted. A refusal must have changed nothing and emitted nothing.</summary>
    /// <param name="changed">True when called. To be set false if it changed nothing; after a refusal it counts as false anyway.</param>
    internal abstract Refusal Apply(CommandHandlers handlers, CommandContext context, in Command command, ref bool changed);

    /// <summary>Writes what <see cref="CommandCodec"/> reads back.</summary>
    internal abstract void Write(CommandWriter to);

    /// <summary>Adds what the audit log keeps, as properties of an object. What the command does not set is left out.</summary>
    internal virtual void WriteAudit(Utf8JsonWriter json)
    {
    }
}
