using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using OpsConsole.Domain.Canaries;
using OpsConsole.Domain.Canaries.Runs;
using OpsConsole.Domain.Fleet;
using OpsConsole.Domain.Journal;
using OpsConsole.Engine.Canaries;
using OpsConsole.Engine.Fleet.Agent;
using OpsConsole.Engine.ProvingGround;
using OpsConsole.Engine.ProvingGround.Releases;
using OpsConsole.Engine.ProvingGround.Supervision;
using OpsConsole.Tests.ProvingGround;
using Xunit.Abstractions;

namespace OpsConsole.Tests.Canaries;

/// <summary>
/// Each planted fault is caught by a shipped canary; none was written for one. A release of web hosts is put on the one validator, through its agent, before any host with customers has it; one of storage on
/// one storage host, since there is no validator among hosts that keep data.
/// </summary>
[Collection(GroundCollection.Name)]
[Trait("Category", "Integration")]
public sealed class CaughtByCanariesGroundTests(GroundFixture ground, ITestOutputHelper output)
{
    private const string Validator = "local-1a-validator";
    private const string Keeper = "local-1b-storage-2";
    private const string LosesShards = "2026.12.2";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    /// <summary>The test knows which are bad; the console does not.</summary>
    private static readonly string[] Bad = ["2026.11.2", "2026.11.3", "2026.11.4", "2026.12.2", "2026.12.3", "2026.12.4", "2026.12.5", "2027.1.2", "2027.1.3", "2027.1.4", "2027.2.1", "2027.2.2", "2027.2.3", "2027.2.4"];

    private static long _token = TimeProvider.System.GetTimestamp();

    [Fact]
    public async Task Every_planted_fault_is_caught_on_the_first_host_that_has_it_and_a_good_release_is_not()
    {
        var (canaries, supervisor) = (ground.Services.GetRequiredService<IStates>(), ground.Services.GetRequiredService<CanarySupervisor>());
        await ground.UntilAsync(() => Book(canaries).Canaries.Count == 4 && supervisor.Posts > 4, "the ground's canaries run");
        Canary[] all = [.. Book(canaries).Canaries.Values.Select(known => known.Canary)], shipped = [.. all.Where(canary => canary.Service == "web")];

        // First, so that what the host lost of customers' shards is rebuilt while the others are looked at.
        var storage = await StorageRowAsync(Assert.Single(all.Except(shipped)), supervisor);
        output.WriteLine("| release | caught by | as | seconds | hosts exposed | with customers |");
        output.WriteLine("|---|---|---|---|---|---|");
        var missed = new List<string>();
        foreach (var release in Bad)
        {
            await VisitAsync(Validator, release);
            var began = TimeProvider.System.GetTimestamp();
            var (caught, seconds) = (default(RunResult), 0.0);
            while (caught is null && (seconds = TimeProvider.System.GetElapsedTime(began).TotalSeconds) < Patience.TotalSeconds)
            {
                foreach (var canary in shipped)
                {
                    caught ??= (await supervisor.RunNowAsync(canary, null, Vantage.Validator, 1, default)).FirstOrDefault(result => result.State.IsOfTarget() && !result.State.IsServed());
                }

                seconds = TimeProvider.System.GetElapsedTime(began).TotalSeconds;
            }

            output.WriteLine(caught is null ? $"| {release} | nothing | | | | |" : string.Create(CultureInfo.InvariantCulture, $"| {release} | {caught.Post.Canary} | {caught.State}: {caught.Detail} | {seconds:F0} | 1 | 0 |"));
            missed.AddRange(caught is null ? [release] : []);
        }

        output.WriteLine(storage);
        foreach (var good in (string[])[ReleaseShelf.BaselineVersion, "2026.11.1"])
        {
            Assert.Null(await VisitAsync(Validator, good));
            foreach (var canary in shipped)
            {
                var result = Assert.Single(await supervisor.RunNowAsync(canary, null, Vantage.Validator, 1, default));
                output.WriteLine($"{good}: {canary.Name} {result.State} {result.Detail}");
                Assert.DoesNotContain(result.State, new[] { RunState.Lying, RunState.Dying, RunState.Stalled });
            }
        }

        Assert.Null(await VisitAsync(Validator, ReleaseShelf.BaselineVersion));
        Assert.Empty(missed);
    }

    /// <summary>The table's row of the storage release. The host that has it is said to lie, and no other; with the release it had before nobody is.</summary>
    private async Task<string> StorageRowAsync(Canary canary, CanarySupervisor supervisor)
    {
        var hosts = ground.Plan.Of(GroundRole.Storage).Select(host => host.Id).Order(StringComparer.Ordinal).ToArray();
        var visited = TimeProvider.System.GetTimestamp();
        Assert.Null(await VisitAsync(Keeper, LosesShards));
        var (began, caught, seconds) = (TimeProvider.System.GetTimestamp(), default(RunResult), 0.0);
        while (caught is null && seconds < Patience.TotalSeconds)
        {
            var results = await supervisor.RunNowAsync(canary, null, Vantage.Inside, hosts.Length, default);
            seconds = TimeProvider.System.GetElapsedTime(began).TotalSeconds;
            Assert.Equal(hosts, results.Select(result => result.Post.Host).Order(StringComparer.Ordinal));
            Assert.All(results.Where(result => result.Post.Host != Keeper), NotBlamed);
            caught = results.SingleOrDefault(result => result.State == RunState.Lying);
        }

        Assert.Null(await VisitAsync(Keeper, ReleaseShelf.BaselineVersion));
        for (var turn = 0; turn < 3; turn++)
        {
            var results = await supervisor.RunNowAsync(canary, null, Vantage.Inside, hosts.Length, default);
            output.WriteLine($"all storage hosts at once with a good release: {string.Join(", ", results.Select(result => $"{result.State} {result.FromIntended.TotalMilliseconds:F0} ms"))}");
            Assert.All(results, NotBlamed);
        }

        output.WriteLine($"the storage release took {TimeProvider.System.GetElapsedTime(visited).TotalSeconds:F0} s in all");
        Assert.NotNull(caught);
        Assert.Contains($"{Keeper} acknowledged shard", caught.Detail, StringComparison.Ordinal);
        return string.Create(CultureInfo.InvariantCulture, $"| {LosesShards} of storage | {caught.Post.Canary} | {caught.State}: {caught.Detail} | {seconds:F0} | 1 | 1 |");
    }

    private static void NotBlamed(RunResult result) => Assert.False(result.State is RunState.Lying or RunState.Dying or RunState.Stalled, $"{result.Post}: {result.State} {result.Detail}");

    private static CanaryBook Book(IStates states) => states.Get<CanaryBook>(CanaryStreams.Only);

    /// <summary>All steps of a visit, down the agent that real visits go down; the first failed answer, or null.</summary>
    private async Task<string?> VisitAsync(string host, string version)
    {
        var hooks = new GroundHooks(host, ground.Supervisor, ground.Client, ground.Services.GetRequiredService<GroundFolder>(), TimeProvider.System);
        using var agent = new HostAgent(host, hooks, new FleetingAgentMemory(), TimeProvider.System);
        var token = Interlocked.Increment(ref _token);
        foreach (var step in (HostStep[])[HostStep.Drain, HostStep.Install, HostStep.Start, HostStep.Verify, HostStep.Restore])
        {
            var order = new AgentOrder($"canaries-{token}/{step}", host, step, VisitPurpose.Forward, version, ReleaseShelf.Find(ReleaseShelf.ServiceOf(ground.Plan[host].Role), version)!.Digest, token, TimeProvider.System.GetUtcNow().AddMinutes(2));
            if (await agent.HandleAsync(order, default) is not { Succeeded: true })
            {
                return $"{step} failed";
            }
        }

        return null;
    }
}
