using System.Buffers;

namespace Exchange.Markets;

/// <summary>
/// Commands as bytes, and read back: a venue that is given what was read ends in the same state. Texts are UTF-8, as they came in, so a
/// string that is not valid Unicode does not come back as it was.
/// </summary>
public static class CommandCodec
{
    /// <summary>The first byte. Another form of these bytes gets another number.</summary>
    private const byte Version = 1;

    [Flags]
    private enum Flags : byte
    {
        PostOnly = 1,
        ReduceOnly = 2,
        CancelOnDisconnect = 4,
        ByKey = 8,
        ReadOnly = 16,
        Elevated = 32,
        HasPrice = 64,
        HasQuantity = 128,
    }

    /// <summary>Writes a command.</summary>
    public static void Write(in Command command, IBufferWriter<byte> output)
    {
        var to = new CommandWriter(output);
        to.Byte(Version);
        WriteParts(in command, to);
    }

    /// <summary>Reads a command that <see cref="Write"/> wrote, and nothing after it.</summary>
    /// <exception cref="InvalidDataException">They are not the bytes of a command; the sentence says why.</exception>
    public static Command Read(ReadOnlySpan<byte> bytes)
    {
        var from = new CommandReader(bytes);
        byte version = from.Byte();
        if (version != Version)
            throw new InvalidDataException($"The command is written in version {version} of its form; this program reads version {Version}.");
        Command command = ReadParts(ref from);
        return from.IsAtEnd ? command : throw new InvalidDataException("Bytes are left after the end of the command.");
    }

    internal static void WriteParts(in Command command, CommandWriter to)
    {
        if (command.Details is { } its && its.Kind != command.Kind)
            throw new InvalidOperationException($"A {command.Kind} has the details of a {its.Kind}.");
        to.Byte((byte)command.Kind);
        to.Byte((byte)FlagsOf(in command));
        to.Byte((byte)command.Side);
        to.Byte((byte)command.TimeInForce);
        to.Byte((byte)command.Direction);
        to.Byte((byte)command.Status);
        to.Number(command.Price.Hundredths);
        to.Number(command.Quantity.Hundredths);
        to.Number(command.Origin.Session);
        to.Unsigned(command.Origin.RequestId);
        to.Number(command.UserId);
        to.Number(command.RoomId);
        to.Number(command.AccountId);
        to.Number(command.OnlyAccountId);
        to.Number(command.MarketId);
        to.Number(command.OrderId);
        to.Number(command.ExpiresTimeUs);
        to.Number(command.TimeoutUs);
        to.Optional(command.ClientOrderId);
        to.Flag(command.Details is not null);
        command.Details?.Write(to);
    }

    internal static Command ReadParts(ref CommandReader from)
    {
        byte kind = from.Byte();
        if (!Enum.IsDefined((CommandKind)kind))
            throw new InvalidDataException($"No kind of command has the number {kind}.");
        var flags = (Flags)from.Byte();
        var command = new Command
        {
            Kind = (CommandKind)kind,
            PostOnly = flags.HasFlag(Flags.PostOnly),
            ReduceOnly = flags.HasFlag(Flags.ReduceOnly),
            CancelOnDisconnect = flags.HasFlag(Flags.CancelOnDisconnect),
            ByKey = flags.HasFlag(Flags.ByKey),
            ReadOnly = flags.HasFlag(Flags.ReadOnly),
            Elevated = flags.HasFlag(Flags.Elevated),
            HasPrice = flags.HasFlag(Flags.HasPrice),
            HasQuantity = flags.HasFlag(Flags.HasQuantity),
            Side = (Side)from.Byte(),
            TimeInForce = (TimeInForce)from.Byte(),
            Direction = (ConversionDirection)from.Byte(),
            Status = (MarketStatus)from.Byte(),
            Price = new Price(from.Int()),
            Quantity = new Quantity(from.Number()),
            Origin = new Origin(from.Int(), from.Unsigned()),
            UserId = from.Number(),
            RoomId = from.Number(),
            AccountId = from.Number(),
            OnlyAccountId = from.Number(),
            MarketId = from.Number(),
            OrderId = from.Number(),
            ExpiresTimeUs = from.Number(),
            TimeoutUs = from.Number(),
            ClientOrderId = from.OptionalText(),
        };
        if (!from.Flag())
            return command;
        CommandReader.Item<CommandDetails> read = CommandPolicy.Of(command.Kind).ReadDetails
            ?? throw new InvalidDataException($"A {command.Kind} has no details; the bytes have some.");
        command.Details = read(ref from);
        return command;
    }

    private static Flags FlagsOf(in Command command) =>
        (command.PostOnly ? Flags.PostOnly : 0) | (command.ReduceOnly ? Flags.ReduceOnly : 0)
        | (command.CancelOnDisconnect ? Flags.CancelOnDisconnect : 0) | (command.ByKey ? Flags.ByKey : 0)
        | (command.ReadOnly ? Flags.ReadOnly : 0) | (command.Elevated ? Flags.Elevated : 0)
        | (command.HasPrice ? Flags.HasPrice : 0) | (command.HasQuantity ? Flags.HasQuantity : 0);
}
