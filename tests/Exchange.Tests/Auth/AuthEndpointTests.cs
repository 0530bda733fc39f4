using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Exchange.Auth;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;

namespace Exchange.Tests.Auth;

/// <summary>The endpoints over real HTTP.</summary>
public sealed class AuthEndpointTests : IAsyncLifetime
{
    private const string Good = """{"name":"Ada","password":"correct horse"}""";

    private readonly AuthUnderTest _exchange = new();
    private readonly HttpClient _http = new();
    private WebApplication _app = null!;

    public async Task InitializeAsync() => _app = await HostAsync(_exchange);

    public async Task DisposeAsync()
    {
        _http.Dispose();
        await _app.DisposeAsync();
        _exchange.Dispose();
    }

    [Fact]
    public async Task Sign_up_then_sign_in()
    {
        var up = await OkAsync("/auth/sign-up", Good);
        var inn = await OkAsync("/auth/sign-in", Good);

        foreach (var answer in new[] { up, inn })
        {
            Assert.Equal(["expires_at_us", "name", "token"], answer.Select(p => p.Key).Order());
            Assert.Equal("Ada", (string?)answer["name"]);
            Assert.Equal(_exchange.Time.GetUtcNow().AddDays(7).ToUnixTimeMilliseconds() * 1000, (long)answer["expires_at_us"]!);
            Assert.True((await _exchange.Auth.Tokens.ValidateAsync((string)answer["token"]!, null, default)).IsValid);
        }
    }

    [Fact]
    public async Task Config_says_how_to_sign_in()
    {
        Assert.Equal("""{"mode":"built-in","setup_needed":true,"join_code_needed":false}""", await GetAsync(_app, "/auth/config"));
        var code = (await _exchange.Auth.SetupLink.CreateAsync())!;
        await OkAsync("/auth/sign-up", $$"""{"name":"Ada","password":"correct horse","setup_code":"{{code}}"}""");
        Assert.Equal("""{"mode":"built-in","setup_needed":false,"join_code_needed":false}""", await GetAsync(_app, "/auth/config"));

        // Of a room, too, that a link names.
        _exchange.Credentials.RoomJoinCodes["class-7"] = "";
        Assert.Contains("\"room_exists\":true", await GetAsync(_app, "/auth/config?room=Class-7"), StringComparison.Ordinal);
        Assert.Contains("\"room_exists\":false", await GetAsync(_app, "/auth/config?room=class-8"), StringComparison.Ordinal);

        using var oidc = new AuthUnderTest(new AuthOptions { Authority = "https://school.kinde.com", Audience = "api", ClientId = "page" });
        await using var app = await HostAsync(oidc);
        Assert.Equal(
            """{"mode":"oidc","authority":"https://school.kinde.com","client_id":"page","audience":"api","scope":"openid profile email"}""",
            await GetAsync(app, "/auth/config"));
        foreach (var path in new[]
            {
                "/auth/sign-up", "/auth/sign-in", "/auth/reset-password", "/auth/change-password", "/auth/sign-out-elsewhere",
                "/auth/join-code", "/auth/sign-in-link",
            })
            await ProblemAsync(HttpStatusCode.NotFound, "An OpenID Connect issuer signs people in here", await PostAsync(path, Good, app: app));
    }

    [Theory]
    [InlineData("", "JSON object")]
    [InlineData("null", "JSON object")]
    [InlineData("[]", "JSON object")]
    [InlineData("{", "JSON object")]
    [InlineData("name=Ada&password=correct", "JSON object")]
    [InlineData("{}", "name is missing")]
    [InlineData("""{"name":"Ada"}""", "password is missing")]
    [InlineData("""{"password":"correct horse"}""", "name is missing")]
    [InlineData("""{"name":null,"password":"correct horse"}""", "name is missing")]
    [InlineData("""{"name":1,"password":"correct horse"}""", "name must be")]
    [InlineData("""{"name":"Ada","password":{"a":1}}""", "password must be")]
    [InlineData("""{"name":"Ada","password":"correct horse","setup_code":[]}""", "setup_code must be")]
    [InlineData("""{"name":"Ada","name":"Bob","password":"correct horse"}""", "once")]
    [InlineData("""{"name":"\ud800","password":"correct horse"}""", "name must be")]
    [InlineData("""{"name":"","password":"correct horse"}""", "name must have 1 to 40")]
    [InlineData("""{"name":"Ada","password":"short"}""", "password must have 8 to 128")]
    [InlineData("""{"correct horse":1,"name":""", "name must be")]
    [InlineData("""{"correct horse":""", "JSON object")]
    public async Task A_bad_body_is_answered_with_a_sentence_that_names_the_field(string body, string says) =>
        await ProblemAsync(HttpStatusCode.BadRequest, says, await PostAsync("/auth/sign-up", body));

    [Theory]
    [InlineData(null)]
    [InlineData("text/plain")]
    [InlineData("application/x-www-form-urlencoded")]
    [InlineData("multipart/form-data; boundary=x")]
    [InlineData("application/jsonp")]
    [InlineData("application/json; charset=utf-16")]
    public async Task Only_JSON_is_read(string? type) =>
        await ProblemAsync(HttpStatusCode.UnsupportedMediaType, "application/json", await PostAsync("/auth/sign-in", Good, type));

    [Fact]
    public async Task A_body_of_4_KiB_is_read_and_a_longer_one_is_not()
    {
        Assert.Equal(HttpStatusCode.OK, (await PostAsync("/auth/sign-up", Good.PadRight(4096), "application/json; charset=UTF-8")).StatusCode);
        await ProblemAsync(HttpStatusCode.RequestEntityTooLarge, "4096", await PostAsync("/auth/sign-in", Good.PadRight(4097)));

        // Without a Content-Length to go by.
        using var request = new HttpRequestMessage(HttpMethod.Post, Url("/auth/sign-in"))
        {
            Content = new StreamContent(new MemoryStream(Encoding.UTF8.GetBytes(Good.PadRight(100_000)))),
        };
        request.Headers.TransferEncodingChunked = true;
        request.Content.Headers.ContentType = new("application/json");
        await ProblemAsync(HttpStatusCode.RequestEntityTooLarge, "4096", await _http.SendAsync(request));
    }

    [Fact]
    public async Task A_foreign_page_is_refused_before_anything_is_read()
    {
        foreach (var origin in new[] { "https://evil.test", "null", _app.Urls.First() + ".evil.test" })
            await ProblemAsync(HttpStatusCode.Forbidden, "may not connect", await PostAsync("/auth/sign-up", Good, origin: origin));
        await Assert.ThrowsAsync<Xunit.Sdk.SingleException>(() => Task.FromResult(_exchange.Credentials.Only()));
        Assert.Equal(3, _exchange.Auth.Origins.Refused);
        Assert.Equal(HttpStatusCode.OK, (await PostAsync("/auth/sign-up", Good, origin: _app.Urls.First())).StatusCode);
    }

    [Fact]
    public async Task Refusals_have_their_status()
    {
        await OkAsync("/auth/sign-up", Good);
        await ProblemAsync(HttpStatusCode.Conflict, "This name is taken", await PostAsync("/auth/sign-up", Good));
        await ProblemAsync(HttpStatusCode.Unauthorized, "wrong", await PostAsync("/auth/sign-in", """{"name":"Ada","password":"wrong horse"}"""));
        await ProblemAsync(HttpStatusCode.Forbidden, "setup link", await PostAsync("/auth/sign-up", """{"name":"Bob","password":"correct horse","setup_code":"x"}"""));
        for (var i = 0; i < 10; i++)
            await PostAsync("/auth/sign-in", Good);
        var tooOften = await PostAsync("/auth/sign-in", Good);
        Assert.InRange(tooOften.Headers.RetryAfter!.Delta!.Value.TotalSeconds, 1, 6);
        await ProblemAsync(HttpStatusCode.TooManyRequests, "Try again in", tooOften);
        Assert.Equal(HttpStatusCode.MethodNotAllowed, (await _http.GetAsync(Url("/auth/sign-in"))).StatusCode);
    }

    [Fact]
    public async Task A_join_code_a_reset_and_a_change_of_password()
    {
        var code = (await _exchange.Auth.SetupLink.CreateAsync())!;
        var admin = (string)(await OkAsync("/auth/sign-up", $$"""{"name":"Ada","password":"correct horse","setup_code":"{{code}}"}"""))["token"]!;
        Assert.Null((await OkAsync("/auth/join-code", "", admin, HttpMethod.Get))["join_code"]);
        var joinCode = (string)(await OkAsync("/auth/join-code", "", admin))["join_code"]!;
        Assert.Equal(joinCode, (string)(await OkAsync("/auth/join-code", "", admin, HttpMethod.Get))["join_code"]!);
        // A stranger without a code does not learn which rooms exist.
        Assert.Equal("""{"mode":"built-in","setup_needed":false,"join_code_needed":true}""", await GetAsync(_app, "/auth/config?room=class-7"));

        const string Bob = """{"name":"Bob","password":"correct horse","join_code":"CODE"}""";
        await ProblemAsync(HttpStatusCode.Forbidden, "join code isn't right", await PostAsync("/auth/sign-up", Bob));
        var bob = (string)(await OkAsync("/auth/sign-up", Bob.Replace("CODE", joinCode, StringComparison.Ordinal)))["token"]!;
        foreach (var path in new[] { "/auth/join-code", "/auth/sign-in-link" })
        {
            await ProblemAsync(HttpStatusCode.Forbidden, "Only an admin", await PostAsync(path, """{"name":"Ada"}""", token: bob));
            await ProblemAsync(HttpStatusCode.Unauthorized, "Authorization", await PostAsync(path, """{"name":"Ada"}"""));
            await ProblemAsync(HttpStatusCode.Unauthorized, "isn't valid", await PostAsync(path, """{"name":"Ada"}""", token: "made up"));
        }

        const string Change = """{"password":"correct horse","new_password":"battery horse"}""";
        await ProblemAsync(HttpStatusCode.Unauthorized, "Authorization", await PostAsync("/auth/change-password", Change));
        await ProblemAsync(HttpStatusCode.BadRequest, "new_password is missing", await PostAsync("/auth/change-password", Good, token: bob));
        await ProblemAsync(
            HttpStatusCode.Unauthorized, "current password",
            await PostAsync("/auth/change-password", Change.Replace("correct", "another", StringComparison.Ordinal), token: bob));
        var changed = (string)(await OkAsync("/auth/change-password", Change, bob))["token"]!;
        await ProblemAsync(HttpStatusCode.Unauthorized, "isn't valid", await PostAsync("/auth/sign-out-elsewhere", "{}", token: bob));
        var signedOut = (string)(await OkAsync("/auth/sign-out-elsewhere", "{}", changed))["token"]!;
        await ProblemAsync(HttpStatusCode.Unauthorized, "isn't valid", await PostAsync("/auth/sign-out-elsewhere", "{}", token: changed));

        await ProblemAsync(HttpStatusCode.NotFound, "No user has this name", await PostAsync("/auth/sign-in-link", """{"name":"Eve"}""", token: admin));
        var link = await OkAsync("/auth/sign-in-link", """{"name":"bob"}""", admin);
        Assert.Equal("Bob", (string?)link["name"]);
        Assert.Equal(_exchange.Time.GetUtcNow().AddDays(1).ToUnixTimeMilliseconds() * 1000, (long)link["expires_at_us"]!);
        var reset = $$"""{"code":"{{link["code"]}}","new_password":"third horse"}""";
        Assert.Equal("Bob", (string?)(await OkAsync("/auth/reset-password", reset))["name"]);
        await ProblemAsync(HttpStatusCode.Forbidden, "link", await PostAsync("/auth/reset-password", reset));
        await ProblemAsync(HttpStatusCode.Unauthorized, "isn't valid", await PostAsync("/auth/sign-out-elsewhere", "{}", token: signedOut));

        Assert.Null((await OkAsync("/auth/join-code", "", admin, HttpMethod.Delete))["join_code"]);
        await OkAsync("/auth/sign-up", """{"name":"Cyd","password":"correct horse"}""");
    }

    private static async Task<WebApplication> HostAsync(AuthUnderTest exchange)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        exchange.Auth.MapEndpoints(app);
        await app.StartAsync();
        return app;
    }

    private Uri Url(string path, WebApplication? app = null) => new((app ?? _app).Urls.First() + path);

    private async Task<string> GetAsync(WebApplication app, string path) => await _http.GetStringAsync(Url(path, app));

    private async Task<HttpResponseMessage> PostAsync(
        string path, string body, string? type = "application/json", string? origin = null, WebApplication? app = null,
        string? token = null, HttpMethod? method = null)
    {
        using var request = new HttpRequestMessage(method ?? HttpMethod.Post, Url(path, app)) { Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body)) };
        if (type is not null)
            request.Content.Headers.TryAddWithoutValidation("Content-Type", type);
        if (origin is not null)
            request.Headers.TryAddWithoutValidation("Origin", origin);
        if (token is not null)
            request.Headers.Authorization = new("Bearer", token);
        return await _http.SendAsync(request);
    }

    private async Task<JsonObject> OkAsync(string path, string body, string? token = null, HttpMethod? method = null)
    {
        var response = await PostAsync(path, body, token: token, method: method);
        var text = await response.Content.ReadAsStringAsync();
        Assert.True(response.StatusCode == HttpStatusCode.OK, text);
        Assert.Equal("no-store", response.Headers.CacheControl!.ToString());
        return JsonNode.Parse(text)!.AsObject();
    }

    private static async Task ProblemAsync(HttpStatusCode status, string says, HttpResponseMessage response)
    {
        var text = await response.Content.ReadAsStringAsync();
        Assert.Equal(status, response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType!.ToString());
        var problem = JsonNode.Parse(text)!;
        Assert.Equal((int)status, (int)problem["status"]!);
        Assert.Equal(["detail", "status", "title", "type"], problem.AsObject().Select(p => p.Key).Order());
        Assert.Contains(says, (string?)problem["detail"], StringComparison.Ordinal);
        Assert.DoesNotContain("horse", text, StringComparison.Ordinal);
    }
}
