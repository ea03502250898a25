using System.Net;
using System.Net.Http.Headers;
using OpsConsole.Tests.World;

namespace OpsConsole.Tests.Access;

/// <summary>What a large body costs: counted over the whole process, so beside no other test.</summary>
[Collection(Alone.Name)]
public sealed class SwallowTests(RunningConsole console) : IClassFixture<RunningConsole>
{
    [Theory]
    [InlineData("/sign-in", "application/x-www-form-urlencoded")]
    [InlineData("/hubs/live/negotiate?negotiateVersion=1", "text/plain")]
    [InlineData("/hubs/agent/negotiate?negotiateVersion=1", "text/plain")]
    [InlineData("/api/v1/rollouts", "application/json")]
    public async Task A_stranger_cannot_make_the_console_swallow_100_MB(string path, string type)
    {
        using var client = console.Client();
        using var body = new StreamContent(new MemoryStream(new byte[100_000_000]));
        body.Headers.ContentType = new MediaTypeHeaderValue(type);
        var before = GC.GetTotalAllocatedBytes();
        HttpStatusCode? status = null;
        try
        {
            status = (await client.PostAsync(new Uri(path, UriKind.Relative), body)).StatusCode;
        }
        catch (HttpRequestException)
        {
            // The line was cut while the body was on its way: refused all the same.
        }

        Assert.True(status is null or HttpStatusCode.Unauthorized or HttpStatusCode.BadRequest or HttpStatusCode.RequestEntityTooLarge, $"{status}");
        Assert.True(GC.GetTotalAllocatedBytes() - before < 80_000_000, $"{GC.GetTotalAllocatedBytes() - before} bytes were taken for it");
    }
}
