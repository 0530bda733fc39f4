using Exchange.Markets;

namespace Exchange.Storage;

// The rows of money that moves without a trade: transfers, codes, settlements, conversions, exercises, and what accounts are worth.
public sealed partial class WalWriter
{
    private Statement _insertTransfer = null!, _upsertCode = null!, _insertClaim = null!, _insertSettlement = null!, _insertPayout = null!,
        _insertUndo = null!, _insertConversion = null!, _insertConversionLeg = null!, _insertExercise = null!, _insertAssignment = null!,
        _insertSample = null!;

    private void PrepareMoney()
    {
        _insertTransfer = Prepare("""
            INSERT INTO transfer (id, room_id, from_account_id, to_account_id, amount, memo, by_user_id, sequence, time_us, kind)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """);
        _upsertCode = Prepare("""
            INSERT INTO code VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (id) DO UPDATE SET used = excluded.used, is_revoked = excluded.is_revoked
            """);
        _insertClaim = Prepare("INSERT INTO code_claim VALUES (?, ?, ?, ?)");
        _insertSettlement = Prepare("INSERT INTO settlement VALUES (?, ?, ?, ?, ?, ?, ?)");
        _insertPayout = Prepare("INSERT INTO settlement_payout VALUES (?, ?, ?, ?)");
        _insertUndo = Prepare("INSERT INTO settlement_undo VALUES (?, ?, ?, ?)");
        _insertConversion = Prepare("INSERT INTO conversion VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
        _insertConversionLeg = Prepare("INSERT INTO conversion_leg VALUES (?, ?, ?, ?)");
        _insertExercise = Prepare("INSERT INTO exercise VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
        _insertAssignment = Prepare("INSERT INTO exercise_assignment VALUES (?, ?, ?)");
        _insertSample = Prepare("INSERT OR REPLACE INTO equity_sample VALUES (?, ?, ?, ?, ?)");
    }

    private void WriteMoney(VenueEvent record, in AppliedCommand command)
    {
        switch (record)
        {
            case TransferMade { Transfer: var t }:
                _insertTransfer.With(t.TransferId).With(t.RoomId).With(t.FromAccountId).With(t.ToAccountId)
                    .With(t.Amount.TenThousandths).With(t.Memo).With(t.ByUserId).With(command.Sequence).With(t.TimeUs)
                    .With(Names.Of(t.Kind)).Run();
                break;
            case CodeChanged { Code: var c }:
                _upsertCode.With(c.CodeId).With(c.RoomId).With(c.Code).With(c.Amount.TenThousandths).With(c.Uses).With(c.Used)
                    .With(c.ExpiresTimeUs).With(c.IsRevoked).With(c.CreatedTimeUs).Run();
                break;
            case CodeClaimed c:
                _insertClaim.With(c.CodeId).With(c.UserId).With(c.AccountId).With(c.TransferId).Run();
                break;
            case MarketSettled s:
                _insertSettlement.With(s.SettlementId).With(s.MarketId).With(s.Price.Hundredths).With(s.ByUserId)
                    .With(command.Sequence).With(command.TimeUs).With(s.CausedBySettlementId).Run();
                foreach (Payout p in s.Payouts)
                    _insertPayout.With(s.SettlementId).With(p.AccountId).With(p.Position.Hundredths).With(p.Amount.TenThousandths).Run();
                break;
            case SettlementUndone u:
                _insertUndo.With(u.SettlementId).With(u.ByUserId).With(command.Sequence).With(command.TimeUs).Run();
                break;
            case BasketConverted c:
                _insertConversion.With(c.ConversionId).With(c.MarketId).With(c.AccountId).With(Names.Of(c.Direction))
                    .With(c.Quantity.Hundredths).With(c.Fee.TenThousandths).With(c.HouseAccountId).With(c.ByUserId)
                    .With(command.Sequence).With(command.TimeUs).Run();
                foreach (ConversionLeg leg in c.Legs)
                    _insertConversionLeg.With(c.ConversionId).With(leg.MarketId).With(leg.Change.Hundredths).With(leg.Price.Hundredths).Run();
                break;
            case OptionExercised e:
                _insertExercise.With(e.ExerciseId).With(e.MarketId).With(e.Option.UnderlyingId).With(Names.Of(e.Option.Kind))
                    .With(e.Option.Strike.Hundredths).With(e.AccountId).With(e.Quantity.Hundredths).With(e.ByUserId)
                    .With(command.Sequence).With(command.TimeUs).Run();
                foreach (Assignment a in e.Assignments)
                    _insertAssignment.With(e.ExerciseId).With(a.AccountId).With(a.Quantity.Hundredths).Run();
                break;
            case EquitySampled { Samples: var samples }:
                foreach (WorthSample s in samples)
                {
                    _insertSample.With(s.AccountId).With(command.TimeUs).With(s.Equity.TenThousandths).With(s.Profit.TenThousandths)
                        .With(s.PublicEquity?.TenThousandths).Run();
                }
                break;
            // Answers, and what only those who are connected need to know: nothing of it is kept.
            case RightsChanged or VisibilityChanged or Granted or Subscribed or RoomView or ActingAs or ElevationSet or OrderPreviewed
                or SettlementPreviewed or BatchApplied or Leaderboard or MembersOverview or PersonView or RoomSettings or CodeList:
                return;
            default:
                throw new InvalidOperationException($"{record.GetType().Name} has no rows here, and is not among the events that have none.");
        }
        Rows++;
    }
}
