using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Exchange.Tests.Auth;

/// <summary>A key pair of an issuer, and the tokens it signs. Tokens are put together by hand, so that bad ones can be too.</summary>
internal sealed class IssuerKey(string id, AsymmetricAlgorithm key)
{
    public string Id => id;

    public string Algorithm => key is RSA ? "RS256" : "ES256";

    public static IssuerKey Rsa(string id) => new(id, RSA.Create(2048));

    public static IssuerKey Ec(string id) => new(id, ECDsa.Create(ECCurve.NamedCurves.nistP256));

    public JsonObject Jwk()
    {
        if (key is RSA rsa)
        {
            var p = rsa.ExportParameters(false);
            return new() { ["kty"] = "RSA", ["use"] = "sig", ["kid"] = id, ["n"] = Base64Url(p.Modulus!), ["e"] = Base64Url(p.Exponent!) };
        }
        var q = ((ECDsa)key).ExportParameters(false).Q;
        return new() { ["kty"] = "EC", ["crv"] = "P-256", ["use"] = "sig", ["kid"] = id, ["x"] = Base64Url(q.X!), ["y"] = Base64Url(q.Y!) };
    }

    public string PublicPem => key.ExportSubjectPublicKeyInfoPem();

    public byte[] PublicDer => key.ExportSubjectPublicKeyInfo();

    public JsonObject Header() => new() { ["alg"] = Algorithm, ["typ"] = "JWT", ["kid"] = id };

    public string Sign(JsonObject claims, JsonObject? header = null)
    {
        var signed = Unsigned(header ?? Header(), claims);
        return $"{signed}.{Base64Url(Signature(signed))}";
    }

    public static string SignHmac(JsonObject header, JsonObject claims, byte[] secret)
    {
        var signed = Unsigned(header, claims);
        return $"{signed}.{Base64Url(HMACSHA256.HashData(secret, Encoding.ASCII.GetBytes(signed)))}";
    }

    public static string Unsigned(JsonObject header, JsonObject claims) =>
        $"{Base64Url(Encoding.UTF8.GetBytes(header.ToJsonString()))}.{Base64Url(Encoding.UTF8.GetBytes(claims.ToJsonString()))}";

    public static string Base64Url(byte[] bytes) => System.Buffers.Text.Base64Url.EncodeToString(bytes);

    private byte[] Signature(string signed)
    {
        var bytes = Encoding.ASCII.GetBytes(signed);
        return key is RSA rsa
            ? rsa.SignData(bytes, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)
            : ((ECDsa)key).SignData(bytes, HashAlgorithmName.SHA256);
    }
}

/// <summary>An OpenID Connect issuer on loopback: discovery, keys, a count of how often they were asked for.</summary>
internal sealed class LoopbackIssuer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private volatile IssuerKey[] _keys;
    private int _fetches;

    private LoopbackIssuer(IssuerKey[] keys)
    {
        _keys = keys;
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        _app = builder.Build();
        _app.MapGet("/.well-known/openid-configuration", (RequestDelegate)(async context =>
        {
            Interlocked.Increment(ref _fetches);
            context.Response.StatusCode = Down ? 503 : 200;
            if (!Down)
                await context.Response.WriteAsync(new JsonObject { ["issuer"] = NamesItself ?? Url, ["jwks_uri"] = KeysAt ?? Url + "/jwks" }.ToJsonString());
        }));
        _app.MapGet("/jwks", (RequestDelegate)(async context =>
        {
            if (Answer is { } gate)
                await gate.Task;
            await context.Response.WriteAsync(new JsonObject { ["keys"] = new JsonArray([.. _keys.Select(k => k.Jwk())]) }.ToJsonString());
        }));
    }

    public string Url { get; private set; } = "";

    public int Fetches => Volatile.Read(ref _fetches);

    public bool Down { get; set; }

    public string? NamesItself { get; set; }

    public string? KeysAt { get; set; }

    /// <summary>When set, keys are sent once it completes.</summary>
    public TaskCompletionSource? Answer { get; set; }

    public static async Task<LoopbackIssuer> StartAsync(params IssuerKey[] keys)
    {
        var issuer = new LoopbackIssuer(keys);
        await issuer._app.StartAsync();
        issuer.Url = issuer._app.Urls.First();
        return issuer;
    }

    public void Rotate(params IssuerKey[] keys) => _keys = keys;

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();
}
