namespace Exchange.Markets;

// Who did what as whom.
public sealed partial class Venue
{
    /// <summary>What the trail says of the command besides what it says itself.</summary>
    private string? _auditNote;

    /// <summary>Notes every command of a user but ordinary trading, and that too if it was done with admin powers.</summary>
    private void Audit(in Command command)
    {
        bool isAudited = CommandPolicy.Of(command.Kind).Auditing switch
        {
            Auditing.Always => true,
            Auditing.WithPowers => _asAdmin,
            _ => false,
        };
        if (_user is null || !isAudited)
            return;
        // Found by the market, though the command could not name it yet.
        long marketId = command.Kind == CommandKind.CreateMarket ? _lastMarketId : command.MarketId;
        _batch.AddRecord(
            new Audited(
                _user.Info.UserId, command.AccountId, _asAdmin, _room?.Info.RoomId ?? 0, marketId, command.Kind, _auditNote ?? AuditDetail.Of(in command)),
            isAnswer: false);
    }
}
