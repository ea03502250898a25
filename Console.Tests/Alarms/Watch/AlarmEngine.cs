using System.Collections.Immutable;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OpsConsole.Domain.Access;
using OpsConsole.Domain.Alarms.Rules;
using OpsConsole.Domain.Journal;
using OpsConsole.Engine;
using OpsConsole.Engine.Alarms.Streams;
using OpsConsole.Engine.Journal;
using OpsConsole.Tests.World;

namespace OpsConsole.Tests.Alarms.Watch;

/// <summary>The engine with a clock the test moves, a journal that outlives it, and streams the test fills.</summary>
internal sealed class AlarmEngine
{
    private readonly MemoryJournal _journal = new();
    private ServiceProvider _engine;

    public AlarmEngine() => _engine = Build();

    public ManualClock Clock { get; } = new();

    public MetricStore Store => _engine.GetRequiredService<MetricStore>();

    public IStates States => _engine.GetRequiredService<IStates>();

    public T Get<T>()
        where T : notnull =>
        _engine.GetRequiredService<T>();

    public IReadOnlyList<Recorded> Events => _journal.Events;

    public Alarm Alarm(string group, string name) => States.Get<AlarmGroup>(AlarmStreams.Of(group)).Alarms[name];

    public async Task PutAsync(string group, params ImmutableArray<AlarmDefinition> alarms)
    {
        var result = await Get<ICommands>().SendAsync(new(new PutAlarms(group, alarms), Actor.Person("ada", Role.Admin), "because"));
        Assert.Null(result.Rejection);
    }

    /// <summary>Seconds pass one by one, each with what is handed in during it, and a tick.</summary>
    public async Task PassAsync(int seconds, Action<DateTimeOffset>? handIn = null)
    {
        for (var i = 0; i < seconds; i++)
        {
            handIn?.Invoke(Clock.GetUtcNow());
            Clock.Advance(TimeSpan.FromSeconds(1));
            await Get<EngineLoop>().TickOnceAsync(CancellationToken.None);
        }
    }

    /// <summary>The engine ends, and another begins from the same journal with an empty store.</summary>
    public async Task RestartAsync()
    {
        await _engine.DisposeAsync();
        _engine = Build();
        await Get<CommandPath>().LoadAsync(CancellationToken.None);
    }

    private ServiceProvider Build()
    {
        var services = new ServiceCollection();
        services.AddLogging(log => log.SetMinimumLevel(LogLevel.None));
        services.AddSingleton<TimeProvider>(Clock);
        services.AddSingleton<IRegionWork>(InTurn.Only);
        services.AddSingleton<IJournal>(_journal);
        services.AddEngineCore();
        return services.BuildServiceProvider();
    }
}
