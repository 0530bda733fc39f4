using System.Net;
using Exchange.Auth;

namespace Exchange.Tests.Auth;

public sealed class ConnectionLimitsTests
{
    private static readonly IPAddress School = IPAddress.Parse("192.0.2.1");

    [Fact]
    public void So_many_of_an_address_may_not_have_said_who_they_are()
    {
        using var auth = new AuthUnderTest(new AuthOptions { UnauthenticatedPerAddress = 2 });
        var limits = auth.Auth.Connections;
        var first = limits.TryEnter(School, out _);
        Assert.NotNull(first);
        Assert.NotNull(limits.TryEnter(School.MapToIPv6(), out _));
        Assert.Null(limits.TryEnter(School, out var wait));
        Assert.InRange(wait.TotalSeconds, 1, 60);
        Assert.NotNull(limits.TryEnter(IPAddress.Parse("192.0.2.2"), out _));

        // It said who it is, twice over.
        first.Dispose();
        first.Dispose();
        Assert.NotNull(limits.TryEnter(School, out _));
        Assert.Null(limits.TryEnter(School, out _));
    }

    [Fact]
    public void So_many_of_an_address_may_be_opened_in_a_minute()
    {
        using var auth = new AuthUnderTest(new AuthOptions { ConnectionsPerAddressPerMinute = 3 });
        for (var i = 0; i < 3; i++)
            auth.Auth.Connections.TryEnter(IPAddress.Parse($"2001:db8::{i}"), out _)!.Dispose();
        Assert.Null(auth.Auth.Connections.TryEnter(IPAddress.Parse("2001:db8::9"), out var wait));
        Assert.InRange(wait.TotalSeconds, 1, 20);
        Assert.NotNull(auth.Auth.Connections.TryEnter(IPAddress.Parse("2001:db8:0:1::1"), out _));
    }
}
