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

/// <summary>Each planted fault, put on the one validator through its agent, is caught by a shipped canary before any host with customers has it. None was written for one.</summary>
[Collection(GroundCollection.Name)]
[Trait("Category", "Integration")]
public sealed class CaughtByCanariesGroundTests(GroundFixture ground, ITestOutputHelper output)
{
    private const string Validator = "local-1a-validator";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    /// <summary>The test knows which are bad; the console does not.</summary>
    private static readonly string[] Bad = ["2026.11.2", "2026.11.3", "2026.11.4", "2026.12.2", "2026.12.3", "2026.12.4", "2026.12.5", "2027.1.2", "2027.1.3", "2027.1.4", "2027.2.1", "2027.2.2", "2027.2.3", "2027.2.4"];

    private static long _token = TimeProvider.System.GetTimestamp();

    [Fact]
    public async Task Every_planted_fault_is_caught_on_the_validator_and_a_good_release_is_not()
    {
        var (canaries, supervisor) = (ground.Services.GetRequiredService<IStates>(), ground.Services.GetRequiredService<CanarySupervisor>());
        await ground.UntilAsync(() => Book(canaries).Canaries.Count == 3 && supervisor.Posts > 3, "the ground's canaries run");
        var shipped = Book(canaries).Canaries.Values.Select(known => known.Canary).ToArray();
        output.WriteLine("| release | caught by | as | seconds | hosts exposed | with customers |");
        output.WriteLine("|---|---|---|---|---|---|");
        var missed = new List<string>();
        foreach (var release in Bad)
        {
            await VisitAsync(release);
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

        foreach (var good in (string[])[ReleaseShelf.BaselineVersion, "2026.11.1"])
        {
            Assert.Null(await VisitAsync(good));
            foreach (var canary in shipped)
            {
                var result = Assert.Single(await supervisor.RunNowAsync(canary, null, Vantage.Validator, 1, default));
                output.WriteLine($"{good}: {canary.Name} {result.State} {result.Detail}");
                Assert.DoesNotContain(result.State, new[] { RunState.Lying, RunState.Dying, RunState.Stalled });
            }
        }

        Assert.Null(await VisitAsync(ReleaseShelf.BaselineVersion));
        Assert.Empty(missed);
    }

    private static CanaryBook Book(IStates states) => states.Get<CanaryBook>(CanaryStreams.Only);

    /// <summary>All steps of a visit, down the agent that real visits go down; the first failed answer, or null.</summary>
    private async Task<string?> VisitAsync(string version)
    {
        var hooks = new GroundHooks(Validator, ground.Supervisor, ground.Client, ground.Services.GetRequiredService<GroundFolder>(), TimeProvider.System);
        using var agent = new HostAgent(Validator, hooks, new FleetingAgentMemory(), TimeProvider.System);
        var token = Interlocked.Increment(ref _token);
        foreach (var step in (HostStep[])[HostStep.Drain, HostStep.Install, HostStep.Start, HostStep.Verify, HostStep.Restore])
        {
            var order = new AgentOrder($"canaries-{token}/{step}", Validator, step, VisitPurpose.Forward, version, ReleaseShelf.Find(version)!.Digest, token, TimeProvider.System.GetUtcNow().AddMinutes(2));
            if (await agent.HandleAsync(order, default) is not { Succeeded: true })
            {
                return $"{step} failed";
            }
        }

        return null;
    }
}
