using System.Text.Json.Serialization;

namespace Exchange.Auth;

/// <summary>The JSON that the endpoints read and write; generated at build, since there is no reflection in the executable.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    AllowDuplicateProperties = false,
    MaxDepth = 8)]
[JsonSerializable(typeof(AuthConfig))]
[JsonSerializable(typeof(AuthRequest))]
[JsonSerializable(typeof(SignInResponse))]
[JsonSerializable(typeof(JoinCodeResponse))]
[JsonSerializable(typeof(SignInLinkResponse))]
[JsonSerializable(typeof(Problem))]
[JsonSerializable(typeof(OidcKeysFile.Content))]
internal sealed partial class AuthJson : JsonSerializerContext;

/// <summary>The facts that the page needs to sign somebody in. Fields of the other mode are absent.</summary>
internal sealed record AuthConfig(
    string Mode,
    bool? SetupNeeded = null,
    bool? JoinCodeNeeded = null,
    bool? RoomExists = null,
    string? Authority = null,
    string? ClientId = null,
    string? Audience = null,
    string? Scope = null);

/// <summary>The fields of all requests; each endpoint says which it needs.</summary>
internal sealed record AuthRequest(
    string? Name, string? Password, string? NewPassword, string? SetupCode, string? JoinCode, string? Code, string? Room)
{
    /// <summary>Leaves everything out: nearly all of it is secret.</summary>
    public override string ToString() => "AuthRequest";
}

internal sealed record SignInResponse(string Token, long ExpiresAtUs, string Name);

/// <summary>Null: anybody may sign up.</summary>
internal sealed record JoinCodeResponse([property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] string? JoinCode);

internal sealed record SignInLinkResponse(string Name, string Code, long ExpiresAtUs);

/// <summary>Problem details (RFC 9457).</summary>
internal sealed record Problem(string Type, string Title, int Status, string Detail);
