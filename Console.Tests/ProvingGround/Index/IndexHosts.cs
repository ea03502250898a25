using System.Diagnostics;
using OpsConsole.Engine.ProvingGround;
using OpsConsole.Engine.ProvingGround.Hosting;
using OpsConsole.Engine.ProvingGround.Index.Client;
using OpsConsole.Engine.ProvingGround.Supervision;

namespace OpsConsole.Tests.ProvingGround.Index;

/// <summary>Three index hosts as real processes in a folder of their own, and a client of them.</summary>
internal sealed class IndexHosts : IAsyncDisposable
{
    private readonly GroundFolder _folder = new(Directory.CreateTempSubdirectory("ground-index-").FullName);
    private readonly Dictionary<string, RunningHost> _running = [];
    private readonly GroundClient _ground;
    private readonly HostLauncher _launcher;
    private readonly GroundPlan _plan;
    private readonly HttpClient _http;

    private IndexHosts()
    {
        var options = new GroundOptions { Folder = _folder.Root, WebHostsPerAz = 1, StorageHostsPerAz = 1 };
        _plan = GroundPlanner.Make(options, null);
        _folder.WritePlan(_plan);
        _folder.RenewLease(TimeProvider.System.GetUtcNow());
        _ground = new GroundClient(_folder, TimeProvider.System);
        _launcher = new HostLauncher(options, _folder, _ground, TimeProvider.System);
        _http = GroundHttp.Make(_folder.Secret());
    }

    public IReadOnlyList<string> Ids => [.. _plan.Of(GroundRole.Index).Select(host => host.Id)];

    public static async Task<IndexHosts> StartAsync()
    {
        var hosts = new IndexHosts();
        foreach (var id in hosts.Ids)
        {
            await hosts.StartAsync(id);
        }

        return hosts;
    }

    public IndexClient Client() => new(() => _plan.Of(GroundRole.Index).ToDictionary(host => host.Id, host => host.Address), _http, TimeProvider.System);

    public async Task StartAsync(string id)
    {
        var result = await _launcher.StartAsync(_plan[id], CancellationToken.None);
        _running[id] = result.Running ?? throw new InvalidOperationException($"{id}: {result.Trouble}");
    }

    public void Kill(string id) => ProcessTable.Kill(_running[id]);

    /// <summary>Kills it and waits until it is gone.</summary>
    public async Task EndAsync(string id)
    {
        Kill(id);
        while (ProcessTable.Lives(_running[id]))
        {
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System);
        }
    }

    /// <summary>As if its disk had been replaced.</summary>
    public void EmptyDisk(string id) => Directory.Delete(Path.Combine(_folder.Of(id), "index"), recursive: true);

    public async Task<bool> IsCountedAsync(string id) => await _ground.HealthAsync(_plan[id], deep: true, CancellationToken.None) is { Trouble: null };

    /// <summary>Looks ten times a second until it is so, at most so long; whether it was.</summary>
    public static async Task<bool> WatchAsync(Func<Task<bool>> holds, TimeSpan limit)
    {
        for (var began = TimeProvider.System.GetTimestamp(); TimeProvider.System.GetElapsedTime(began) < limit;)
        {
            if (await holds())
            {
                return true;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System);
        }

        return false;
    }

    /// <summary>SIGSTOP or SIGCONT.</summary>
    public async Task SignalAsync(string id, string signal)
    {
        using var kill = Process.Start("kill", [$"-{signal}", $"{_running[id].Pid}"]);
        await kill.WaitForExitAsync();
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var running in _running.Values)
        {
            ProcessTable.Kill(running);
        }

        _http.Dispose();
        _ground.Dispose();
        while (_running.Values.Any(ProcessTable.Lives))
        {
            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System);
        }

        Directory.Delete(_folder.Root, recursive: true);
    }
}
