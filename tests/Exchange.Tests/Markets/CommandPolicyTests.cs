using System.Runtime.CompilerServices;
using Exchange.Markets;

namespace Exchange.Tests.Markets;

/// <summary>What is declared about the kinds of command fits together.</summary>
public class CommandPolicyTests
{
    public static TheoryData<CommandKind> Kinds => [.. Enum.GetValues<CommandKind>()];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Every_kind_has_a_policy_that_makes_sense(CommandKind kind)
    {
        CommandPolicy policy = CommandPolicy.Of(kind);
        Assert.False(policy.Looks && policy.Auditing != Auditing.Never, "It changes nothing, so there is nothing to audit.");
        Assert.Equal(policy.Right == Right.Exchange, policy.RateLimit == RateLimit.None);
        Assert.False(policy.Right == Right.Exchange && !policy.ByExchange, "Nobody could give it.");
        Assert.False(policy.Account != AccountRight.None && policy.Right < Right.Member, "Accounts belong to members of a room.");
    }

    /// <summary>A record of details whose kind does not read it back would be written to a log that nobody can replay.</summary>
    [Fact]
    public void Every_record_of_details_belongs_to_a_kind_that_reads_it_back()
    {
        Type[] records = [.. typeof(CommandDetails).Assembly.GetTypes().Where(t => t.IsSubclassOf(typeof(CommandDetails)))];
        foreach (Type record in records)
        {
            var details = (CommandDetails)RuntimeHelpers.GetUninitializedObject(record);
            Assert.Equal(record, CommandPolicy.Of(details.Kind).ReadDetails?.Method.ReturnType);
        }
        Assert.Equal(Enum.GetValues<CommandKind>().Count(k => CommandPolicy.Of(k).ReadDetails is not null), records.Length);
    }
}
