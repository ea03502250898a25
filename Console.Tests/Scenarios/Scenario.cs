using System.Collections.Immutable;
using Microsoft.Extensions.DependencyInjection;
using OpsConsole.Domain.Access;
using OpsConsole.Domain.Fleet;
using OpsConsole.Domain.Journal;
using OpsConsole.Domain.Rollouts;
using OpsConsole.Domain.Rollouts.Notifications;
using OpsConsole.Engine;
using OpsConsole.Engine.Alarms.Streams;
using OpsConsole.Engine.Cord;
using OpsConsole.Engine.Fleet;
using OpsConsole.Engine.Journal;
using OpsConsole.Engine.Rollouts;
using OpsConsole.Engine.Rollouts.Notifications;
using OpsConsole.Tests.World;

namespace OpsConsole.Tests.Scenarios;

/// <summary>
/// The whole engine without real time: a journal in memory, a clock that the test moves, scripted hosts and health that outlive the engine.
/// After every event the laws are checked; after any event the engine can be killed, and goes on from its journal.
/// </summary>
internal sealed class Scenario
{
    public static readonly Actor Ada = Actor.Person("ada", Role.Admin);

    private readonly MemoryJournal _journal = new();
    private readonly Dictionary<long, Func<Task>> _after = [];
    private readonly Queue<Func<Task>> _dueNow = new();
    private readonly Action<IServiceCollection>? _more;
    private readonly Action<IServiceProvider>? _built;
    private ServiceProvider _engine;

    /// <param name="more">Put into every engine that is built.</param>
    /// <param name="built">What else an engine is given, each time one is made.</param>
    public Scenario(Action<IServiceCollection>? more = null, Action<IServiceProvider>? built = null)
    {
        (_more, _built) = (more, built);
        Hosts = new(Clock);
        Health = new(Hosts);
        _engine = Build();
        _journal.AfterCommit = AfterCommit;
    }

    public ManualClock Clock { get; } = new();

    public ScriptedHosts Hosts { get; }

    public ScriptedHealth Health { get; }

    /// <summary>Where messages about rollouts go; nobody is told before a test subscribes.</summary>
    public ScriptedReceiver Receiver { get; } = new();

    public Laws Laws { get; } = new();

    /// <summary>The engine is killed after this event; 0 for never.</summary>
    public long KillAfter { get; set; }

    public int Kills { get; private set; }

    /// <summary>How far the clock moves with each tick; longer steps make long runs cheap.</summary>
    public TimeSpan Step { get; set; } = EngineLoop.Interval;

    public IReadOnlyList<Recorded> Events => _journal.Events;

    public IStates States => _engine.GetRequiredService<IStates>();

    /// <summary>A part of the engine that runs now.</summary>
    public T Service<T>()
        where T : notnull => _engine.GetRequiredService<T>();

    public Rollout Rollout(string id = "r1") => States.Get<Rollout>(RolloutStreams.Of(id));

    public RegionRun Run(string region = "eu", string rollout = "r1") => States.Get<RegionRun>(RunStreams.Of(region, rollout));

    public RegionFleet Fleet(string region = "eu") => States.Get<RegionFleet>(FleetStreams.Of(region));

    /// <summary>What people are shown of the gates, kept in the running engine's memory only.</summary>
    public ImmutableArray<GateLine> Lines(string rollout, string region) => _engine.GetRequiredService<GateLines>().Of(rollout, region);

    /// <summary>Ids of all commands that reached a host, in order of the alphabet: what a killed engine must not change.</summary>
    public ImmutableArray<string> CommandIds => [.. Hosts.Received.Select(command => command.Id).Distinct().Order(StringComparer.Ordinal)];

    /// <summary>Does something at the first moment after an event, as an operator would: through the command path, between ticks.</summary>
    public void AfterEvent(long sequence, Func<Task> act) => _after[sequence] = act;

    public async Task<CommandResult> SendAsync(ICommand command, Actor? actor = null, string? reason = "because") =>
        await SendAsync(new CommandRequest(command, actor ?? Ada, reason));

    /// <summary>Awaited before the clock moves: lets real time pass beside the scenario's. Null for none.</summary>
    public Func<Task>? Pace { get; set; }

    /// <summary>Where numbers of streams are handed in; what was, is lost with the engine.</summary>
    public IMetricSink Metrics => _engine.GetRequiredService<IMetricSink>();

    public ICommands Commands => _engine.GetRequiredService<ICommands>();

    public Task<CommandResult> SendAsync(CommandRequest request) => Commands.SendAsync(request);

    /// <summary>Sends what may be refused; a kill on the way is survived, and then null is the answer that the sender never got.</summary>
    public Task<CommandResult?> WishAsync(ICommand command) => KilledIsRebuiltAsync<CommandResult?>(async () => await SendAsync(command));

    public async Task MustAsync(ICommand command, string? reason = "because", Actor? actor = null)
    {
        var result = await KilledIsRebuiltAsync(() => SendAsync(command, actor, reason));
        Assert.True(result?.Accepted ?? true, result?.Rejection?.ToString());
    }

    /// <summary>Ticks until the condition holds; fails after <paramref name="limit"/> of the scenario's own time.</summary>
    public async Task UntilAsync(Func<bool> holds, TimeSpan? limit = null)
    {
        var end = Clock.GetUtcNow() + (limit ?? TimeSpan.FromMinutes(30));
        while (!holds())
        {
            Assert.True(Clock.GetUtcNow() < end, $"not within {limit ?? TimeSpan.FromMinutes(30)}: {Describe()}");
            await TickAsync();
        }
    }

    public async Task ForAsync(TimeSpan time)
    {
        for (var end = Clock.GetUtcNow() + time; Clock.GetUtcNow() < end;)
        {
            await TickAsync();
        }
    }

    public void LawsHold()
    {
        Assert.Empty(Laws.Breaches);
        Assert.Empty(Hosts.Breaches);
    }

    public string Describe() =>
        string.Join("; ", States.All<Rollout>(RolloutStreams.Family).Select(rollout => $"{rollout.State.Id} is {rollout.State.Status} ({rollout.State.Why})")
            .Concat(States.All<RegionRun>(RunStreams.Family).Select(run => $"{run.State.Rollout} in {run.State.Region}: {run.State.Phase} batch {run.State.Batch} {run.State.Halt?.Kind} {RunWait.Of(run.State, RunDecider.Input(States, run.State.Region, run.State.Rollout, null, Clock.GetUtcNow()))?.What}")));

    private async Task TickAsync()
    {
        await KilledIsRebuiltAsync(async () =>
        {
            await _engine.GetRequiredService<EngineLoop>().TickOnceAsync(CancellationToken.None);
            return (object?)null;
        });
        while (_dueNow.TryDequeue(out var act))
        {
            await KilledIsRebuiltAsync(async () =>
            {
                await act();
                return (object?)null;
            });
        }

        Laws.Waits(States, Clock.GetUtcNow());
        await (Pace?.Invoke() ?? Task.CompletedTask);
        Clock.Advance(Step);
    }

    private async Task<T?> KilledIsRebuiltAsync<T>(Func<Task<T>> act)
    {
        try
        {
            return await act();
        }
        catch (EngineKilledException)
        {
            Kills++;
            KillAfter = 0;
            await _engine.DisposeAsync();
            _engine = Build();
            await _engine.GetRequiredService<CommandPath>().LoadAsync(CancellationToken.None);
            await _engine.GetRequiredService<EngineLoop>().TickOnceAsync(CancellationToken.None);
            return default;
        }
    }

    private void AfterCommit(ImmutableArray<Recorded> events)
    {
        Laws.After(events, States);
        foreach (var recorded in events)
        {
            if (_after.Remove(recorded.Sequence, out var act))
            {
                _dueNow.Enqueue(act);
            }
        }

        if (KillAfter > 0 && events.Any(recorded => recorded.Sequence == KillAfter))
        {
            throw new EngineKilledException($"after event {KillAfter}");
        }
    }

    private ServiceProvider Build()
    {
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddSingleton<TimeProvider>(Clock);
        services.AddSingleton<IJournal>(_journal);
        services.AddSingleton<IRegionWork>(InTurn.Only);
        services.AddSingleton<IHostDriver>(Hosts);
        services.AddSingleton(Hosts);
        services.AddSingleton<IHealthSource>(Health);
        services.AddSingleton<ITickPart, RepliesPart>();
        services.AddKeyedSingleton<IChannelSender>(Channel.Webhook, Receiver);
        services.AddSingleton<IRetryChance>(Receiver);
        services.AddEngineCore();
        _more?.Invoke(services);
        var engine = services.BuildServiceProvider();
        _built?.Invoke(engine);
        engine.GetRequiredService<HostGate>().Left = command => Laws.Left(command, engine.GetRequiredService<IStates>());
        return engine;
    }
}
