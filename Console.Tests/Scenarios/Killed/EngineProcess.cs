using Microsoft.Extensions.DependencyInjection;
using OpsConsole.Domain.Fleet;
using OpsConsole.Domain.Journal;
using OpsConsole.Domain.Rollouts;
using OpsConsole.Engine;
using OpsConsole.Engine.Fleet;
using OpsConsole.Engine.Journal;
using OpsConsole.Engine.Rollouts;
using OpsConsole.Tests.World;

namespace OpsConsole.Tests.Scenarios.Killed;

/// <summary>The engine as a process of its own, over the journal on disk, with a clock that goes on from the last event: plays one rollout to its end.</summary>
internal static class EngineProcess
{
    private static readonly DateTimeOffset Start = new(2026, 1, 5, 3, 0, 0, TimeSpan.Zero);

    /// <summary>After its end a rollout's release is still to be marked proven or quarantined.</summary>
    private const int SettlingTicks = 5;

    /// <summary>Prints how many events there are, and the end state; 0 where the rollout ended, 1 where it did not within two hours of the engine's own time.</summary>
    public static async Task<int> RunAsync(string folder, long killAt, bool bad)
    {
        Directory.CreateDirectory(folder);
        var clock = new ManualClock(Start);
        await using var engine = Build(folder, killAt, bad, clock);
        await engine.GetRequiredService<CommandPath>().LoadAsync(CancellationToken.None);
        var reached = await engine.GetRequiredService<IJournal>().ReadBackAsync(new(Take: 1), CancellationToken.None);
        clock.Advance((reached.Count > 0 ? reached[0].At : Start) - Start);
        await PrepareAsync(engine);
        var states = engine.GetRequiredService<IStates>();
        var loop = engine.GetRequiredService<EngineLoop>();
        var settled = 0;
        var end = clock.GetUtcNow() + TimeSpan.FromHours(2);
        while (clock.GetUtcNow() < end)
        {
            await loop.TickOnceAsync(CancellationToken.None);
            clock.Advance(EngineLoop.Interval);
            if (states.Get<Rollout>(RolloutStreams.Of("r1")).Ended && ++settled == SettlingTicks)
            {
                var newest = await engine.GetRequiredService<IJournal>().ReadBackAsync(new(Take: 1), CancellationToken.None);
                await System.Console.Out.WriteLineAsync($"{newest[0].Sequence}|{End(states)}");
                return 0;
            }
        }

        await System.Console.Out.WriteLineAsync($"not ended: {End(states)}");
        return 1;
    }

    private static ServiceProvider Build(string folder, long killAt, bool bad, ManualClock clock)
    {
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddSingleton<TimeProvider>(clock);
        services.AddSingleton<ICommitObserver>(new KillAt(killAt));
        services.AddSqliteJournal(folder);
        services.AddSingleton(provider => new LoggedHosts(folder, provider.GetRequiredService<IHostReports>(), bad));
        services.AddSingleton<IHostDriver>(provider => provider.GetRequiredService<LoggedHosts>());
        services.AddSingleton<IHealthSource>(provider => provider.GetRequiredService<LoggedHosts>());
        services.AddSingleton<ITickPart>(provider => provider.GetRequiredService<LoggedHosts>());
        services.AddSingleton<IRegionWork>(InTurn.Only);
        services.AddEngineCore();
        return services.BuildServiceProvider();
    }

    /// <summary>Every step is idempotent: after a kill it is done again from the start.</summary>
    private static async Task PrepareAsync(IServiceProvider engine)
    {
        var commands = engine.GetRequiredService<ICommands>();
        var pipeline = SmallFleet.Pipeline() with { Stages = SmallFleet.Pipeline().Stages.RemoveAt(2) };
        ICommand[] before =
        [
            new PlaceHosts("eu", "commercial", [.. Hosts()], []),
            new RegisterRelease(SmallFleet.Release(SmallFleet.Old)),
            new RegisterRelease(SmallFleet.Release(SmallFleet.New)),
            new AdoptRelease("web", SmallFleet.Old),
            new SavePipeline(pipeline, "the file"),
        ];
        foreach (var command in before)
        {
            await commands.SendAsync(new(command, Scenario.Ada, "because"));
        }

        await commands.SendAsync(new(new StartRollout("r1", "web", SmallFleet.New, "web"), Scenario.Ada, "because", IdempotencyKey: "start-r1"));
    }

    private static IEnumerable<Host> Hosts() =>
        from az in new[] { "a", "b", "c" }
        from n in az == "a" ? new[] { 1, 2, 9 } : [1, 2]
        select new Host($"eu-{az}{n}", "commercial", "eu", $"eu{az}", $"r{n}", HostRole.Web, "web", "m1", n, HostDriver.Simulated) { Release = SmallFleet.Old, Validator = n == 9 };

    private static string End(IStates states) =>
        string.Join(
            "|",
            states.All<Rollout>(RolloutStreams.Family).OrderBy(one => one.Stream.Value, StringComparer.Ordinal).Select(one => $"{one.State.Id} {one.State.Status} {one.State.Attempt}")
                .Concat(states.Get<ReleaseCatalog>(ReleaseStreams.Of("web")).Releases.Values.OrderBy(one => one.Release.Version, StringComparer.Ordinal).Select(one => $"{one.Release.Version} proven {one.ProvenBy} quarantined {one.QuarantinedBy}"))
                .Concat(states.Get<RegionFleet>(FleetStreams.Of("eu")).Hosts.Values.OrderBy(host => host.Id, StringComparer.Ordinal).Select(host => $"{host.Id} {host.Release} {host.State} {host.Token}")));
}
