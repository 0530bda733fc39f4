using System.Text.Json;

namespace Exchange.Markets;

/// <summary>Details of <see cref="CommandKind.MakeTransfer"/>, from <see cref="Command.AccountId"/>.</summary>
public sealed record TransferTerms(long ToAccountId, Cash Amount, string Memo) : CommandDetails
{
    internal override CommandKind Kind => CommandKind.MakeTransfer;

    internal override Refusal Apply(CommandHandlers handlers, CommandContext context, in Command command, ref bool changed) =>
        handlers.Transfers.MakeTransfer(context, this);

    internal override void Write(CommandWriter to)
    {
        to.Number(ToAccountId);
        to.Number(Amount.TenThousandths);
        to.Text(Memo);
    }

    internal static TransferTerms Read(ref CommandReader from) => new(from.Number(), new Cash(from.Number()), from.Text());

    internal override void WriteAudit(Utf8JsonWriter json)
    {
        json.WriteNumber("to", ToAccountId);
        json.WriteNumber("amount", Amount.TenThousandths);
        json.WriteString("memo", Memo);
    }
}

/// <summary>Details of <see cref="CommandKind.Grant"/>.</summary>
/// <param name="EveryMember">To every member's personal account; then no accounts are named.</param>
/// <param name="Amount">For each; negative: taken from each.</param>
/// <param name="Force">Also takes what is not available.</param>
public sealed record GrantTerms(ValueList<long> AccountIds, bool EveryMember, Cash Amount, string Memo, bool Force) : CommandDetails
{
    internal override CommandKind Kind => CommandKind.Grant;

    internal override Refusal Apply(CommandHandlers handlers, CommandContext context, in Command command, ref bool changed) =>
        handlers.Transfers.Grant(context, this);

    internal override void Write(CommandWriter to)
    {
        to.Numbers(AccountIds);
        to.Flag(EveryMember);
        to.Number(Amount.TenThousandths);
        to.Text(Memo);
        to.Flag(Force);
    }

    internal static GrantTerms Read(ref CommandReader from) =>
        new(new ValueList<long>(from.Numbers()), from.Flag(), new Cash(from.Number()), from.Text(), from.Flag());

    internal override void WriteAudit(Utf8JsonWriter json)
    {
        if (!EveryMember)
            json.WriteIds("accounts", AccountIds);
        json.WriteNumber("amount", Amount.TenThousandths);
        json.WriteString("memo", Memo);
        json.WriteBoolean("force", Force);
    }
}

/// <summary>Details of <see cref="CommandKind.CreateCode"/>.</summary>
public sealed record CodeTerms(string Code, Cash Amount, long Uses, long ExpiresTimeUs) : CommandDetails
{
    internal override CommandKind Kind => CommandKind.CreateCode;

    internal override Refusal Apply(CommandHandlers handlers, CommandContext context, in Command command, ref bool changed) =>
        handlers.Codes.CreateCode(context, this);

    internal override void Write(CommandWriter to)
    {
        to.Text(Code);
        to.Number(Amount.TenThousandths);
        to.Number(Uses);
        to.Number(ExpiresTimeUs);
    }

    internal static CodeTerms Read(ref CommandReader from) => new(from.Text(), new Cash(from.Number()), from.Number(), from.Number());

    internal override void WriteAudit(Utf8JsonWriter json)
    {
        json.WriteString("code", Code);
        json.WriteNumber("amount", Amount.TenThousandths);
        json.WriteNumber("uses", Uses);
        json.WriteNumber("expires_us", ExpiresTimeUs);
    }
}

/// <summary>Details of <see cref="CommandKind.RevokeCode"/>.</summary>
public sealed record CodeRevocation(string Code) : CommandDetails
{
    internal override CommandKind Kind => CommandKind.RevokeCode;

    internal override Refusal Apply(CommandHandlers handlers, CommandContext context, in Command command, ref bool changed) =>
        CodeCommands.RevokeCode(context, this);

    internal override void Write(CommandWriter to) => to.Text(Code);

    internal static CodeRevocation Read(ref CommandReader from) => new(from.Text());

    internal override void WriteAudit(Utf8JsonWriter json) => json.WriteString("code", Code);
}

/// <summary>Details of <see cref="CommandKind.ClaimCode"/>.</summary>
public sealed record CodeClaim(string Code) : CommandDetails
{
    internal override CommandKind Kind => CommandKind.ClaimCode;

    internal override Refusal Apply(CommandHandlers handlers, CommandContext context, in Command command, ref bool changed) =>
        handlers.Codes.ClaimCode(context, in command, this);

    internal override void Write(CommandWriter to) => to.Text(Code);

    internal static CodeClaim Read(ref CommandReader from) => new(from.Text());

    internal override void WriteAudit(Utf8JsonWriter json) => json.WriteString("code", Code);
}
