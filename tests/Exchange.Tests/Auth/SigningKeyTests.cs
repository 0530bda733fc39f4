using System.Runtime.Versioning;
using System.Security.Cryptography;
using Exchange.Auth;

namespace Exchange.Tests.Auth;

[UnsupportedOSPlatform("windows")]
public sealed class SigningKeyTests : IDisposable
{
    private readonly AuthUnderTest _exchange = new();

    private string KeyFile => Path.Combine(_exchange.DataDirectory, "signing-key.pem");

    public void Dispose() => _exchange.Dispose();

    [Fact]
    public void The_key_is_made_once_whole_and_for_its_owner_only()
    {
        var pem = File.ReadAllText(KeyFile);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(KeyFile));
        Assert.Equal([KeyFile], Directory.GetFiles(_exchange.DataDirectory));

        _exchange.Restart();

        Assert.Equal(pem, File.ReadAllText(KeyFile));
    }

    [Fact]
    public void A_key_others_could_read_is_closed_to_them_and_it_is_said()
    {
        File.SetUnixFileMode(KeyFile, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead);
        _exchange.Restart();
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(KeyFile));
        Assert.Contains("only its owner", _exchange.Log.Text, StringComparison.Ordinal);
    }

    public static TheoryData<string> Spoilt => [.. SpoiltKeys.Keys];

    private static readonly Dictionary<string, Func<string, string>> SpoiltKeys = new()
    {
        ["empty"] = _ => "",
        ["a word"] = _ => "key",
        ["cut"] = pem => pem[..(pem.Length / 2)],
        ["a byte changed"] = pem => pem.Replace("MIG", "MIH", StringComparison.Ordinal),
        ["an RSA key"] = _ => RSA.Create(2048).ExportPkcs8PrivateKeyPem(),
        ["another curve"] = _ => ECDsa.Create(ECCurve.NamedCurves.nistP384).ExportPkcs8PrivateKeyPem(),
        ["the public half"] = _ => ECDsa.Create(ECCurve.NamedCurves.nistP256).ExportSubjectPublicKeyInfoPem(),
    };

    [Theory]
    [MemberData(nameof(Spoilt))]
    public void A_spoilt_key_stops_the_start_and_stays_as_it_is(string how)
    {
        var spoilt = SpoiltKeys[how](File.ReadAllText(KeyFile));
        File.WriteAllText(KeyFile, spoilt);

        var e = Assert.Throws<InvalidDataException>(_exchange.Restart);

        Assert.StartsWith($"{KeyFile} is not a P-256 private key", e.Message, StringComparison.Ordinal);
        Assert.Contains("delete it", e.Message, StringComparison.Ordinal);
        Assert.Equal(spoilt, File.ReadAllText(KeyFile));
    }

    [Fact]
    public void Made_by_many_at_once_it_is_one_key()
    {
        File.Delete(KeyFile);
        Parallel.For(0, 8, _ => ExchangeAuth.Create(
            _exchange.Options, _exchange.DataDirectory, _exchange.Credentials, _exchange.Time, _exchange.Log).Dispose());
        Assert.Equal([KeyFile], Directory.GetFiles(_exchange.DataDirectory));
    }
}
