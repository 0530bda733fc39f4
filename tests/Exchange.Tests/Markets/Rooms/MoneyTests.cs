using Exchange.Markets;

namespace Exchange.Tests.Markets;

/// <summary>Transfers, grants, codes.</summary>
public sealed class MoneyTests
{
    private const long MostIssued = 1L << 60;
    private readonly Scenario _scenario = new(cash: 100);

    [Theory]
    [InlineData("A pay 40 to B | B pay 140 to C -> A pays B 40; B pays C 140; book: empty")]
    [InlineData("A pay 100.01 to B -> refused InsufficientFunds; book: empty")]
    [InlineData("A buy 1 @ 60 | A pay 40 to B | A pay 0.01 to B -> A pays B 40; refused InsufficientFunds; book: A buy 1 @ 60")]
    [InlineData("A pay 0 to B -> refused InvalidField; book: empty")]
    [InlineData("A pay -5 to B -> refused InvalidField; book: empty")]
    [InlineData("A pay 5 to A -> refused InvalidField; book: empty")]
    public void Only_what_is_available_can_be_paid(string row) => Scenario.Check(row, _scenario);

    private Refusal Grant(long tenThousandths, bool force, params string[] traders) => _scenario.AsAdmin(
        CommandKind.Grant,
        new GrantTerms(new ValueList<long>([.. traders.Select(_scenario.Account)]), traders.Length == 0, new Cash(tenThousandths), "", force));

    [Fact]
    public void Grants_come_from_the_house_to_some_or_to_every_member()
    {
        _scenario.Run("A buy 1 @ 1 | B buy 1 @ 1");
        Assert.False(Grant(25_0000, false, "A").IsRefused);
        Assert.False(Grant(10_0000, false).IsRefused);
        Assert.Equal(3, _scenario.Answer<Granted>().Count);
        Assert.Equal((135m, 110m), (_scenario.Cash("A"), _scenario.Cash("B")));
        Assert.Equal(135, _scenario.Portfolio("A").NetDeposits.TenThousandths / 10_000);
    }

    [Fact]
    public void What_is_not_available_is_only_taken_by_force_and_then_risk_only_shrinks()
    {
        _scenario.Run("A buy 1 @ 60 | B buy 1 @ 1");
        Assert.Equal(RefusalCode.InsufficientFunds, Grant(-50_0000, false, "B", "A").Code);
        Assert.Equal((100m, 100m), (_scenario.Cash("A"), _scenario.Cash("B")));
        Assert.False(Grant(-50_0000, true, "A").IsRefused);
        Assert.Equal(new DeficitChanged(_scenario.Account("A"), true), _scenario.Answer<DeficitChanged>());
        Assert.Equal(-10, _scenario.Available("A"));
        Assert.Equal("refused InsufficientFunds; A back; cancelled A buy 1 @ 60 Requested; 1 cancelled; book: B buy 1 @ 1", Sorted(_scenario.Run("A buy 1 @ 61 | A cancel all")));
    }

    // The account's release may be told before or after what brought it about.
    private static string Sorted(string happened) =>
        string.Join("; ", happened.Split("; ").OrderBy(p => p.StartsWith("refused", StringComparison.Ordinal) ? 0 : p.StartsWith("A back", StringComparison.Ordinal) ? 1 : 2));

    /// <summary>InDeficit from one and given to another, over and over, sums would pass 64 bits if nothing stopped it.</summary>
    [Fact]
    public void However_often_money_is_forced_from_some_sums_stay_countable()
    {
        _scenario.Run("A buy 1 @ 1 | B buy 1 @ 1");
        var codes = new HashSet<RefusalCode>();
        for (int i = 0; i < 20; i++)
        {
            codes.Add(Grant(MostIssued, false, "A").Code);
            codes.Add(Grant(-MostIssued, true, "B").Code);
        }
        Assert.Equal([RefusalCode.LimitExceeded], codes.Except([RefusalCode.None]));
        Assert.InRange(_scenario.Portfolio("A").Cash.TenThousandths, 0, MostIssued);
        Assert.InRange(_scenario.Portfolio("B").Cash.TenThousandths, -MostIssued, 0);
        _scenario.Venue.CheckInvariants();
    }

    [Theory]
    [InlineData(MostIssued, RefusalCode.LimitExceeded)]
    [InlineData(MostIssued - 1_000_000_000_000_0000, RefusalCode.None)]
    public void What_an_undone_settlement_leaves_owed_counts_as_given_out(long given, RefusalCode outcome)
    {
        var scenario = new Scenario(cash: 0, min: 0, max: 1_000_000);
        var terms = new GrantTerms(new ValueList<long>(scenario.Account("A")), false, new Cash(given), "", false);
        Assert.False(scenario.AsAdmin(CommandKind.Grant, terms).IsRefused);
        scenario.Run("A buy 1000000 @ 1000000 | W sell 1000000 @ 1000000 | settle @ 0 | W pay 1000000000000 to B");
        string before = scenario.Venue.StateHash();
        Assert.Equal(outcome, scenario.AsAdmin(CommandKind.UndoSettlement, marketId: scenario.MarketId).Code);
        Assert.Equal(outcome == RefusalCode.LimitExceeded, before == scenario.Venue.StateHash());
        scenario.Venue.CheckInvariants();
    }

    [Fact]
    public void A_code_is_claimed_once_by_each_as_often_as_it_says_until_it_ends()
    {
        Assert.False(_scenario.AsAdmin(CommandKind.CreateCode, new CodeTerms("spring-26", new Cash(7_0000), 2, 0)).IsRefused);
        RefusalCode Claim(string trader) => _scenario.By(trader, CommandKind.ClaimCode, new CodeClaim("SPRING 26")).Code;
        Assert.Equal([RefusalCode.None, RefusalCode.CodeNotFound, RefusalCode.None, RefusalCode.CodeNotFound], (RefusalCode[])[Claim("A"), Claim("A"), Claim("B"), Claim("C")]);
        Assert.Equal((107m, 107m, 100m), (_scenario.Cash("A"), _scenario.Cash("B"), _scenario.Cash("C")));
        Assert.Equal(RefusalCode.NameTaken, _scenario.AsAdmin(CommandKind.CreateCode, new CodeTerms("SPRING26", new Cash(1), 1, 0)).Code);
    }

    [Fact]
    public void A_code_revoked_or_expired_is_worth_nothing()
    {
        _scenario.AsAdmin(CommandKind.CreateCode, new CodeTerms("first", new Cash(1), 9, 0));
        _scenario.AsAdmin(CommandKind.CreateCode, new CodeTerms("second", new Cash(1), 9, 3_000_000));
        _scenario.AsAdmin(CommandKind.RevokeCode, new CodeRevocation("FIRST"));
        Assert.Equal(RefusalCode.CodeNotFound, _scenario.By("A", CommandKind.ClaimCode, new CodeClaim("first")).Code);
        Assert.Equal(RefusalCode.None, _scenario.By("A", CommandKind.ClaimCode, new CodeClaim("second")).Code);
        _scenario.Run("wait 3");
        Assert.Equal(RefusalCode.CodeNotFound, _scenario.By("B", CommandKind.ClaimCode, new CodeClaim("second")).Code);
    }
}
