namespace Exchange.Markets;

/// <summary>A request of an order batch.</summary>
/// <param name="Command">Places, replaces or cancels. Who gives it is the batch's.</param>
/// <param name="Problem">What is wrong with the request, in a sentence: then it is refused, and the command is not read.</param>
public readonly record struct BatchRequest(Command Command, string? Problem = null);

/// <summary>Details of <see cref="CommandKind.OrderBatch"/>: requests about orders, one after the other with nothing of anyone else's in between.</summary>
public sealed record OrderBatchTerms(BatchRequest[] Requests) : CommandDetails
{
    internal override CommandKind Kind => CommandKind.OrderBatch;

    /// <remarks>The venue applies each request as a command of its own.</remarks>
    internal override Refusal Apply(CommandHandlers handlers, CommandContext context, in Command command, ref bool changed) =>
        throw new InvalidOperationException("An order batch is not one command: the venue applies its requests.");

    internal override void Write(CommandWriter to) => to.List(Requests, static (to, r) =>
    {
        to.Optional(r.Problem);
        CommandCodec.WriteParts(r.Command, to);
    });

    internal static OrderBatchTerms Read(ref CommandReader from) => new(from.List(static (ref CommandReader from) =>
    {
        string? problem = from.OptionalText();
        return new BatchRequest(CommandCodec.ReadParts(ref from), problem);
    }));
}
