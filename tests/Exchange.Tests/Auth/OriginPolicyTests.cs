using Exchange.Auth;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace Exchange.Tests.Auth;

/// <summary>trust.md, row 14: who may open a connection from a visitor's browser.</summary>
public sealed class OriginPolicyTests
{
    private static readonly OriginPolicy Policy = new(["https://trade.school.edu", "http://localhost:5173"]);

    [Theory]
    [InlineData(null, "exchange.test", true)]
    [InlineData("https://exchange.test", "exchange.test", true)]
    [InlineData("http://exchange.test", "exchange.test", true)]
    [InlineData("http://localhost:8080", "localhost:8080", true)]
    [InlineData("http://127.0.0.1:8080", "127.0.0.1:8080", true)]
    [InlineData("http://[::1]:8080", "[::1]:8080", true)]
    [InlineData("https://exchange.test", "exchange.test:443", true)]
    [InlineData("https://exchange.test:443", "exchange.test", true)]
    [InlineData("https://exchange.test:8443", "exchange.test:8443", true)]
    [InlineData("HTTPS://Exchange.Test", "exchange.TEST", true)]
    [InlineData("https://trade.school.edu", "exchange.test", true)]
    [InlineData("http://localhost:5173", "exchange.test", true)]
    // Foreign.
    [InlineData("https://evil.test", "exchange.test", false)]
    [InlineData("http://localhost:8081", "localhost:8080", false)]
    [InlineData("http://localhost", "localhost:8080", false)]
    [InlineData("http://127.0.0.1:8080", "localhost:8080", false)]
    [InlineData("https://exchange.test:8443", "exchange.test", false)]
    [InlineData("http://exchange.test", "exchange.test:443", false)]
    [InlineData("http://trade.school.edu", "exchange.test", false)]
    [InlineData("https://trade.school.edu:8443", "exchange.test", false)]
    // Null and empty.
    [InlineData("null", "exchange.test", false)]
    [InlineData("null", "null", false)]
    [InlineData("", "exchange.test", false)]
    [InlineData(" ", "exchange.test", false)]
    [InlineData("https://", "exchange.test", false)]
    // Look-alikes.
    [InlineData("https://exchange.test.evil.test", "exchange.test", false)]
    [InlineData("https://evil-exchange.test", "exchange.test", false)]
    [InlineData("https://sub.exchange.test", "exchange.test", false)]
    [InlineData("https://exchange.test.", "exchange.test", false)]
    [InlineData("https://exchange.test@evil.test", "exchange.test", false)]
    [InlineData("https://evil.test@exchange.test", "exchange.test", false)]
    [InlineData("https://evil.test/exchange.test", "exchange.test", false)]
    [InlineData("https://evil.test#exchange.test", "exchange.test", false)]
    [InlineData("https://evil.test\\exchange.test", "exchange.test", false)]
    [InlineData("https://exchange.test/", "exchange.test", false)]
    [InlineData("https://exchange.test?", "exchange.test", false)]
    [InlineData("https://exchange.test ", "exchange.test", false)]
    [InlineData("https://exchange.test, https://evil.test", "exchange.test", false)]
    [InlineData("https://exchаnge.test", "exchange.test", false)]
    [InlineData("https://xn--exchnge-2fg.test", "exchange.test", false)]
    [InlineData("//exchange.test", "exchange.test", false)]
    [InlineData("exchange.test", "exchange.test", false)]
    [InlineData("ws://exchange.test", "exchange.test", false)]
    [InlineData("file://exchange.test", "exchange.test", false)]
    [InlineData("chrome-extension://exchange.test", "exchange.test", false)]
    [InlineData("http://2130706433:8080", "127.0.0.1:8080", false)]
    public void Table(string? origin, string host, bool allowed) =>
        Assert.Equal(allowed, Policy.Allows(origin is null ? StringValues.Empty : origin, new HostString(host), isHttps: false));

    [Fact]
    public void Two_origins_are_one_too_many() =>
        Assert.False(Policy.Allows(new StringValues(["https://exchange.test", "https://exchange.test"]), new HostString("exchange.test"), false));

    [Fact]
    public void A_page_in_the_clear_may_not_talk_to_us_over_TLS()
    {
        Assert.False(Policy.Allows("http://exchange.test", new HostString("exchange.test"), isHttps: true));
        Assert.True(Policy.Allows("https://exchange.test", new HostString("exchange.test"), isHttps: true));
    }

    [Fact]
    public void Without_a_host_only_the_list_counts()
    {
        Assert.False(Policy.Allows("https://exchange.test", default, false));
        Assert.True(Policy.Allows("https://trade.school.edu", default, false));
    }

    [Theory]
    [InlineData("*")]
    [InlineData("null")]
    [InlineData("trade.school.edu")]
    [InlineData("https://trade.school.edu/page")]
    [InlineData("https://*.school.edu")]
    public void A_list_that_makes_no_sense_stops_the_start(string origin) =>
        Assert.Contains(origin, Assert.Throws<ArgumentException>(() => new OriginPolicy([origin])).Message, StringComparison.Ordinal);
}
