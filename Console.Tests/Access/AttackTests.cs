using System.Net;
using System.Net.Sockets;
using System.Text;
using OpsConsole.Domain.Cord;
using OpsConsole.Tests.World;

namespace OpsConsole.Tests.Access;

/// <summary>What an attacker tries first. Each try is refused, and nothing has changed.</summary>
public sealed class AttackTests(RunningConsole console) : IClassFixture<RunningConsole>
{
    private CordState Cord => console.States.Get<CordState>(CordStreams.Only);

    public static TheoryData<string> WrongTokens => new(
        "x",
        "' OR '1'='1",
        "../cli-token",
        "null",
        "Bearer",
        "%00",
        new string('a', 4_000));

    [Theory]
    [MemberData(nameof(WrongTokens))]
    public async Task A_made_up_token_is_nobody(string token)
    {
        using var client = console.Client();
        client.DefaultRequestHeaders.TryAddWithoutValidation("Authorization", $"Bearer {token}");
        await (await PullAsync(client)).IsProblemAsync(HttpStatusCode.Unauthorized, "access.no-credentials");
        Assert.Empty(Cord.InForce);
    }

    [Fact]
    public async Task A_token_with_any_one_letter_changed_cut_or_added_is_nobody()
    {
        var token = await console.TokenAsync(("Admin", "global"));
        var random = new Random(7);
        var wrong = Enumerable.Range(0, 20).Select(_ =>
        {
            var at = random.Next(token.Length);
            return token[..at] + (token[at] == 'A' ? 'B' : 'A') + token[(at + 1)..];
        }).Concat([token[..^1], token + "A", token.ToUpperInvariant(), token.ToLowerInvariant(), token + "\t" + token]);
        foreach (var guess in wrong.Where(guess => guess != token))
        {
            using var client = console.Client();
            client.DefaultRequestHeaders.TryAddWithoutValidation("Authorization", $"Bearer {guess}");
            Assert.Equal(HttpStatusCode.Unauthorized, (await client.GetAsync(new Uri("/api/v1/me", UriKind.Relative))).StatusCode);
        }

        using var right = console.Client(token);
        Assert.Equal(HttpStatusCode.OK, (await right.GetAsync(new Uri("/api/v1/me", UriKind.Relative))).StatusCode);
    }

    [Theory]
    [InlineData("Basic YWRtaW46YWRtaW4=")]
    [InlineData("Bearer")]
    [InlineData("Negotiate x")]
    public async Task Other_ways_to_sign_in_are_none(string header)
    {
        using var client = console.Client();
        client.DefaultRequestHeaders.TryAddWithoutValidation("Authorization", header);
        Assert.Equal(HttpStatusCode.Unauthorized, (await PullAsync(client)).StatusCode);
    }

    [Fact]
    public async Task A_token_in_the_address_opens_nothing()
    {
        using var client = console.Client();
        var answer = await client.GetAsync(new Uri($"/api/v1/me?access_token={console.AdminToken}&token={console.AdminToken}", UriKind.Relative));
        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
    }

    /// <summary>Sent as they are, over a socket: a client library would tidy them up first.</summary>
    [Theory]
    [InlineData("/../cli-token")]
    [InlineData("/css/../../cli-token")]
    [InlineData("/css/..%2f..%2fcli-token")]
    [InlineData("/css/%2e%2e/%2e%2e/cli-token")]
    [InlineData("/css/..\\..\\cli-token")]
    [InlineData("/css/..%5c..%5ccli-token")]
    [InlineData("/_content/Radzen.Blazor/../../../../../../etc/passwd")]
    [InlineData("//etc/passwd")]
    [InlineData("/css/%252e%252e/%252e%252e/etc/passwd")]
    [InlineData("/lib/..%c0%af..%c0%afetc/passwd")]
    [InlineData("/api/v1/pipelines/..%2f..%2fcli-token")]
    [InlineData("/api/v1/fleet/regions/..%2f..%2f..%2fetc/hosts")]
    public async Task No_path_leads_out_of_what_is_served(string path)
    {
        foreach (var token in new[] { null, console.AdminToken })
        {
            var answer = await RawAsync($"GET {path} HTTP/1.1\r\nHost: {new Uri(console.Url).Authority}\r\n{(token is null ? "" : $"Authorization: Bearer {token}\r\n")}Connection: close\r\n\r\n");

            Assert.Matches("^HTTP/1.1 (302|400|401|404) ", answer);
            Assert.DoesNotContain(console.AdminToken, answer, StringComparison.Ordinal);
            Assert.DoesNotContain("root:", answer, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("GET /health HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n")]
    [InlineData("GET /health HTTP/9.9\r\nHost: 127.0.0.1\r\n\r\n")]
    [InlineData("POST /api/v1/cord/pull HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nhello")]
    [InlineData("POST /api/v1/cord/pull HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: -1\r\n\r\n")]
    [InlineData("GET /hea\0lth HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")]
    public async Task Requests_that_two_servers_could_read_differently_are_refused(string request) =>
        Assert.Matches("^HTTP/1.1 (400|401|505) ", await RawAsync(request));

    [Fact]
    public async Task Headers_and_addresses_without_end_are_refused()
    {
        var host = $"Host: {new Uri(console.Url).Authority}\r\n";
        Assert.StartsWith("HTTP/1.1 414 ", await RawAsync($"GET /{new string('a', 20_000)} HTTP/1.1\r\n{host}\r\n"), StringComparison.Ordinal);
        Assert.StartsWith("HTTP/1.1 431 ", await RawAsync($"GET /health HTTP/1.1\r\n{host}X: {new string('a', 60_000)}\r\n\r\n"), StringComparison.Ordinal);
        Assert.StartsWith("HTTP/1.1 431 ", await RawAsync($"GET /health HTTP/1.1\r\n{host}{string.Concat(Enumerable.Range(0, 500).Select(i => $"X{i}: a\r\n"))}\r\n"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_sites_page_can_send_no_command_even_where_the_browser_sends_the_cookie_along()
    {
        using var browser = new HttpClient(new SocketsHttpHandler { UseProxy = false, CookieContainer = new CookieContainer() }) { BaseAddress = new Uri(console.Url) };
        await browser.GetAsync(new Uri(console.Link!));
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync(new Uri("/api/v1/me", UriKind.Relative))).StatusCode);
        foreach (var (name, value) in new[] { ("Origin", "https://evil.example"), ("Origin", "null"), ("Origin", console.Url + ".evil.example"), ("Sec-Fetch-Site", "cross-site"), ("Sec-Fetch-Site", "same-site") })
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/cord/pull") { Content = new StringContent("{\"scope\":\"global\",\"mode\":\"Halt\"}", Encoding.UTF8, "application/json") };
            request.Headers.TryAddWithoutValidation(name, value);
            await (await browser.SendAsync(request)).IsProblemAsync(HttpStatusCode.Forbidden, "access.other-site");
        }

        Assert.Empty(Cord.InForce);
    }

    private static Task<HttpResponseMessage> PullAsync(HttpClient client) =>
        client.PostAsync(new Uri("/api/v1/cord/pull", UriKind.Relative), new StringContent("{\"scope\":\"global\",\"mode\":\"Halt\"}", Encoding.UTF8, "application/json"));

    private async Task<string> RawAsync(string request)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        using var socket = new TcpClient();
        await socket.ConnectAsync(IPAddress.Loopback, new Uri(console.Url).Port, patience.Token);
        await using var stream = socket.GetStream();
        try
        {
            await stream.WriteAsync(Encoding.Latin1.GetBytes(request), patience.Token);
        }
        catch (IOException)
        {
            // It was refused before all of it was sent.
        }

        var answer = new StringBuilder();
        var buffer = new byte[16 * 1024];
        try
        {
            for (int read; (read = await stream.ReadAsync(buffer, patience.Token)) > 0 && answer.Length < 200_000;)
            {
                answer.Append(Encoding.Latin1.GetString(buffer, 0, read));
                if (answer.ToString().Contains("\r\n\r\n", StringComparison.Ordinal) && !request.Contains("Connection: close", StringComparison.Ordinal))
                {
                    break;
                }
            }
        }
        catch (IOException)
        {
            // Cut after the answer.
        }

        return answer.ToString();
    }
}
