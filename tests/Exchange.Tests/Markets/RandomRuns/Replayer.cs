using System.Buffers;
using Exchange.Markets;

namespace Exchange.Tests.Markets;

/// <summary>A second venue that is given every command as it was read back from its bytes.</summary>
internal sealed class Replayer
{
    private readonly Venue _venue = new();
    private readonly CommitBatch _batch = new();
    private readonly ArrayBufferWriter<byte> _bytes = new();

    private long _count;

    /// <summary>The kinds of command that it was given.</summary>
    public HashSet<CommandKind> Kinds { get; } = [];

    public void Begin(long batchNumber) => _batch.Begin(batchNumber);

    public void Apply(in Command command, Moment now)
    {
        _bytes.ResetWrittenCount();
        CommandCodec.Write(in command, _bytes);
        Command read = CommandCodec.Read(_bytes.WrittenSpan);
        Kinds.Add(command.Kind);
        // Slow. What matters of the others shows in the state.
        if (_count++ % 8 == 0)
            Check.Same("the command as it is read back", Deep.Text(command), Deep.Text(read));
        _venue.Apply(in read, now, _batch);
    }

    public void Seal() => _venue.Seal(_batch);

    public string StateHash() => _venue.StateHash();
}
