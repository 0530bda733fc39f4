using System.Text.Json;

namespace Exchange.Markets;

/// <summary>Details of <see cref="CommandKind.OpenAccount"/>.</summary>
public sealed record NewAccount(string Name) : CommandDetails
{
    internal override CommandKind Kind => CommandKind.OpenAccount;

    internal override Refusal Apply(CommandHandlers handlers, CommandContext context, in Command command, ref bool changed) =>
        handlers.Accounts.OpenAccount(context, this);

    internal override void Write(CommandWriter to) => to.Text(Name);

    internal static NewAccount Read(ref CommandReader from) => new(from.Text());

    internal override void WriteAudit(Utf8JsonWriter json) => json.WriteString("name", Name);
}

/// <summary>Details of <see cref="CommandKind.RenameAccount"/>.</summary>
public sealed record AccountName(string Name) : CommandDetails
{
    internal override CommandKind Kind => CommandKind.RenameAccount;

    internal override Refusal Apply(CommandHandlers handlers, CommandContext context, in Command command, ref bool changed) =>
        AccountCommands.RenameAccount(context, this);

    internal override void Write(CommandWriter to) => to.Text(Name);

    internal static AccountName Read(ref CommandReader from) => new(from.Text());

    internal override void WriteAudit(Utf8JsonWriter json) => json.WriteString("name", Name);
}

/// <summary>Details of <see cref="CommandKind.ShareAccount"/>.</summary>
public sealed record AccountShare(long UserId, AccountRole Role) : CommandDetails
{
    internal override CommandKind Kind => CommandKind.ShareAccount;

    internal override Refusal Apply(CommandHandlers handlers, CommandContext context, in Command command, ref bool changed) =>
        AccountCommands.ShareAccount(context, this);

    internal override void Write(CommandWriter to)
    {
        to.Number(UserId);
        to.Byte((byte)Role);
    }

    internal static AccountShare Read(ref CommandReader from) => new(from.Number(), (AccountRole)from.Byte());

    internal override void WriteAudit(Utf8JsonWriter json)
    {
        json.WriteNumber("user", UserId);
        if (Role != 0)
            json.WriteString("role", Role.ToString());
    }
}

/// <summary>Details of <see cref="CommandKind.RemoveAccountMember"/>.</summary>
public sealed record AccountRemoval(long UserId) : CommandDetails
{
    internal override CommandKind Kind => CommandKind.RemoveAccountMember;

    internal override Refusal Apply(CommandHandlers handlers, CommandContext context, in Command command, ref bool changed) =>
        handlers.Accounts.RemoveAccountMember(context, in command, this);

    internal override void Write(CommandWriter to) => to.Number(UserId);

    internal static AccountRemoval Read(ref CommandReader from) => new(from.Number());

    internal override void WriteAudit(Utf8JsonWriter json) => json.WriteNumber("user", UserId);
}
