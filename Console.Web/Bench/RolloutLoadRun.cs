using System.Diagnostics;
using System.Globalization;
using OpsConsole.Domain.Access;
using OpsConsole.Domain.Fleet;
using OpsConsole.Domain.Journal;
using OpsConsole.Domain.Rehearsal;
using OpsConsole.Domain.Rollouts;
using OpsConsole.Engine;
using OpsConsole.Engine.Cord;
using OpsConsole.Engine.Journal;
using OpsConsole.Engine.Rehearsal;
using OpsConsole.Engine.Rollouts;

namespace OpsConsole.Web.Bench;

/// <summary>
/// One release on its way over the simulated world's 39 regions, every host of which serves it: the engine as it runs, but for a clock that steps and a journal that does not keep. The
/// pipeline is the rehearsal's with bakes as long as in production; one visit in some two thousand fails, as in a fleet that succeeds 99.95 % of the time.
/// </summary>
internal sealed class RolloutLoadRun(int hosts, int seed, Action<string> progress)
{
    /// <summary>A bake of seconds in the rehearsal is one of minutes in production.</summary>
    private const int Slower = 60;

    private const string Release = "sim-1.1.0";
    private const string Id = "bench";
    private static readonly TimeSpan Busy = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(15);
    private static readonly TimeSpan Idle = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Longest = TimeSpan.FromDays(7);

    private readonly SteppedClock _clock = new();
    private readonly CountingJournal _journal = new();
    private long _commands;

    public async Task<Dictionary<string, double>> RunAsync(CancellationToken cancel)
    {
        await using var engine = Build();
        var commands = engine.GetRequiredService<ICommands>();
        engine.GetRequiredService<HostGate>().Left = _ => Interlocked.Increment(ref _commands);
        await PlaceAsync(commands, cancel);
        await SendAsync(commands, new RegisterRelease(SimulatedReleases.All.Single(release => release is { Service: "web", Version: Release })), cancel);
        await SendAsync(commands, new RegisterRelease(SimulatedReleases.All.Single(release => release is { Service: "web", Version: RehearsalFleet.FirstRelease })), cancel);
        await SendAsync(commands, new AdoptRelease("web", RehearsalFleet.FirstRelease), cancel);
        await SendAsync(commands, new SavePipeline(Pipeline(), "the rehearsal's, slower"), cancel);

        var began = TimeProvider.System.GetTimestamp();
        var started = _clock.GetUtcNow();
        await SendAsync(commands, new StartRollout(Id, "web", Release, Pipeline().Name), cancel);
        var ticks = await TickAsync(engine, cancel);
        var wall = TimeProvider.System.GetElapsedTime(began);

        var states = engine.GetRequiredService<IStates>();
        var rollout = states.Get<Rollout>(RolloutStreams.Of(Id));
        var runs = states.All<RegionRun>(RunStreams.Family).Select(run => run.State).ToArray();
        var casualties = runs.SelectMany(run => run.Casualties).ToArray();
        foreach (var casualty in casualties.Take(3))
        {
            progress($"a casualty: {casualty.Host} at {casualty.At:u}: {casualty.Detail}");
        }

        return new()
        {
            ["wall_s"] = Math.Round(wall.TotalSeconds, 1),
            ["memory_mb"] = Process.GetCurrentProcess().PeakWorkingSet64 >> 20,
            ["casualties"] = casualties.Length,
            ["completed"] = rollout.Status == RolloutStatus.Completed ? 1 : 0,
            ["hosts"] = hosts,
            ["confirmed"] = runs.Sum(run => run.Confirmed.Count),
            ["regions"] = runs.Length,
            ["host_commands"] = _commands,
            ["events"] = _journal.Events,
            ["ticks"] = ticks,
            ["simulated_hours"] = Math.Round((_clock.GetUtcNow() - started).TotalHours, 1),
        };
    }

    private async Task<int> TickAsync(ServiceProvider engine, CancellationToken cancel)
    {
        var (loop, driver, states) = (engine.GetRequiredService<EngineLoop>(), engine.GetRequiredService<SimulatedDriver>(), engine.GetRequiredService<IStates>());
        var end = _clock.GetUtcNow() + Longest;
        var (ticks, stage) = (0, -1);
        for (; _clock.GetUtcNow() < end; ticks++)
        {
            cancel.ThrowIfCancellationRequested();
            await loop.TickOnceAsync(cancel);
            var rollout = states.Get<Rollout>(RolloutStreams.Of(Id));
            if (rollout.Ended || rollout.Status is not (RolloutStatus.Planned or RolloutStatus.Running))
            {
                progress(string.Create(CultureInfo.InvariantCulture, $"{rollout.Status} at {_clock.GetUtcNow():u}: {rollout.Why}"));
                break;
            }

            if (rollout.Stage != stage)
            {
                stage = rollout.Stage;
                progress(string.Create(CultureInfo.InvariantCulture, $"{_clock.GetUtcNow():u} {rollout.Plan!.Stages[stage].Name}, {_commands:N0} host commands so far"));
            }

            _clock.Advance(driver.InFlight > 0 ? Busy : Idle);
        }

        return ticks;
    }

    private async Task PlaceAsync(ICommands commands, CancellationToken cancel)
    {
        foreach (var place in BenchFleet.Place(hosts, HostRole.Web, "c7g.4xlarge"))
        {
            await SendAsync(commands, place, cancel);
        }
    }

    /// <summary>Budgets in the size of the AZs; the rehearsal's are for its few hundred hosts a region.</summary>
    private static Pipeline Pipeline()
    {
        var shipped = PipelineReader.Read(ShippedPipelines.Text("s3-web")).Content!;
        return shipped with
        {
            Name = "bench-web",
            Gates = shipped.Gates.RemoveAll(gate => gate.Alarms is not null), // Nothing is fed here; what alarms cost is measured by their own benchmark.
            Window = Window,
            Unhealthy = 3 * Window,
            Casualties = new(PerAz: 60, Total: 120),
            Limits = new() { Visit = TimeSpan.FromMinutes(10), Batch = TimeSpan.FromHours(2), Az = TimeSpan.FromHours(24), Stage = TimeSpan.FromHours(48) },
            Stages = [.. shipped.Stages.Select(stage => stage with { OneBox = Longer(stage.OneBox), BatchBake = Longer(stage.BatchBake)!, AzBake = Longer(stage.AzBake)!, RegionBake = Longer(stage.RegionBake)! })],
        };
    }

    private static Bake? Longer(Bake? bake) => bake is null ? null : bake with { Duration = bake.Duration * Slower, Extend = bake.Extend * Slower };

    private static async Task SendAsync(ICommands commands, ICommand command, CancellationToken cancel)
    {
        if ((await commands.SendAsync(new(command, Actor.Person("bench", Role.Admin), "benchmark"), cancel)).Rejection is { } refused)
        {
            throw new InvalidOperationException(refused.ToString());
        }
    }

    private ServiceProvider Build()
    {
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddSingleton<TimeProvider>(_clock);
        services.AddSingleton<IJournal>(_journal);
        services.AddSimulatedHosts(new SimulationOptions { Seed = seed });
        services.AddEngineCore();
        return services.BuildServiceProvider();
    }
}
