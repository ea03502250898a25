using System.Globalization;
using System.Text;
using Xunit.Abstractions;

namespace OpsConsole.Tests.ProvingGround.Front;

/// <summary>
/// Requests made of pieces that are nearly right, from a seed, down pipelined raw connections: whatever they are, the host answers each with a status S3 has,
/// holds no memory for any of them afterwards, and serves the next customer. <c>OPSCONSOLE_FUZZ</c> says how many (20,000 where it is not set), <c>OPSCONSOLE_SEED</c> from which seed.
/// </summary>
[Trait("Category", "Integration")]
public sealed class FuzzTests(ITestOutputHelper output) : FrontTests
{
    private const int PerConnection = 50;
    private const int Connections = 4;

    [Fact]
    public async Task No_request_kills_the_host()
    {
        var count = int.Parse(Environment.GetEnvironmentVariable("OPSCONSOLE_FUZZ") ?? "20000", CultureInfo.InvariantCulture);
        var seed = int.Parse(Environment.GetEnvironmentVariable("OPSCONSOLE_SEED") ?? "20261", CultureInfo.InvariantCulture);
        output.WriteLine($"seed {seed}, {count} requests");
        var began = TimeProvider.System.GetTimestamp();
        var statuses = new System.Collections.Concurrent.ConcurrentDictionary<string, int>();
        var (answered, connections) = (0, 0);
        await Parallel.ForAsync(0, Connections, async (_, _) =>
        {
            while (Volatile.Read(ref answered) < count)
            {
                var pieces = new RequestPieces(seed + Interlocked.Increment(ref connections), Host.Accounts.Guest, Host.Address.Authority);
                var bytes = Encoding.Latin1.GetBytes(string.Concat(Enumerable.Range(0, PerConnection).Select(_ => pieces.Next())) + "GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
                foreach (var answer in (await RawClient.SendAsync(Host.Address, bytes, seconds: 2)).Split("HTTP/1.1 ").Skip(1))
                {
                    statuses.AddOrUpdate(answer[..3], 1, (_, so) => so + 1);
                    Interlocked.Increment(ref answered);
                }
            }
        });
        output.WriteLine($"{string.Join(", ", statuses.OrderBy(one => one.Key).Select(one => $"{one.Key}: {one.Value}"))} over {connections} connections in {TimeProvider.System.GetElapsedTime(began).TotalSeconds:F0} s");
        Assert.True(statuses.ContainsKey("200") && statuses.ContainsKey("400") && statuses.ContainsKey("403"), "the pieces make no requests worth the name");
        Assert.DoesNotContain("500", statuses.Keys);
        Is(200, await Host.SendAsync("PUT", "/bucket/after", "still here"));
        Assert.Equal("still here", Text(await Host.SendAsync("GET", "/bucket/after")));
        Assert.Equal(0, Host.Parts.Room.Held);
    }
}
