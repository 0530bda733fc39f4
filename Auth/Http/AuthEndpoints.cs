namespace Exchange.Auth;

/// <summary>Signing in over HTTP: /auth/config, /auth/sign-up, /auth/sign-in.</summary>
public static class AuthEndpoints
{
    /// <summary>
    /// Adds the three. Errors are problem details: 400 a field is wrong, 401 name or password, 403 foreign Origin or bad
    /// setup code, 404 an issuer does the sign-in, 409 name taken, 413 body over 4 KiB, 415 not JSON, 429 too often and
    /// 503 busy, both with Retry-After.
    /// </summary>
    public static void MapAuth(this IEndpointRouteBuilder app, ExchangeAuth auth)
    {
        app.MapGet("/auth/config", (RequestDelegate)(context => ConfigAsync(context, auth)));
        app.MapPost("/auth/sign-up", (RequestDelegate)(context => SignAsync(context, auth, signUp: true)));
        app.MapPost("/auth/sign-in", (RequestDelegate)(context => SignAsync(context, auth, signUp: false)));
    }

    private static async Task ConfigAsync(HttpContext context, ExchangeAuth auth)
    {
        var options = auth.Options;
        var config = auth.BuiltIn is not null
            ? new AuthConfig("built-in", SetupNeeded: await auth.IsSetupNeededAsync())
            : new AuthConfig(
                "oidc", Authority: options.Authority, ClientId: options.ClientId, Audience: options.Audience, Scope: options.Scope);
        await AuthHttp.WriteAsync(context, config, AuthJson.Default.AuthConfig);
    }

    private static async Task SignAsync(HttpContext context, ExchangeAuth auth, bool signUp)
    {
        if (auth.BuiltIn is not { } builtIn)
        {
            await AuthHttp.RefuseAsync(context, StatusCodes.Status404NotFound, "Signing in is the issuer's here; see /auth/config.");
            return;
        }
        if (!auth.Origins.Allows(context.Request))
        {
            await AuthHttp.RefuseAsync(context, StatusCodes.Status403Forbidden, "This page may not sign in here: its Origin isn't allowed.");
            return;
        }
        if (await AuthHttp.ReadAsync(context) is not { } request)
            return;
        if (request.Name is null || request.Password is null)
        {
            var field = request.Name is null ? "name" : "password";
            await AuthHttp.RefuseAsync(context, StatusCodes.Status400BadRequest, $"{field} is missing; it must be text.");
            return;
        }

        var address = context.Connection.RemoteIpAddress;
        var result = signUp
            ? await builtIn.SignUpAsync(request.Name, request.Password, request.SetupCode, address, context.RequestAborted)
            : await builtIn.SignInAsync(request.Name, request.Password, address, context.RequestAborted);
        if (result.IsGood)
        {
            var signedIn = result.SignedIn;
            var expiresAtUs = signedIn.ExpiresAt.ToUnixTimeSeconds() * 1_000_000;
            await AuthHttp.WriteAsync(
                context, new SignInResponse(signedIn.Token, expiresAtUs, signedIn.Name), AuthJson.Default.SignInResponse);
            return;
        }
        await AuthHttp.RefuseAsync(context, Status(result.Refusal), result.Sentence, result.RetryAfter);
    }

    private static int Status(SignInRefusal refusal) => refusal switch
    {
        SignInRefusal.WrongPassword => StatusCodes.Status401Unauthorized,
        SignInRefusal.NameTaken => StatusCodes.Status409Conflict,
        SignInRefusal.BadSetupCode => StatusCodes.Status403Forbidden,
        SignInRefusal.TooOften => StatusCodes.Status429TooManyRequests,
        SignInRefusal.Busy => StatusCodes.Status503ServiceUnavailable,
        _ => StatusCodes.Status400BadRequest,
    };
}
