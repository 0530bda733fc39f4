using Exchange.Spelling;

namespace Exchange.Markets;

/// <summary>Codes that are worth money.</summary>
internal sealed class CodeCommands(VenueState state, Money money)
{
    public Refusal CreateCode(CommandContext context, CodeTerms terms)
    {
        Room room = context.Room!;
        string text = Codes.Normalize(terms.Code);
        if ((Codes.Problem("code", text) ?? Money.ProblemOf(terms.Amount, memo: "")) is { } problem)
            return Refusals.InvalidField(problem);
        if (terms.Uses is < 1 or > Limits.MaxCodeUses)
            return Refusals.InvalidField($"uses must be 1 to {Limits.MaxCodeUses:#,0}.");
        if (terms.ExpiresTimeUs != 0 && Times.Problem("expires_time_us", terms.ExpiresTimeUs, context.Now.TimeUs) is { } wrong)
            return Refusals.InvalidField($"{wrong} 0 is for never.");
        if (room.Codes.ContainsKey(text))
            return Refusals.CodeTaken;
        if (room.Codes.Values.Count(x => IsUsable(context, x)) >= Limits.MaxCodes)
            return Refusals.CodesLimit;

        var code = new Code(new CodeInfo(
            ++state.LastCodeId, room.Info.RoomId, text, terms.Amount, (int)terms.Uses, 0, terms.ExpiresTimeUs, IsRevoked: false, context.Now.TimeUs));
        room.Codes.Add(text, code);
        context.Batch.AddRecord(new CodeChanged(code.Info, IsNew: true), isAnswer: true);
        return Refusal.None;
    }

    public static Refusal RevokeCode(CommandContext context, CodeRevocation named)
    {
        if (!context.Room!.Codes.TryGetValue(Codes.Normalize(named.Code), out Code? code))
            return Refusals.CodeNotFound;
        code.Info = code.Info with { IsRevoked = true };
        context.Batch.AddRecord(new CodeChanged(code.Info, IsNew: false), isAnswer: true);
        return Refusal.None;
    }

    public Refusal ClaimCode(CommandContext context, in Command command, CodeClaim named)
    {
        Room room = context.Room!;
        string text = Codes.Normalize(named.Code);
        if (!room.Codes.TryGetValue(text, out Code? code) || !IsUsable(context, code) || code.UsedBy.Contains(command.UserId))
            return Refusals.CodeNotFound;
        if (!Money.MayIssue(room, code.Info.Amount.TenThousandths))
            return Refusals.IssuedLimit;
        code.UsedBy.Add(command.UserId);
        code.Info = code.Info with { Used = code.Info.Used + 1 };
        TransferInfo transfer = money.Move(context, room.House, context.Account!, code.Info.Amount, $"Code {text}", TransferKind.Code, isAnswer: true);
        context.Batch.AddRecord(new CodeChanged(code.Info, IsNew: false), isAnswer: false);
        context.Batch.AddRecord(new CodeClaimed(code.Info.CodeId, command.UserId, context.Account!.Id, transfer.TransferId), isAnswer: false);
        return Refusal.None;
    }

    private static bool IsUsable(CommandContext context, Code code) => !code.Info.IsRevoked && code.Info.Used < code.Info.Uses
        && (code.Info.ExpiresTimeUs == 0 || code.Info.ExpiresTimeUs > context.Now.TimeUs);

    public static Refusal GetCodes(CommandContext context)
    {
        context.Batch.AddRecord(
            new CodeList([.. context.Room!.Codes.Values.Where(x => IsUsable(context, x)).Select(c => c.Info).OrderBy(c => c.CodeId)]), isAnswer: true);
        return Refusal.None;
    }
}
