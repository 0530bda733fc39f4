using System.Text.Json.Serialization;

namespace Exchange.Auth;

/// <summary>What the endpoints read and write; generated at build, since there is no reflection in the executable.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    AllowDuplicateProperties = false,
    MaxDepth = 8)]
[JsonSerializable(typeof(AuthConfig))]
[JsonSerializable(typeof(SignInRequest))]
[JsonSerializable(typeof(SignInResponse))]
[JsonSerializable(typeof(Problem))]
[JsonSerializable(typeof(OidcKeysFile.Content))]
internal sealed partial class AuthJson : JsonSerializerContext;

/// <summary>What the page needs to sign someone in; the fields after the mode's own are absent.</summary>
internal sealed record AuthConfig(
    string Mode,
    bool? SetupNeeded = null,
    string? Authority = null,
    string? ClientId = null,
    string? Audience = null,
    string? Scope = null);

internal sealed record SignInRequest(string? Name, string? Password, string? SetupCode);

internal sealed record SignInResponse(string Token, long ExpiresAtUs, string Name);

/// <summary>Problem details (RFC 9457).</summary>
internal sealed record Problem(string Type, string Title, int Status, string Detail);
