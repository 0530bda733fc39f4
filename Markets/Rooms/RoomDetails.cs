using System.Text.Json;

namespace Exchange.Markets;

/// <summary>Details of <see cref="CommandKind.EnterUser"/>: who the sign-in says it is.</summary>
/// <param name="NameIsMadeUp">The sign-in knew no name: one known from earlier is better.</param>
/// <param name="RoomSlug">The room to bring them into; a room they may not enter leaves them in none.</param>
public sealed record UserEntry(
    string Issuer, string Subject, string Name, string? Email, bool IsServerAdmin, bool NameIsMadeUp = false,
    string RoomSlug = Venue.MainRoomSlug) : CommandDetails
{
    internal override CommandKind Kind => CommandKind.EnterUser;

    internal override Refusal Apply(CommandHandlers handlers, CommandContext context, in Command command, ref bool changed) =>
        handlers.Entries.EnterUser(context, in command, this, ref changed);

    internal override void Write(CommandWriter to)
    {
        to.Text(Issuer);
        to.Text(Subject);
        to.Text(Name);
        to.Optional(Email);
        to.Flag(IsServerAdmin);
        to.Flag(NameIsMadeUp);
        to.Text(RoomSlug);
    }

    internal static UserEntry Read(ref CommandReader from) =>
        new(from.Text(), from.Text(), from.Text(), from.OptionalText(), from.Flag(), from.Flag(), from.Text());
}

/// <summary>Details of <see cref="CommandKind.EnterRoom"/>.</summary>
/// <param name="RoomId">0: named by slug.</param>
public sealed record RoomEntry(long RoomId, string Slug, string JoinCode) : CommandDetails
{
    internal override CommandKind Kind => CommandKind.EnterRoom;

    internal override Refusal Apply(CommandHandlers handlers, CommandContext context, in Command command, ref bool changed) =>
        handlers.Entries.EnterRoom(context, in command, this, ref changed);

    internal override void Write(CommandWriter to)
    {
        to.Number(RoomId);
        to.Text(Slug);
        to.Text(JoinCode);
    }

    internal static RoomEntry Read(ref CommandReader from) => new(from.Number(), from.Text(), from.Text());
}

/// <summary>Details of <see cref="CommandKind.OpenRoom"/>.</summary>
public sealed record RoomTerms(
    string Slug, string Name, Cash OpeningBalance, WhoMayCreateMarkets WhoMayCreateMarkets, JoinPolicy JoinPolicy = JoinPolicy.Open)
    : CommandDetails
{
    internal override CommandKind Kind => CommandKind.OpenRoom;

    internal override Refusal Apply(CommandHandlers handlers, CommandContext context, in Command command, ref bool changed) =>
        handlers.Rooms.OpenRoom(context, in command, this);

    internal override void Write(CommandWriter to)
    {
        to.Text(Slug);
        to.Text(Name);
        to.Number(OpeningBalance.TenThousandths);
        to.Byte((byte)WhoMayCreateMarkets);
        to.Byte((byte)JoinPolicy);
    }

    internal static RoomTerms Read(ref CommandReader from) =>
        new(from.Text(), from.Text(), new Cash(from.Number()), (WhoMayCreateMarkets)from.Byte(), (JoinPolicy)from.Byte());

    internal override void WriteAudit(Utf8JsonWriter json)
    {
        json.WriteString("slug", Slug);
        json.WriteString("name", Name);
        json.WriteNumber("opening_balance", OpeningBalance.TenThousandths);
        json.WriteString("who_may_create_markets", WhoMayCreateMarkets.ToString());
        json.WriteString("join_policy", JoinPolicy.ToString());
    }
}

/// <summary>Details of <see cref="CommandKind.UpdateRoom"/>; null: as it is.</summary>
/// <param name="JoinCode">Empty: none.</param>
public sealed record RoomUpdate(
    string? Name, JoinPolicy? JoinPolicy, Cash? OpeningBalance, WhoMayCreateMarkets? WhoMayCreateMarkets, bool? IsArchived, string? JoinCode)
    : CommandDetails
{
    internal override CommandKind Kind => CommandKind.UpdateRoom;

    internal override Refusal Apply(CommandHandlers handlers, CommandContext context, in Command command, ref bool changed) =>
        handlers.Rooms.UpdateRoom(context, in command, this);

    internal override void Write(CommandWriter to)
    {
        to.Optional(Name);
        to.Optional((long?)JoinPolicy);
        to.Optional(OpeningBalance?.TenThousandths);
        to.Optional((long?)WhoMayCreateMarkets);
        to.Optional(IsArchived);
        to.Optional(JoinCode);
    }

    internal static RoomUpdate Read(ref CommandReader from) => new(
        from.OptionalText(), (JoinPolicy?)from.OptionalNumber(), from.OptionalNumber() is { } balance ? new Cash(balance) : null,
        (WhoMayCreateMarkets?)from.OptionalNumber(), from.OptionalFlag(), from.OptionalText());

    internal override void WriteAudit(Utf8JsonWriter json)
    {
        if (Name is { } name)
            json.WriteString("name", name);
        if (JoinPolicy is { } policy)
            json.WriteString("join_policy", policy.ToString());
        if (OpeningBalance is { } balance)
            json.WriteNumber("opening_balance", balance.TenThousandths);
        if (WhoMayCreateMarkets is { } who)
            json.WriteString("who_may_create_markets", who.ToString());
        if (IsArchived is { } archived)
            json.WriteBoolean("archived", archived);
        if (JoinCode is { } code)
            json.WriteString("join_code", code);
    }
}

/// <summary>Details of <see cref="CommandKind.InviteToRoom"/>.</summary>
public sealed record Invitations(string[] AddEmails, string[] RemoveEmails) : CommandDetails
{
    internal override CommandKind Kind => CommandKind.InviteToRoom;

    internal override Refusal Apply(CommandHandlers handlers, CommandContext context, in Command command, ref bool changed) =>
        RoomCommands.InviteToRoom(context, this);

    internal override void Write(CommandWriter to)
    {
        to.Texts(AddEmails);
        to.Texts(RemoveEmails);
    }

    internal static Invitations Read(ref CommandReader from) => new(from.Texts(), from.Texts());

    internal override void WriteAudit(Utf8JsonWriter json)
    {
        json.WriteTexts("add_emails", AddEmails);
        json.WriteTexts("remove_emails", RemoveEmails);
    }

    public override string ToString() => $"add {string.Join(", ", AddEmails)}; remove {string.Join(", ", RemoveEmails)}";
}

/// <summary>Details of <see cref="CommandKind.SetRole"/>.</summary>
/// <param name="Role">Null: taken out of the room.</param>
public sealed record RoleTerms(long UserId, Role? Role) : CommandDetails
{
    internal override CommandKind Kind => CommandKind.SetRole;

    internal override Refusal Apply(CommandHandlers handlers, CommandContext context, in Command command, ref bool changed) =>
        handlers.Rooms.SetRole(context, this);

    internal override void Write(CommandWriter to)
    {
        to.Number(UserId);
        to.Optional((long?)Role);
    }

    internal static RoleTerms Read(ref CommandReader from) => new(from.Number(), (Role?)from.OptionalNumber());

    internal override void WriteAudit(Utf8JsonWriter json)
    {
        json.WriteNumber("user", UserId);
        if (Role is { } role)
            json.WriteString("role", role.ToString());
    }
}

/// <summary>Details of <see cref="CommandKind.GetPerson"/>.</summary>
public sealed record PersonWanted(long UserId) : CommandDetails
{
    internal override CommandKind Kind => CommandKind.GetPerson;

    internal override Refusal Apply(CommandHandlers handlers, CommandContext context, in Command command, ref bool changed)
    {
        changed = false;
        return handlers.Views.GetPerson(context, this);
    }

    internal override void Write(CommandWriter to) => to.Number(UserId);

    internal static PersonWanted Read(ref CommandReader from) => new(from.Number());
}
