using System.CommandLine;

namespace OpsConsole.Web.Bench;

/// <summary><c>bench rollout</c>: the whole engine carries one release over a simulated fleet of up to a million hosts in 39 regions, in simulated time.</summary>
internal static class RolloutBench
{
    private static readonly Option<int> Hosts = new("--hosts") { Description = "Hosts in the fleet.", DefaultValueFactory = _ => 1_000_000 };
    private static readonly Option<int> Seed = new("--seed") { Description = "Decides which hosts fail and how long each step takes.", DefaultValueFactory = _ => 1 };

    public static Command Create() =>
        BenchVerb.Bench("rollout", "One release over a simulated fleet, from the first validator to the last region.", [Hosts, Seed], async (parsed, cancel) =>
        {
            var run = new RolloutLoadRun(Math.Clamp(parsed.GetValue(Hosts), 1_000, 1_000_000), parsed.GetValue(Seed), Console.Error.WriteLine);
            return new("rollout", await run.RunAsync(cancel).ConfigureAwait(false));
        });
}
