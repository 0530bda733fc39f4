using System.Net;
using System.Net.Http.Json;
using System.Net.WebSockets;
using System.Text.Json;
using Microsoft.Playwright;

namespace Exchange.Tests.EndToEnd;

/// <summary>The built-in sign-in, as an admin and a class use it, on the published executable.</summary>
public class SignInTests
{
    private const string Password = BrowserTests.Password;

    [Fact]
    public async Task Admin_commands_work_whether_the_exchange_runs_or_not()
    {
        await using PublishedExchange exchange = await PublishedExchange.StartAsync();
        await exchange.SignInAsync("Ann");
        await exchange.SignInAsync("Bob");

        foreach (bool running in new[] { true, false })
        {
            if (!running)
                await exchange.TerminateAsync();
            Assert.Contains("exchange admin grant NAME", await AdminAsync(exchange), StringComparison.Ordinal);
            Assert.Equal("Ann is an admin of this exchange.\n", await AdminAsync(exchange, "grant", "ann"));
            Assert.Matches("^....-..-.. ..:..  admin  Ann\n....-..-.. ..:..         Bob\n$", await AdminAsync(exchange, "users"));
            Assert.Equal("Ann is no longer an admin.\n", await AdminAsync(exchange, "take", "Ann"));
            Assert.Contains("anybody", await AdminAsync(exchange, "join-code"), StringComparison.Ordinal);
            string joinCode = (await AdminAsync(exchange, "join-code", "new")).Split('\n')[0];
            Assert.StartsWith(joinCode, await AdminAsync(exchange, "join-code"), StringComparison.Ordinal);
            Assert.Contains("anybody", await AdminAsync(exchange, "join-code", "off"), StringComparison.Ordinal);
            Assert.Contains("/setup?reset=", await AdminAsync(exchange, "link", "Bob"), StringComparison.Ordinal);

            (int exitCode, string output) = await RunAdminAsync(exchange, "grant", "Eve");
            Assert.Equal((2, true), (exitCode, output.Contains("Nobody has signed up as 'Eve'", StringComparison.Ordinal)));
            Assert.Equal(2, (await RunAdminAsync(exchange, "dance")).ExitCode);
        }

        // Killed, it leaves its socket behind; the next one takes its place.
        await exchange.RestartAsync();
        await exchange.KillAsync();
        Assert.Contains("Ann", await AdminAsync(exchange, "users"), StringComparison.Ordinal);
        await exchange.RestartAsync();
        Assert.Contains("Ann", await AdminAsync(exchange, "users"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_database_or_with_an_issuer_admin_commands_say_so()
    {
        (int exitCode, string output) = await PublishedExchange.RunAsync("admin", "users", "--data", "/nowhere");
        Assert.Equal((3, true), (exitCode, output.Contains("There is no exchange.db", StringComparison.Ordinal)));
        await using PublishedExchange exchange = await PublishedExchange.StartAsync(
            null, "--authority", "http://localhost:1", "--audience", "a", "--client-id", "c");
        Assert.Contains("signs people in with an OpenID Connect issuer", (await RunAdminAsync(exchange, "users")).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Open_connections_end_within_a_minute_of_losing_their_right()
    {
        await using PublishedExchange exchange = await PublishedExchange.StartAsync();
        await using Bot admin = await Bot.ConnectAsync(exchange, await exchange.SignInAsync("Ann", exchange.SetupCode));
        string bobsToken = await exchange.SignInAsync("Bob");
        await using Bot bob = await Bot.ConnectAsync(exchange, bobsToken);
        await using Bot cyd = await Bot.ConnectAsync(exchange, await exchange.SignInAsync("Cyd"));

        using var http = new HttpClient { BaseAddress = exchange.Address };
        http.DefaultRequestHeaders.Authorization = new("Bearer", bobsToken);
        using HttpResponseMessage signedOut = await http.PostAsJsonAsync("auth/sign-out-elsewhere", new { });
        Assert.Equal(HttpStatusCode.OK, signedOut.StatusCode);
        await AdminAsync(exchange, "take", "Ann");
        await Task.WhenAll(bob.Ended, admin.Ended).PatientlyAsync();
        Assert.True(cyd.IsOpen);
        foreach (Bot ended in (Bot[])[bob, admin])
        {
            Assert.Equal(WebSocketCloseStatus.PolicyViolation, ended.ClosedWith);
            Assert.StartsWith("You were signed out or your rights changed", ended.ClosedBecause, StringComparison.Ordinal);
        }

        // And the token opens no other.
        await Assert.ThrowsAnyAsync<Exception>(() => Bot.ConnectAsync(exchange, bobsToken));
    }

    [Fact]
    public async Task Nothing_secret_is_printed_or_logged()
    {
        await using PublishedExchange exchange = await PublishedExchange.StartAsync(null, "--sign-ins-per-name", "3");
        string setupCode = exchange.SetupCode, token = await exchange.SignInAsync("Ann", setupCode);
        using var http = new HttpClient { BaseAddress = exchange.Address };
        http.DefaultRequestHeaders.Authorization = new("Bearer", token);
        var link = await (await http.PostAsJsonAsync("auth/sign-in-link", new { name = "Ann" })).Content.ReadFromJsonAsync<JsonElement>();
        var join = await (await http.PostAsync("auth/join-code", null)).Content.ReadFromJsonAsync<JsonElement>();
        string resetCode = link.GetProperty("code").GetString()!, joinCode = join.GetProperty("join_code").GetString()!;
        for (int i = 0; i < 5; i++)
            await http.PostAsJsonAsync("auth/sign-in", new { name = "Ann", password = "wrong secret" });
        await http.PostAsJsonAsync("auth/sign-up", new { name = "Bob", password = Password, join_code = joinCode, setup_code = setupCode });
        await http.GetAsync($"setup?reset={resetCode}");
        await http.PostAsync("auth/sign-in", new StringContent("{\"password\":\"wrong secret\",", null, "application/json"));
        await using (Bot ann = await Bot.ConnectAsync(exchange, token))
            await ann.SendAsync([0xff, 0xff]);
        await Assert.ThrowsAnyAsync<Exception>(() => Bot.ConnectAsync(exchange, token[..^4] + "AAAA"));
        await http.PostAsJsonAsync("auth/reset-password", new { code = resetCode, new_password = "another secret" });
        string hash = await HashOfAsync(exchange);
        await exchange.TerminateAsync();

        string[] secrets =
        [
            Password, "wrong secret", "another secret", resetCode, joinCode, hash, .. token.Split('.'),
            .. (await File.ReadAllLinesAsync(Path.Combine(exchange.DataDirectory, "signing-key.pem"))),
        ];
        Assert.All(secrets, secret => Assert.DoesNotContain(secret, exchange.Output, StringComparison.Ordinal));
        // The one that is meant to be seen, once.
        Assert.Equal(2, exchange.Output.Split(setupCode).Length);
    }

    [Fact]
    public async Task A_class_joins_by_code_and_a_forgotten_password_is_reset_by_link()
    {
        await using PublishedExchange exchange = await PublishedExchange.StartAsync();
        using IPlaywright playwright = await Playwright.CreateAsync();
        await using IBrowser chromium = await playwright.Chromium.LaunchAsync(BrowserTests.s_chromium);
        var errors = new List<string>();
        await using IBrowserContext teachersBrowser = await BrowserTests.NewBrowserAsync(chromium, exchange);
        await using IBrowserContext phone = await BrowserTests.NewBrowserAsync(chromium, exchange, width: 390, height: 844);
        IPage teacher = await BrowserTests.NewPageAsync(teachersBrowser, errors), student = await BrowserTests.NewPageAsync(phone, errors);
        await teacher.GotoAsync($"/setup?code={exchange.SetupCode}");
        await teacher.GetByLabel("Name").FillAsync("Teacher");
        await teacher.GetByLabel("Password").FillAsync(Password);
        await teacher.GetByRole(AriaRole.Button, new() { Name = "Create the admin account" }).ClickAsync();

        // The teacher asks for a join code and shows it.
        await teacher.GetByLabel("Account and settings").ClickAsync();
        await teacher.GetByRole(AriaRole.Menuitem, new() { Name = "Sign-in and join code" }).ClickAsync();
        await teacher.GetByRole(AriaRole.Button, new() { Name = "Require a join code" }).ClickAsync();
        string joinCode = (await teacher.GetByLabel("Join code", new() { Exact = true }).TextContentAsync())!;
        await ShowAsync(teacher, "joining");

        // A phone that read the picture, in the dark.
        await student.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Dark });
        await student.GotoAsync($"/join/main/{joinCode}");
        await Assertions.Expect(student.GetByLabel("Join code")).ToHaveValueAsync(joinCode);
        await ShowAsync(student, "join-phone");
        await student.GetByLabel("Name").FillAsync("Student");
        await student.GetByLabel("Password").FillAsync(Password);
        await student.GetByRole(AriaRole.Button, new() { Name = "Create account" }).ClickAsync();
        await Assertions.Expect(student.GetByRole(AriaRole.Heading, new() { Name = "Markets" })).ToBeAttachedAsync();

        // The student changes the password, and goes on; then forgets it.
        await student.GetByLabel("Account and settings").ClickAsync();
        await student.GetByRole(AriaRole.Menuitem, new() { Name = "Sign-in" }).ClickAsync();
        await Assertions.Expect(student.GetByText("Who can sign up")).ToHaveCountAsync(0);
        await student.GetByLabel("Current password").FillAsync(Password);
        await student.GetByLabel("New password").FillAsync("battery staple horse");
        await BrowserTests.ExpectNoSidewaysScrollAsync(student);
        await ShowAsync(student, "password-phone");
        await student.GetByRole(AriaRole.Button, new() { Name = "Change password" }).ClickAsync();
        await Assertions.Expect(student.GetByText("Password changed")).ToBeVisibleAsync();
        await student.GetByLabel("Account and settings").ClickAsync();
        await student.GetByRole(AriaRole.Menuitem, new() { Name = "Sign out" }).ClickAsync();

        await teacher.GetByLabel("Name of the person").FillAsync("student");
        await teacher.GetByRole(AriaRole.Button, new() { Name = "Create link" }).ClickAsync();
        string link = (await teacher.GetByLabel("Link", new() { Exact = true }).TextContentAsync())!;
        await ShowAsync(teacher, "reset-link");
        await teacher.SetViewportSizeAsync(390, 844);
        await teacher.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Dark });
        await BrowserTests.ExpectNoSidewaysScrollAsync(teacher);
        await teacher.ReloadAsync();
        await Assertions.Expect(teacher.GetByLabel("Join code", new() { Exact = true })).ToHaveTextAsync(joinCode);
        await BrowserTests.ExpectNoSidewaysScrollAsync(teacher);
        await ShowAsync(teacher, "joining-phone");
        await student.GotoAsync(link);
        await ShowAsync(student, "reset-phone");
        await student.GetByLabel("New password").FillAsync("remembered this time");
        await student.GetByRole(AriaRole.Button, new() { Name = "Set the password" }).ClickAsync();
        await Assertions.Expect(student.GetByRole(AriaRole.Heading, new() { Name = "Markets" })).ToBeAttachedAsync();
        Assert.Empty(errors);
    }

    private static async Task<string> AdminAsync(PublishedExchange exchange, params string[] arguments)
    {
        (int exitCode, string output) = await RunAdminAsync(exchange, arguments);
        Assert.True(exitCode == 0, output);
        return output;
    }

    private static Task<(int ExitCode, string Output)> RunAdminAsync(PublishedExchange exchange, params string[] arguments) =>
        PublishedExchange.RunAsync(["admin", .. arguments, "--data", exchange.DataDirectory]);

    private static async Task<string> HashOfAsync(PublishedExchange exchange)
    {
        using var connection = new Microsoft.Data.Sqlite.SqliteConnection($"Data Source={exchange.DataDirectory}/exchange.db;Mode=ReadOnly;Pooling=False");
        await connection.OpenAsync();
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT password_hash FROM credential WHERE name = 'Ann'";
        return (string)(await command.ExecuteScalarAsync())!;
    }

    private static async Task ShowAsync(IPage page, string name) =>
        await page.ScreenshotAsync(new() { Path = Path.Combine(Path.GetTempPath(), $"exchange-sign-in-test-{name}.png"), FullPage = true });
}
