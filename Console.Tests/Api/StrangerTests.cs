using System.Net;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using OpsConsole.Tests.World;

namespace OpsConsole.Tests.Api;

public sealed class StrangerTests(RunningConsole console) : IClassFixture<RunningConsole>
{
    private static readonly string[] Open = ["/health", "/sign-in", "/sign-in/once/{token}"];

    /// <summary>Asks for an agent's token itself, before the connection; the next test knocks there too.</summary>
    private static readonly string[] OwnGuard = ["/hubs/agent", "/hubs/agent/negotiate"];

    [Fact]
    public void Nothing_but_health_and_the_sign_in_page_is_open_to_strangers()
    {
        var endpoints = Endpoints();
        var open = endpoints.Where(endpoint => endpoint.Metadata.GetMetadata<IAllowAnonymous>() is not null).Select(Path).Distinct().ToArray();

        Assert.True(endpoints.Length > 40, $"only {endpoints.Length} endpoints: is the whole console there?");
        Assert.DoesNotContain(open, path => !Open.Contains(path) && !OwnGuard.Contains(path) && !SignInAsset(path));
        Assert.All(Open, path => Assert.Contains(path, open));
    }

    [Fact]
    public async Task Every_endpoint_that_is_not_open_refuses_a_stranger()
    {
        using var stranger = console.Client();
        foreach (var endpoint in Endpoints().Where(endpoint => endpoint.Metadata.GetMetadata<IAllowAnonymous>() is null || OwnGuard.Contains(Path(endpoint))))
        {
            var path = System.Text.RegularExpressions.Regex.Replace(Path(endpoint), @"\{[^}]+\}", "x");
            foreach (var method in endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? ["GET"])
            {
                using var request = new HttpRequestMessage(new HttpMethod(method), path);
                using var answer = await stranger.SendAsync(request);
                var sentToSignIn = answer.StatusCode == HttpStatusCode.Found && answer.Headers.Location!.AbsolutePath == "/sign-in";
                Assert.True(answer.StatusCode == HttpStatusCode.Unauthorized || sentToSignIn, $"{method} {path} answered a stranger {answer.StatusCode}");
                Assert.False(sentToSignIn && (path.StartsWith("/api", StringComparison.Ordinal) || path.StartsWith("/hubs", StringComparison.Ordinal)), $"{path} is for programs, which need a 401");
            }
        }
    }

    [Theory]
    [InlineData("/api/v1/no-such-thing")]
    [InlineData("/api/v1/openapi.json")]
    [InlineData("/hubs/live/negotiate")]
    public async Task Programs_without_a_token_get_401_and_words(string path)
    {
        using var stranger = console.Client();
        var answer = await stranger.PostAsync(new Uri(path, UriKind.Relative), null);
        await answer.IsProblemAsync(HttpStatusCode.Unauthorized, "access.no-credentials");
        Assert.Equal("Bearer", answer.Headers.WwwAuthenticate.ToString());
    }

    [Fact]
    public async Task Health_answers_anyone()
    {
        using var stranger = console.Client();
        Assert.Equal(HttpStatusCode.OK, (await stranger.GetAsync(new Uri("/health", UriKind.Relative))).StatusCode);
    }

    [Fact]
    public async Task A_name_that_was_made_to_point_here_is_refused()
    {
        using var client = console.Admin();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/me") { Headers = { Host = "rebound.example" } };
        await (await client.SendAsync(request)).IsProblemAsync(HttpStatusCode.BadRequest, "access.host-name");
    }

    [Fact]
    public async Task Pages_tell_browsers_what_they_may_do()
    {
        using var stranger = console.Client();
        var answer = await stranger.GetAsync(new Uri("/sign-in", UriKind.Relative));
        var policy = answer.Headers.GetValues("Content-Security-Policy").Single();

        Assert.Contains("frame-ancestors 'none'", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe-eval", policy, StringComparison.Ordinal);

        // Attributes are the one place left where a library writes inline; elements need the answer's own nonce.
        Assert.All(policy.Split("; ").Where(rule => rule.Contains("unsafe-inline", StringComparison.Ordinal)), rule => Assert.Matches("^(script|style)-src-attr ", rule));
        Assert.NotEqual(policy, (await stranger.GetAsync(new Uri("/sign-in", UriKind.Relative))).Headers.GetValues("Content-Security-Policy").Single());
        Assert.Equal("nosniff", answer.Headers.GetValues("X-Content-Type-Options").Single());
        Assert.Equal("no-referrer", answer.Headers.GetValues("Referrer-Policy").Single());
        Assert.False(answer.Headers.Contains("Server"));
    }

    private static string Path(Endpoint endpoint) => "/" + ((RouteEndpoint)endpoint).RoutePattern.RawText!.TrimStart('/');

    private static bool SignInAsset(string path) => path.StartsWith("/css/tokens", StringComparison.Ordinal) || path.StartsWith("/css/sign-in", StringComparison.Ordinal) || path.StartsWith("/favicon", StringComparison.Ordinal);

    private Endpoint[] Endpoints() => [.. console.App.Services.GetRequiredService<IEnumerable<EndpointDataSource>>().SelectMany(source => source.Endpoints).OfType<RouteEndpoint>()];
}
