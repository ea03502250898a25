using System.Collections.Concurrent;
using System.Collections.Immutable;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OpsConsole.Domain.Fleet;
using OpsConsole.Domain.Journal;
using OpsConsole.Domain.ProvingGround.Patients;
using OpsConsole.Engine.ProvingGround.Hosting;
using OpsConsole.Engine.ProvingGround.Releases;

namespace OpsConsole.Engine.ProvingGround.Supervision;

/// <summary>
/// Keeps the ground's processes running: adopts those a former console left, starts the others, starts again what crashed. A host in the hands of a visit,
/// and one that a visit left as a casualty, is left alone: changing it is the rollout's business. So is one that is stopped on purpose.
/// </summary>
public sealed partial class GroundSupervisor : BackgroundService
{
    private static readonly TimeSpan Round = TimeSpan.FromMilliseconds(500);

    private readonly GroundOptions _options;
    private readonly GroundFolder _folder;
    private readonly GroundClient _client;
    private readonly HostLauncher _launcher;
    private readonly IStates _states;
    private readonly TimeProvider _clock;
    private readonly ILogger<GroundSupervisor> _log;
    private readonly ImmutableDictionary<string, ManagedHost> _hosts;
    private readonly ConcurrentDictionary<string, bool> _resting = new(StringComparer.Ordinal);
    private readonly SemaphoreSlim _starts;
    private readonly TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private FileStream? _lock;

    public GroundSupervisor(GroundOptions options, GroundFolder folder, GroundClient client, IStates states, TimeProvider clock, ILogger<GroundSupervisor> log)
    {
        (_options, _folder, _client, _states, _clock, _log) = (options, folder, client, states, clock, log);
        _launcher = new HostLauncher(options, folder, client, clock);
        _starts = new SemaphoreSlim(Math.Max(1, options.StartsAtOnce));
        Plan = GroundPlanner.Make(options, folder.ReadPlan());
        _hosts = Plan.Hosts.ToImmutableDictionary(host => host.Id, host => new ManagedHost(host.Id));
    }

    public GroundPlan Plan { get; private set; }

    /// <summary>Ends when every process runs and the router has someone to send customers to; the time it took from the console's start.</summary>
    public Task Ready => _ready.Task;

    public RunningHost? RunningOf(string host) => _hosts[host] is { Lives: true } managed ? managed.Running : null;

    /// <summary>Why a host does not run; null where it does.</summary>
    public string? TroubleOf(string host) => _hosts[host].Trouble;

    /// <summary>Ends the host's process and starts it with the release in its folder. Null where it came up, or why not.</summary>
    /// <param name="whileDown">What is done between the two.</param>
    public async Task<string?> RestartAsync(string host, CancellationToken cancel, Action? whileDown = null)
    {
        var managed = _hosts[host];
        await managed.Turn.WaitAsync(cancel).ConfigureAwait(false);
        try
        {
            if (managed.Lives)
            {
                await _launcher.StopAsync(managed.Running!, cancel).ConfigureAwait(false);
            }

            whileDown?.Invoke();
            return await LaunchAsync(managed, cancel).ConfigureAwait(false);
        }
        finally
        {
            managed.Turn.Release();
        }
    }

    /// <summary>Hosts whose processes are not started again until the answer is disposed: a drill has them in hand.</summary>
    internal IDisposable Rest(IEnumerable<string> hosts)
    {
        string[] all = [.. hosts];
        Array.ForEach(all, host => _resting[host] = true);
        return new Rested(() => Array.ForEach(all, host => _resting.TryRemove(host, out _)));
    }

    /// <summary>Ends the host's process in order. It is started again unless it is meant to rest.</summary>
    public async Task EndAsync(string host, CancellationToken cancel)
    {
        var managed = _hosts[host];
        await managed.Turn.WaitAsync(cancel).ConfigureAwait(false);
        try
        {
            if (managed.Lives)
            {
                await _launcher.StopAsync(managed.Running!, cancel).ConfigureAwait(false);
            }
        }
        finally
        {
            managed.Turn.Release();
        }
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken).ConfigureAwait(false);
        if (_options.StopWithConsole && _lock is not null)
        {
            await Task.WhenAll(_hosts.Values.Where(host => host.Lives).Select(host => _launcher.StopAsync(host.Running!, cancellationToken))).ConfigureAwait(false);
        }

        _lock?.Dispose();
    }

    public override void Dispose()
    {
        base.Dispose();
        _lock?.Dispose();
        _starts.Dispose();
        foreach (var host in _hosts.Values)
        {
            host.Dispose();
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        var began = _clock.GetTimestamp();
        if (!TakeLock())
        {
            LogTaken(_folder.Root);
            return;
        }

        _folder.WritePlan(Plan);
        _folder.Accounts();
        _folder.RenewLease(_clock.GetUtcNow());
        await Task.WhenAll(Plan.Hosts.Select(host => AdoptAsync(host, stoppingToken))).ConfigureAwait(false);
        using var timer = new PeriodicTimer(Round, _clock);
        do
        {
            await Task.WhenAll(Plan.Hosts.OrderBy(StartsAs).Select(host => KeepAsync(host, stoppingToken))).ConfigureAwait(false);
            RenewLease();
            if (!_ready.Task.IsCompleted && _hosts.Values.All(host => host.Lives) && (await _client.HealthAsync(Plan.Router, deep: true, stoppingToken).ConfigureAwait(false))?.Trouble is null)
            {
                LogServing(_clock.GetElapsedTime(began).TotalSeconds, Plan.Router.Address);
                _ready.TrySetResult();
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken).ConfigureAwait(false));
    }

    /// <summary>What others wait for starts first: web hosts warm up against an index that has a leader and disks that answer, and customers come last.</summary>
    private static int StartsAs(GroundHost host) =>
        host.Role switch { GroundRole.Index => 0, GroundRole.Storage => 1, GroundRole.Router => 2, GroundRole.Web => 3, _ => 4 };

    /// <summary>A full disk must not end the supervision; the lease bears many missed renewals.</summary>
    private void RenewLease()
    {
        try
        {
            _folder.RenewLease(_clock.GetUtcNow());
        }
        catch (IOException e)
        {
            LogLease(e.Message);
        }
    }

    private bool TakeLock()
    {
        Directory.CreateDirectory(_folder.Root);
        try
        {
            _lock = new FileStream(Path.Combine(_folder.Root, "console.lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            return true;
        }
        catch (IOException)
        {
            return false;
        }
    }

    private async Task AdoptAsync(GroundHost host, CancellationToken cancel)
    {
        if (_folder.ReadRunning(host.Id) is not { } running || !ProcessTable.Lives(running))
        {
            return;
        }

        if (running.Port == host.Port && await _client.HealthAsync(host, deep: false, cancel).ConfigureAwait(false) is { } health && health.Id == host.Id && health.Pid == running.Pid)
        {
            _hosts[host.Id].CameUp(running);
            LogAdopted(host.Id, running.Pid);
        }
        else
        {
            ProcessTable.Kill(running);
        }
    }

    /// <summary>One look at one host; starts it where it should run, does not, and may be tried again.</summary>
    private async Task KeepAsync(GroundHost host, CancellationToken cancel)
    {
        var managed = _hosts[host.Id];
        if (managed.Lives || InOthersHands(host.Id) || _clock.GetUtcNow() < managed.NotBefore || !managed.Turn.Wait(0, cancel))
        {
            return;
        }

        try
        {
            if (!managed.Lives && await LaunchAsync(managed, cancel).ConfigureAwait(false) is { } trouble)
            {
                LogDidNotCome(host.Id, trouble, managed.NotBefore);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or System.ComponentModel.Win32Exception)
        {
            managed.DidNotCome(e.Message, _clock.GetUtcNow());
            LogDidNotCome(host.Id, e.Message, managed.NotBefore);
        }
        finally
        {
            managed.Turn.Release();
        }
    }

    private async Task<string?> LaunchAsync(ManagedHost managed, CancellationToken cancel)
    {
        await _starts.WaitAsync(cancel).ConfigureAwait(false);
        try
        {
            var host = Plan[managed.Id];
            if (ReleaseShelf.BaselineOf(host.Role) is { } baseline && !File.Exists(_folder.ReleaseFile(host.Id)))
            {
                GroundFolder.Replace(_folder.ReleaseFile(host.Id), baseline.Content);
            }

            var result = await _launcher.StartAsync(host, cancel).ConfigureAwait(false);
            if (result.Running is { } running)
            {
                managed.CameUp(running);
                return null;
            }

            if (result.ExitCode == HostProgram.PortTaken && _options.RouterPort != host.Port)
            {
                MoveToFreePort(host);
            }

            managed.DidNotCome(result.Trouble!, _clock.GetUtcNow());
            return result.Trouble;
        }
        finally
        {
            _starts.Release();
        }
    }

    private void MoveToFreePort(GroundHost host)
    {
        lock (_hosts)
        {
            Plan = Plan with { Hosts = Plan.Hosts.Replace(host, host with { Port = GroundPlanner.FreePort() }) };
            _folder.WritePlan(Plan);
        }
    }

    /// <summary>Whether a visit has the host in hand now.</summary>
    public bool IsBeingChanged(string host) => StateOf(host) == HostState.InWork;

    /// <summary>Whether the console wants the host out of customers' traffic: in a visit, a casualty of one, or drained on purpose.</summary>
    public bool IsHeldOut(string host) =>
        StateOf(host) is HostState.InWork or HostState.Casualty || _states.Get<PatientsState>(PatientsStreams.Of(Plan.Region)).Find(host, Ailment.Drained) is not null;

    private bool InOthersHands(string host) => _resting.ContainsKey(host) || StateOf(host) is HostState.InWork or HostState.Casualty || _states.Get<PatientsState>(PatientsStreams.Of(Plan.Region)).Find(host, Ailment.Stopped) is not null;

    private HostState? StateOf(string host) => _states.Get<RegionFleet>(FleetStreams.Of(Plan.Region)).Hosts.GetValueOrDefault(host)?.State;

    private sealed class Rested(Action end) : IDisposable
    {
        public void Dispose() => end();
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "the proving ground serves after {Seconds:F1} s; customers connect to {Router}")]
    private partial void LogServing(double seconds, Uri router);

    [LoggerMessage(Level = LogLevel.Information, Message = "adopted {Host}, process {Pid}")]
    private partial void LogAdopted(string host, int pid);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Host} did not come up: {Trouble} Tried again from {Next:T}")]
    private partial void LogDidNotCome(string host, string trouble, DateTimeOffset next);

    [LoggerMessage(Level = LogLevel.Warning, Message = "the ground's lease could not be renewed: {Why}")]
    private partial void LogLease(string why);

    [LoggerMessage(Level = LogLevel.Error, Message = "another console operates the proving ground in {Folder}; this one leaves it alone")]
    private partial void LogTaken(string folder);
}
