using System.Text.Json;
using Microsoft.IdentityModel.Tokens;

namespace Exchange.Auth;

/// <summary>
/// The issuer's public keys, kept in the data directory so that a restart while the issuer is down locks nobody out.
/// The file is as trustworthy as the rest of that directory, which also holds the database.
/// </summary>
internal sealed class OidcKeysFile(string dataDirectory, ILogger logger)
{
    public const string FileName = "issuer-keys.json";

    private readonly string _path = Path.Combine(dataDirectory, FileName);

    /// <summary>The keys that are stored for this issuer; null: there are none, or they can't be read.</summary>
    public Kept? Read(string authority)
    {
        try
        {
            if (!File.Exists(_path))
                return null;
            var content = JsonSerializer.Deserialize(File.ReadAllBytes(_path), AuthJson.Default.Content);
            if (content?.Authority != authority || content.Issuer is null || content.Jwks is null)
                return null;
            var keys = IssuerKeys.From(content.Issuer, new JsonWebKeySet(content.Jwks).GetSigningKeys());
            return new Kept(keys, DateTimeOffset.FromUnixTimeMilliseconds(content.FetchedAtMs));
        }
        catch (Exception e)
        {
            // Whatever is wrong with it: the issuer can be asked instead.
            logger.LogWarning("{File} can't be read, so it is ignored: {Reason}", _path, e.GetType().Name);
            return null;
        }
    }

    public void Write(Content content)
    {
        try
        {
            Directory.CreateDirectory(dataDirectory);
            var draft = _path + ".tmp";
            File.WriteAllBytes(draft, JsonSerializer.SerializeToUtf8Bytes(content, AuthJson.Default.Content));
            File.Move(draft, _path, overwrite: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            logger.LogWarning("{File} can't be written: {Reason}", _path, e.GetType().Name);
        }
    }

    internal sealed record Kept(IssuerKeys Keys, DateTimeOffset FetchedAt);

    internal sealed record Content(string Authority, string Issuer, long FetchedAtMs, string Jwks);
}
