using System.Security.Cryptography;
using Microsoft.IdentityModel.Tokens;

namespace Exchange.Auth;

/// <summary>The key that signs the built-in sign-in's tokens: ES256, in the data directory, readable by its owner only.</summary>
internal sealed class SigningKey : IIssuerKeys
{
    public const string FileName = "signing-key.pem";

    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private readonly ValueTask<IssuerKeys?> _keys;

    private SigningKey(ECParameters key)
    {
        var publicHalf = Jwk(key);
        // The id is a hash of the public half: another key never has the same one.
        publicHalf.KeyId = Base64UrlEncoder.Encode(publicHalf.ComputeJwkThumbprint());
        var whole = Jwk(key);
        whole.KeyId = publicHalf.KeyId;
        whole.D = Base64UrlEncoder.Encode(key.D);
        Credentials = new SigningCredentials(whole, SecurityAlgorithms.EcdsaSha256);
        _keys = new(IssuerKeys.From(BuiltInTokens.Issuer, [publicHalf]));
    }

    public SigningCredentials Credentials { get; }

    /// <summary>A secret for another purpose, which tells nothing of the key itself.</summary>
    public byte[] Derive(string purpose) => HKDF.DeriveKey(
        HashAlgorithmName.SHA256, Base64UrlEncoder.DecodeBytes(((JsonWebKey)Credentials.Key).D), outputLength: 32,
        info: System.Text.Encoding.ASCII.GetBytes(purpose));

    public ValueTask<IssuerKeys?> FindAsync(string keyId, CancellationToken cancellation) => _keys;

    /// <summary>Reads the key, or makes one if there is none yet.</summary>
    /// <exception cref="InvalidDataException">The file isn't such a key; the message says what to do.</exception>
    public static SigningKey LoadOrCreate(string dataDirectory, ILogger logger)
    {
        var path = Path.Combine(dataDirectory, FileName);
        if (!File.Exists(path))
            Create(path);
        else if (!OperatingSystem.IsWindows() && (File.GetUnixFileMode(path) & ~OwnerOnly) != 0)
        {
            File.SetUnixFileMode(path, OwnerOnly);
            logger.LogWarning("Other users of this machine could read {File}. Now only its owner can read it", path);
        }

        using var key = ECDsa.Create();
        try
        {
            key.ImportFromPem(File.ReadAllText(path));
            var parameters = key.ExportParameters(includePrivateParameters: true);
            if (parameters.D is null || parameters.Curve.Oid.Value != ECCurve.NamedCurves.nistP256.Oid.Value)
                throw new CryptographicException("another kind of key");
            return new SigningKey(parameters);
        }
        catch (Exception e) when (e is CryptographicException or ArgumentException)
        {
            // The parser's own message is left out: it might quote the file.
            throw new InvalidDataException(
                $"{path} is not a P-256 private key in PEM form. Restore a copy of it, or delete it. Then a new one is made at "
                + "the next start, and everyone has to sign in again.");
        }
    }

    private static JsonWebKey Jwk(ECParameters key) => new()
    {
        Kty = JsonWebAlgorithmsKeyTypes.EllipticCurve,
        Crv = JsonWebKeyECTypes.P256,
        X = Base64UrlEncoder.Encode(key.Q.X),
        Y = Base64UrlEncoder.Encode(key.Q.Y),
    };

    /// <summary>
    /// The file appears whole or not at all, and closed to others from its first byte; if another process was first, its
    /// key stays.
    /// </summary>
    private static void Create(string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var draft = $"{path}.{Guid.NewGuid():N}.tmp";
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = OwnerOnly;
        try
        {
            using (var file = new FileStream(draft, options))
            {
                file.Write(System.Text.Encoding.ASCII.GetBytes(key.ExportPkcs8PrivateKeyPem() + "\n"));
                file.Flush(flushToDisk: true);
            }
            File.Move(draft, path, overwrite: false);
        }
        catch (IOException) when (File.Exists(path))
        {
            // Another process made one at the same moment.
        }
        finally
        {
            File.Delete(draft);
        }
    }
}
