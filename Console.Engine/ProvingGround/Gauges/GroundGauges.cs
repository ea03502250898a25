using Microsoft.Extensions.Hosting;
using OpsConsole.Domain.Journal;
using OpsConsole.Domain.ProvingGround.Patients;
using OpsConsole.Engine.ProvingGround.Customers;
using OpsConsole.Engine.ProvingGround.Health;
using OpsConsole.Engine.ProvingGround.Hosting;
using OpsConsole.Engine.ProvingGround.Repair;
using OpsConsole.Engine.ProvingGround.Routing;
using OpsConsole.Engine.ProvingGround.Storage;
using OpsConsole.Engine.ProvingGround.Supervision;

namespace OpsConsole.Engine.ProvingGround.Gauges;

/// <summary>Looks at every process of the ground each two seconds, for pages, API and CLI: what it uses as the operating system counts it, what it serves as the router saw it.</summary>
public sealed class GroundGauges(GroundSupervisor supervisor, GroundClient client, GroundObservations seen, IStates states, TimeProvider clock) : BackgroundService
{
    public static readonly TimeSpan Round = TimeSpan.FromSeconds(2);

    private const int SecondsSummed = 10;

    private readonly Dictionary<string, (int Pid, long At, ProcessUsage Usage)> _before = [];
    private volatile GroundPicture? _now;

    /// <summary>Null before the first look.</summary>
    public GroundPicture? Now => _now;

    /// <summary>Called after each look, on the looker's thread.</summary>
    public event Action? Looked;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        using var timer = new PeriodicTimer(Round, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken).ConfigureAwait(false))
        {
            _now = await LookAsync(stoppingToken).ConfigureAwait(false);
            Looked?.Invoke();
        }
    }

    private async Task<GroundPicture> LookAsync(CancellationToken cancel)
    {
        var plan = supervisor.Plan;
        var router = client.RouterAsync(plan.Router, long.MaxValue, cancel);
        var customers = plan.Of(GroundRole.Customers).FirstOrDefault() is { } crowd ? client.CustomersAsync(crowd, cancel) : Task.FromResult<CustomersReport?>(null);
        var health = await Task.WhenAll(plan.Hosts.Select(host => supervisor.RunningOf(host.Id) is null ? Task.FromResult<HostHealth?>(null) : client.HealthAsync(host, deep: false, cancel))).ConfigureAwait(false);
        var routed = (await router.ConfigureAwait(false))?.Hosts ?? [];
        var patients = states.Get<PatientsState>(PatientsStreams.Of(plan.Region));
        return new GroundPicture(
            clock.GetUtcNow(),
            plan.Region,
            plan.Router.Address,
            supervisor.Ready.IsCompleted,
            [.. plan.Hosts.Zip(health, (host, says) => Draw(host, says, routed.FirstOrDefault(one => one.Id == host.Id), patients))],
            await customers.ConfigureAwait(false))
        {
            Shards = await ShardsAsync(plan, cancel).ConfigureAwait(false),
        };
    }

    private async Task<ShardsPicture?> ShardsAsync(GroundPlan plan, CancellationToken cancel)
    {
        GroundHost[] hosts = [.. plan.Of(GroundRole.Storage).Where(host => supervisor.RunningOf(host.Id) is not null)];
        var repairs = Task.WhenAll(hosts.Select(host => client.RepairAsync(host, cancel)));
        var shards = (await Task.WhenAll(hosts.Select(host => client.ShardsAsync(host, cancel))).ConfigureAwait(false)).OfType<ShardStats>().ToArray();
        var repair = (await repairs.ConfigureAwait(false)).OfType<RepairStats>().ToArray();
        return repair.Length == 0 || shards.Length == 0
            ? null
            : new ShardsPicture(
                shards.Length,
                plan.Of(GroundRole.Storage).Count(),
                [.. Enumerable.Range(0, RepairStats.Places).Select(place => repair.Sum(one => one.BySlack[place]))],
                repair.Sum(one => one.Queue),
                repair.Max(one => one.OldestSeconds),
                repair.Sum(one => one.Repaired),
                shards.Sum(one => one.CorruptFound),
                shards.Sum(one => (long)one.Shards),
                shards.Sum(one => one.Bytes),
                shards.Max(one => one.ScrubAgeSeconds))
            {
                ScrubDone = shards.Min(one => one.ScrubDone),
                ScrubBoundSeconds = shards.Max(one => one.ScrubBoundSeconds),
                Failed = repair.Sum(one => one.Failed),
            };
    }

    private HostPicture Draw(GroundHost host, HostHealth? health, RouterHost? routed, PatientsState patients)
    {
        var running = supervisor.RunningOf(host.Id);
        var trouble = running is null ? supervisor.TroubleOf(host.Id) ?? "its process does not run" : health is null ? "its process runs and does not answer" : health.Trouble;
        var now = clock.GetUtcNow().ToUnixTimeSeconds();
        var traffic = seen.Router.Sum(host.Id, new Window(now - SecondsSummed - 1, now - 1));
        var picture = new HostPicture(host.Id, host.Role, host.Role is GroundRole.Router or GroundRole.Customers ? null : host.Az, host.Validator, running?.Pid, health?.Version, trouble)
        {
            Weight = routed?.Weight,
            Drained = routed?.Drained ?? false,
            RequestsPerSecond = (double)traffic.All / SecondsSummed,
            P99Ms = traffic.P99Ms,
            Illnesses = [.. patients.Of(host.Id)],
        };
        return running is null ? picture : Used(picture, running.Pid);
    }

    /// <summary>Rates need two looks at the same process.</summary>
    private HostPicture Used(HostPicture picture, int pid)
    {
        if (ProcessUsage.Of(pid) is not { } usage)
        {
            return picture;
        }

        var (at, known) = (clock.GetTimestamp(), _before.TryGetValue(picture.Id, out var before) && before.Pid == pid);
        _before[picture.Id] = (pid, at, usage);
        var seconds = known ? clock.GetElapsedTime(before.At, at).TotalSeconds : 0;
        return seconds <= 0
            ? picture with { Resident = usage.Resident }
            : picture with
            {
                Resident = usage.Resident,
                Cpu = (usage.Cpu - before.Usage.Cpu).TotalSeconds / seconds,
                ReadPerSecond = (usage.Read - before.Usage.Read) / seconds,
                WrittenPerSecond = (usage.Written - before.Usage.Written) / seconds,
            };
    }
}
