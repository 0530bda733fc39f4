namespace Exchange.Auth;

/// <summary>Signing in over HTTP, and what belongs to it.</summary>
public static class AuthEndpoints
{
    private const string BrowserCookie = "exchange-known-browser";

    /// <summary>
    /// Adds everything under /auth. Errors are problem details: 400 a field is wrong, 401 name or password or token, 403
    /// foreign Origin, bad code or no admin, 404 an issuer does the sign-in, 409 name taken, 413 body over 4 KiB, 415 not
    /// JSON, 429 too often and 503 busy, both with Retry-After.
    /// </summary>
    public static void MapAuth(this IEndpointRouteBuilder app, ExchangeAuth auth)
    {
        app.MapGet("/auth/config", (RequestDelegate)(context => ConfigAsync(context, auth)));

        Post("/auth/sign-up", (builtIn, context) => SignAsync(
            context, nameof(AuthRequest.Name), nameof(AuthRequest.Password),
            r => builtIn.SignUpAsync(r.Name!, r.Password!, r.SetupCode, r.JoinCode, Address(context), Browser(context), r.Room, context.RequestAborted)));
        Post("/auth/sign-in", (builtIn, context) => SignAsync(
            context, nameof(AuthRequest.Name), nameof(AuthRequest.Password),
            r => builtIn.SignInAsync(r.Name!, r.Password!, Address(context), Browser(context), context.RequestAborted)));
        Post("/auth/reset-password", (builtIn, context) => SignAsync(
            context, nameof(AuthRequest.Code), nameof(AuthRequest.NewPassword),
            r => builtIn.ResetPasswordAsync(r.Code!, r.NewPassword!, Address(context), Browser(context), context.RequestAborted)));

        // These need a bearer token.
        Post("/auth/change-password", async (builtIn, context) =>
        {
            if (await AuthHttp.AuthenticateAsync(context, auth.Tokens) is { } user)
            {
                await SignAsync(
                    context, nameof(AuthRequest.Password), nameof(AuthRequest.NewPassword),
                    r => builtIn.ChangePasswordAsync(user, r.Password!, r.NewPassword!, Address(context), Browser(context), context.RequestAborted));
            }
        });
        Post("/auth/sign-out-elsewhere", async (builtIn, context) =>
        {
            if (await AuthHttp.AuthenticateAsync(context, auth.Tokens) is { } user)
                await AnswerAsync(context, await builtIn.SignOutElsewhereAsync(user, Browser(context)));
        });

        // These need an admin's bearer token.
        Admin(app.MapGet, "/auth/join-code", async context => await JoinCodeAsync(context, await auth.Administration.JoinCodeAsync()));
        Admin(app.MapPost, "/auth/join-code", async context => await JoinCodeAsync(context, await auth.Administration.NewJoinCodeAsync()));
        Admin(app.MapDelete, "/auth/join-code", async context =>
        {
            await auth.Administration.RemoveJoinCodeAsync();
            await JoinCodeAsync(context, null);
        });
        Admin(app.MapPost, "/auth/sign-in-link", context => SignInLinkAsync(context, auth.Administration));

        void Post(string path, Func<BuiltInSignIn, HttpContext, Task> handle) =>
            app.MapPost(path, (RequestDelegate)(context => GuardedAsync(context, auth, handle)));

        void Admin(Func<string, RequestDelegate, IEndpointConventionBuilder> map, string path, RequestDelegate handle) =>
            map(path, context => GuardedAsync(context, auth, async (_, _) =>
            {
                if (await AuthHttp.AuthenticateAsync(context, auth.Tokens) is not { } user)
                    return;
                if (user.ServerAdmin)
                    await handle(context);
                else
                    await AuthHttp.RefuseAsync(context, StatusCodes.Status403Forbidden, "Only an admin can do this.");
            }));
    }

    /// <summary>How one signs in here; with ?room=SLUG, also whether that room exists.</summary>
    private static async Task ConfigAsync(HttpContext context, ExchangeAuth auth)
    {
        var options = auth.Options;
        bool joinCodeNeeded = auth.BuiltIn is not null && await auth.Administration.JoinCodeAsync() is not null;
        // Only where anybody may sign up, and so learn it in any case: elsewhere strangers can't find out which rooms there are.
        bool? roomExists = auth.BuiltIn is { } builtIn && !joinCodeNeeded && context.Request.Query["room"] is [{ Length: > 0 } room]
            ? await builtIn.RoomExistsAsync(room)
            : null;
        var config = auth.BuiltIn is not null
            ? new AuthConfig("built-in", await auth.IsSetupNeededAsync(), joinCodeNeeded, roomExists)
            : new AuthConfig(
                "oidc", Authority: options.Authority, ClientId: options.ClientId, Audience: options.Audience, Scope: options.Scope);
        await AuthHttp.WriteAsync(context, config, AuthJson.Default.AuthConfig);
    }

    /// <summary>Lets a request pass only if the exchange has the built-in sign-in, and only from pages that may connect.</summary>
    private static Task GuardedAsync(HttpContext context, ExchangeAuth auth, Func<BuiltInSignIn, HttpContext, Task> handle)
    {
        if (auth.BuiltIn is not { } builtIn)
            return AuthHttp.RefuseAsync(context, StatusCodes.Status404NotFound, "An OpenID Connect issuer signs people in here; see /auth/config.");
        if (!auth.Origins.Allows(context.Request))
            return AuthHttp.RefuseAsync(context, StatusCodes.Status403Forbidden, OriginPolicy.Refusal(context.Request));
        return handle(builtIn, context);
    }

    /// <summary>Reads the request, checks that two fields are there, and answers with what came of it.</summary>
    private static async Task SignAsync(HttpContext context, string first, string second, Func<AuthRequest, ValueTask<SignInResult>> sign)
    {
        if (await AuthHttp.ReadAsync(context) is not { } request)
            return;
        if ((Missing(request, first) ?? Missing(request, second)) is not { } field)
            await AnswerAsync(context, await sign(request));
        else
            await AuthHttp.RefuseAsync(context, StatusCodes.Status400BadRequest, $"{field} is missing; it must be text.");
    }

    /// <summary>The field's name in JSON if it isn't there.</summary>
    private static string? Missing(AuthRequest request, string field) => field switch
    {
        nameof(AuthRequest.Name) when request.Name is null => "name",
        nameof(AuthRequest.Password) when request.Password is null => "password",
        nameof(AuthRequest.NewPassword) when request.NewPassword is null => "new_password",
        nameof(AuthRequest.Code) when request.Code is null => "code",
        _ => null,
    };

    private static Task AnswerAsync(HttpContext context, SignInResult result)
    {
        if (!result.IsGood)
            return AuthHttp.RefuseAsync(context, Status(result.Refusal), result.Sentence, result.RetryAfter);
        var signedIn = result.SignedIn;
        if (result.Browser is { } browser)
            Remember(context, browser);
        return AuthHttp.WriteAsync(
            context, new SignInResponse(signedIn.Token, Us(signedIn.ExpiresAt), signedIn.Name), AuthJson.Default.SignInResponse);
    }

    private static Task JoinCodeAsync(HttpContext context, string? code) =>
        AuthHttp.WriteAsync(context, new JoinCodeResponse(code), AuthJson.Default.JoinCodeResponse);

    private static async Task SignInLinkAsync(HttpContext context, Administration administration)
    {
        if (await AuthHttp.ReadAsync(context) is not { } request)
            return;
        if (request.Name is null)
            await AuthHttp.RefuseAsync(context, StatusCodes.Status400BadRequest, "name is missing; it must be text.");
        else if (await administration.MakeLinkAsync(request.Name) is not { } link)
            await AuthHttp.RefuseAsync(context, StatusCodes.Status404NotFound, "No user has this name.");
        else
        {
            await AuthHttp.WriteAsync(
                context, new SignInLinkResponse(link.Name, link.Code, Us(link.ExpiresAt)), AuthJson.Default.SignInLinkResponse);
        }
    }

    /// <summary>The cookie from earlier sign-ins with this browser.</summary>
    private static string? Browser(HttpContext context) => context.Request.Cookies[BrowserCookie];

    /// <summary>Sets the cookie. It is for this browser and for signing in only: scripts and other sites never see it.</summary>
    private static void Remember(HttpContext context, string browser) => context.Response.Cookies.Append(BrowserCookie, browser, new CookieOptions
    {
        HttpOnly = true,
        Secure = context.Request.IsHttps,
        SameSite = SameSiteMode.Strict,
        Path = context.Request.PathBase + "/auth",
        MaxAge = KnownBrowsers.Lifetime,
        IsEssential = true,
    });

    private static System.Net.IPAddress? Address(HttpContext context) => context.Connection.RemoteIpAddress;

    private static long Us(DateTimeOffset time) => (time - DateTimeOffset.UnixEpoch).Ticks / 10;

    private static int Status(SignInRefusal refusal) => refusal switch
    {
        SignInRefusal.WrongPassword => StatusCodes.Status401Unauthorized,
        SignInRefusal.NameTaken => StatusCodes.Status409Conflict,
        SignInRefusal.BadSetupCode or SignInRefusal.BadJoinCode or SignInRefusal.BadLink => StatusCodes.Status403Forbidden,
        SignInRefusal.TooOften => StatusCodes.Status429TooManyRequests,
        SignInRefusal.Busy => StatusCodes.Status503ServiceUnavailable,
        _ => StatusCodes.Status400BadRequest,
    };
}
