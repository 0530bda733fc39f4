using System.Globalization;
using System.Text.Json;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Exchange.Auth;

/// <summary>The meaning of the claims of a checked token.</summary>
internal static class TokenClaims
{
    // OpenID Connect Core 2: "sub" has at most 255 characters. A prefix may come in front of it here.
    private const int SubjectLengthMax = 255;
    private const int EmailLengthMax = 254;
    /// <summary>The claim of the built-in sign-in's tokens for <see cref="Credential.Generation"/>.</summary>
    public const string Generation = "gen";

    private const string MachinePrefix = "azp:";
    private const string PersonPrefix = "sub:";

    /// <summary>
    /// Unique for the issuer: "sub" for people, "azp:" + client id for programs; null when the token has neither.
    /// </summary>
    /// <remarks>
    /// A person's "sub" that begins with either prefix gets "sub:" in front: nobody who can choose one becomes a program,
    /// and two different subjects never become one.
    /// </remarks>
    public static string? Subject(JsonWebToken token)
    {
        var party = Party(token);
        if (token.TryGetPayloadValue<object>("sub", out _))
        {
            var subject = Text(token, "sub");
            if (string.IsNullOrEmpty(subject) || subject.Length > SubjectLengthMax)
                return null;
            if (subject != party)
                return HasPrefix(subject) ? PersonPrefix + subject : subject;
        }
        return string.IsNullOrEmpty(party) || party.Length > SubjectLengthMax ? null : MachinePrefix + party;
    }

    public static bool IsMachine(string subject) => subject.StartsWith(MachinePrefix, StringComparison.Ordinal);

    /// <summary>The client that the token was given to.</summary>
    public static string? Party(JsonWebToken token) => Text(token, "azp") ?? Text(token, "client_id");

    /// <summary>
    /// Signs of an ID token (or of another kind that isn't for us), for when the audience doesn't tell: some issuers use
    /// the client id as the audience of both.
    /// </summary>
    public static bool LooksLikeIdToken(JsonWebToken token)
    {
        if (token.TryGetHeaderValue<string>("typ", out var type) && !string.IsNullOrEmpty(type))
        {
            if (IsOneOf(type, "at+jwt", "application/at+jwt"))
                return false;
            if (!IsOneOf(type, "JWT"))
                return true;
        }
        // Keycloak says it in "typ", Amazon in "token_use".
        if (Text(token, "typ") is { } kind)
            return !IsOneOf(kind, "Bearer");
        if (Text(token, "token_use") is { } use)
            return !IsOneOf(use, "access");
        return Has(token, "at_hash") || Has(token, "c_hash") || Has(token, "nonce") || Has(token, "events");
    }

    /// <summary>
    /// Whether the token has the role or the permission that makes an admin. Asked of access tokens only: the issuer says in
    /// them what their bearer may do, and in ID tokens who they are.
    /// </summary>
    public static bool IsAdmin(JsonWebToken token, AuthOptions options)
    {
        if (options.AdminRole is null && options.AdminPermission is null)
            return false;
        using var payload = JsonDocument.Parse(Base64UrlEncoder.DecodeBytes(token.EncodedPayload));
        return (options.AdminRole is { } role && Lists(Find(payload.RootElement, options.RolesClaim), role))
            || (options.AdminPermission is { } permission && Lists(Find(payload.RootElement, "permissions"), permission));
    }

    public static long GenerationOf(JsonWebToken token) =>
        token.TryGetPayloadValue<object>(Generation, out var value) ? Convert.ToInt64(value, CultureInfo.InvariantCulture) : 0;

    public static Principal ToPrincipal(JsonWebToken token, string subject, JsonWebToken names, bool isAdmin)
    {
        var email = Text(names, "email");
        if (email is { Length: 0 or > EmailLengthMax } || email?.Any(char.IsControl) == true)
            email = null;
        var name = DisplayNames.Clean(Text(names, "name"))
            ?? DisplayNames.Clean(Text(names, "preferred_username"))
            ?? DisplayNames.Clean($"{Text(names, "given_name")} {Text(names, "family_name")}")
            ?? DisplayNames.Clean(email?.Split('@')[0]);
        return new Principal(
            token.Issuer, subject, name ?? DisplayNames.MadeUp(token.Issuer, subject), SaysUnverified(names) ? null : email,
            isAdmin, ExpiresAt(token))
        {
            NameIsMadeUp = name is null,
        };
    }

    public static DateTimeOffset ExpiresAt(JsonWebToken token) => new(token.ValidTo, TimeSpan.Zero);

    /// <summary>Some issuers write the words "true" and "false", and some leave it out for addresses they vouch for.</summary>
    private static bool SaysUnverified(JsonWebToken token) =>
        token.TryGetPayloadValue<object>("email_verified", out var value)
        && value is not true && !string.Equals(value as string, "true", StringComparison.OrdinalIgnoreCase);

    private static bool HasPrefix(string subject) =>
        subject.StartsWith(MachinePrefix, StringComparison.Ordinal) || subject.StartsWith(PersonPrefix, StringComparison.Ordinal);

    private static bool IsOneOf(string value, params ReadOnlySpan<string> known)
    {
        foreach (var one in known)
        {
            if (string.Equals(value, one, StringComparison.OrdinalIgnoreCase))
                return true;
        }
        return false;
    }

    /// <summary>A claim by its name, or by a path into objects; some issuers' names are addresses and have dots of their own.</summary>
    private static JsonElement Find(JsonElement claims, string path)
    {
        if (claims.TryGetProperty(path, out var claim))
            return claim;
        claim = claims;
        foreach (var name in path.Split('.'))
        {
            if (claim.ValueKind != JsonValueKind.Object || !claim.TryGetProperty(name, out claim))
                return default;
        }
        return claim;
    }

    /// <summary>Whether a list has a name, as text or as an object's "key" (or "name", where there is no key).</summary>
    private static bool Lists(JsonElement list, string name)
    {
        if (list.ValueKind != JsonValueKind.Array)
            return false;
        foreach (var item in list.EnumerateArray())
        {
            var entry = item;
            if (entry.ValueKind == JsonValueKind.Object && !item.TryGetProperty("key", out entry) && !item.TryGetProperty("name", out entry))
                continue;
            if (entry.ValueKind == JsonValueKind.String && entry.ValueEquals(name))
                return true;
        }
        return false;
    }

    private static bool Has(JsonWebToken token, string claim) => token.TryGetPayloadValue<object>(claim, out _);

    /// <summary>A claim if it is text; a number or an object by that name is no claim we know.</summary>
    private static string? Text(JsonWebToken token, string claim) =>
        token.TryGetPayloadValue<object>(claim, out var value) ? value as string : null;
}
