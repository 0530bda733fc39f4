using Microsoft.IdentityModel.Tokens;

namespace Exchange.Auth;

/// <summary>An issuer and the keys it signs with at present.</summary>
/// <param name="Issuer">What "iss" must be, to the letter.</param>
/// <param name="Keys">The keys by key id. The public halves are enough.</param>
internal sealed record IssuerKeys(string Issuer, ILookup<string, SecurityKey> Keys)
{
    public static IssuerKeys From(string issuer, IEnumerable<SecurityKey> keys) => new(issuer, keys
        .Where(key => !string.IsNullOrEmpty(key.KeyId) && key is not SymmetricSecurityKey)
        .ToLookup(key => key.KeyId, StringComparer.Ordinal));
}

/// <summary>A source of keys: an issuer on the network, or this exchange.</summary>
internal interface IIssuerKeys
{
    /// <summary>The keys, looked up anew if <paramref name="keyId"/> isn't among those known; null when there are none.</summary>
    ValueTask<IssuerKeys?> FindAsync(string keyId, CancellationToken cancellation);
}
