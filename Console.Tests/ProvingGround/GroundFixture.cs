using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OpsConsole.Engine;
using OpsConsole.Engine.Journal;
using OpsConsole.Engine.ProvingGround;
using OpsConsole.Engine.ProvingGround.Hosting;
using OpsConsole.Engine.ProvingGround.Supervision;

namespace OpsConsole.Tests.ProvingGround;

/// <summary>A proving ground of real processes with an engine over it, in a folder of its own, gone when the tests are done. Shared by the tests of one collection.</summary>
public sealed class GroundFixture : IAsyncLifetime
{
    private IHost? _console;

    public string Folder { get; } = Path.Combine(Path.GetTempPath(), $"ground-{Environment.ProcessId}-{Guid.NewGuid():N}");

    public GroundOptions Options => new() { Folder = Folder, CustomerRate = 20, StopWithConsole = true };

    public IServiceProvider Services => _console!.Services;

    public GroundSupervisor Supervisor => Services.GetRequiredService<GroundSupervisor>();

    public GroundClient Client => Services.GetRequiredService<GroundClient>();

    public GroundPlan Plan => Supervisor.Plan;

    /// <summary>From the console's start until customers are served.</summary>
    public TimeSpan StartedIn { get; private set; }

    public async Task InitializeAsync()
    {
        var began = TimeProvider.System.GetTimestamp();
        _console = MakeConsole(Options);
        await _console.StartAsync();
        await Supervisor.Ready.WaitAsync(TimeSpan.FromSeconds(120));
        StartedIn = TimeProvider.System.GetElapsedTime(began);
    }

    public async Task DisposeAsync()
    {
        if (_console is not null)
        {
            await _console.StopAsync();
            _console.Dispose();
        }

        Directory.Delete(Folder, recursive: true);
    }

    /// <summary>The engine with a journal in memory and a ground over <paramref name="options"/>; a second one over the same folder is a console that was restarted.</summary>
    public static IHost MakeConsole(GroundOptions options)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Logging.SetMinimumLevel(LogLevel.Information);
        builder.Services.AddLogging();
        builder.Services.AddEngineCore();
        builder.Services.AddSingleton<IJournal, MemoryJournal>();
        builder.Services.AddHostedService(provider => provider.GetRequiredService<EngineLoop>());
        builder.Services.AddProvingGround(options);
        return builder.Build();
    }

    /// <summary>What all of the ground's processes take of the machine's memory, bytes: a page that several of them share, such as the runtime's code, is counted once among them.</summary>
    public long Bytes() => Plan.Hosts.Sum(host => Supervisor.RunningOf(host.Id) is { } running ? ShareOfMemory(running.Pid) : 0);

    private static long ShareOfMemory(int pid) =>
        File.ReadLines($"/proc/{pid}/smaps_rollup").Where(line => line.StartsWith("Pss:", StringComparison.Ordinal)).Select(line => 1024 * long.Parse(line[4..^2].Trim(), CultureInfo.InvariantCulture)).Single();

    /// <summary>Waits, at most a minute, until it is so; fails with the words where it never is.</summary>
    public async Task UntilAsync(Func<bool> holds, string words) => Assert.True(await WatchAsync(() => Task.FromResult(holds())), $"within a minute: {words}");

    /// <summary>Looks every half second until it is so, at most a minute; whether it was.</summary>
    public async Task<bool> WatchAsync(Func<Task<bool>> holds)
    {
        for (var looks = 0; looks < 120; looks++)
        {
            if (await holds())
            {
                return true;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(500), TimeProvider.System);
        }

        return false;
    }

    internal void Kill(string host) => ProcessTable.Kill(Supervisor.RunningOf(host)!);
}

[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class GroundCollection : ICollectionFixture<GroundFixture>
{
    public const string Name = "proving ground";
}
