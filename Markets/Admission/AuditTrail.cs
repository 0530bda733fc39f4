namespace Exchange.Markets;

/// <summary>Who did what as whom.</summary>
internal static class AuditTrail
{
    /// <summary>Notes every command of a user but ordinary trading, and that too if it was done with admin powers.</summary>
    public static void Audit(CommandContext context, in Command command)
    {
        bool isAudited = CommandPolicy.Of(command.Kind).Auditing switch
        {
            Auditing.Always => true,
            Auditing.WithPowers => context.AsAdmin,
            _ => false,
        };
        if (context.User is null || !isAudited)
            return;
        long marketId = context.AuditMarketId != 0 ? context.AuditMarketId : command.MarketId;
        context.Batch.AddRecord(
            new Audited(
                context.User.Info.UserId, command.AccountId, context.AsAdmin, context.Room?.Info.RoomId ?? 0, marketId, command.Kind, context.AuditNote ?? AuditDetail.Of(in command)),
            isAnswer: false);
    }
}
