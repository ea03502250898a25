using OpsConsole.Tests.World;
using Xunit.Abstractions;

namespace OpsConsole.Tests.ProvingGround;

/// <summary>
/// Planted faults, each in a rollout of the real console over the real ground, one after another: caught before the second AZ, with evidence that names what was seen. Two of them are drawn each
/// time; <c>OPSCONSOLE_FAULTS=all</c> takes every one. Three more are seen in the browser, by <c>NewcomerTests</c>.
/// </summary>
[Collection(Alone.Name)]
[Trait("Category", "Integration")]
public sealed class RolloutCatchesTests(ITestOutputHelper output)
{
    private const int Drawn = 2;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(6);

    /// <summary>A release and what the evidence against it must say, one of them. The test knows; the console does not.</summary>
    private static readonly (string Release, string[] Evidence)[] Faults =
    [
        ("2026.11.3", ["p99", "as the probe saw it", "as the router saw it"]),
        ("2026.12.3", ["differ from byte", "scenarios failed"]),
        ("2026.12.4", ["expected 206, got 500", "scenarios failed"]),
        ("2026.12.5", ["cannot reach what it needs"]),
        ("2027.1.2", ["get of a range with If-Match", "expected 206, got 200"]),
        ("2027.1.3", ["put with a malformed Content-MD5 into a bucket that is not there"]),
        ("2027.1.4", ["as the probe saw it", "as the router saw it"]),
        ("2027.2.1", ["does not fit the others of its extent"]),
        ("2027.2.2", ["x-amz-checksum-crc32c"]),
        ("2027.2.3", ["list after a"]),
        ("2027.2.4", ["next page of a listing"]),
    ];

    [Fact]
    public async Task Every_fault_drawn_is_caught_before_the_second_AZ_and_the_evidence_names_it()
    {
        var seed = int.TryParse(Environment.GetEnvironmentVariable("OPSCONSOLE_SEED"), out var given) ? given : Environment.TickCount;
        var drawn = Faults.ToArray();
        new Random(seed).Shuffle(drawn);
        drawn = Environment.GetEnvironmentVariable("OPSCONSOLE_FAULTS") == "all" ? Faults : drawn[..Drawn];
        output.WriteLine($"seed {seed}: {string.Join(", ", drawn.Select(fault => fault.Release))}");

        await using var console = await ConsoleProcess.StartAsync("proving-ground");
        using var api = new GroundApi(console);
        await api.ServesAsync();
        var before = await api.ReleasesAsync();
        var wrong = new List<string>();
        foreach (var (release, words) in drawn)
        {
            var began = TimeProvider.System.GetTimestamp();
            await api.StartAsync(release, $"bad-{release}");
            var picture = await api.EndsAsync($"bad-{release}", "RolledBack", Patience);
            var (evidence, azs) = ($"{picture.GetProperty("evidence")} {picture.GetProperty("casualties")}", await api.AzsVisitedAsync(release));
            output.WriteLine($"{release}: {TimeProvider.System.GetElapsedTime(began).TotalSeconds:F0} s, {string.Join(", ", azs)}: {evidence}");
            if (azs.Count > 1 || !words.Any(evidence.Contains))
            {
                wrong.Add($"{release} reached {string.Join(", ", azs)}; its evidence names none of '{string.Join("', '", words)}': {evidence}");
            }

            Assert.Equal(before, await api.ReleasesAsync());
        }

        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }
}
