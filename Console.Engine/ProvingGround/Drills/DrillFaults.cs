using OpsConsole.Engine.ProvingGround.Hosting;
using OpsConsole.Engine.ProvingGround.Supervision;

namespace OpsConsole.Engine.ProvingGround.Drills;

/// <summary>
/// What goes wrong in a drill, one thing after another in an order the seed decides, spread over the requests: every process is killed so often, whole AZs are killed and
/// stay away, AZs and hosts stand still, disks are slow, shards are damaged. One process is away at a time, or one AZ, and an AZ only once nothing waits for repair: the store promises
/// to bear no more.
/// </summary>
internal sealed class DrillFaults(DrillRun run, GroundSupervisor supervisor, GroundClient client)
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(200);

    /// <summary>Until routers and web hosts have noticed that an AZ is gone.</summary>
    private static readonly TimeSpan ToNotice = TimeSpan.FromSeconds(4);

    /// <summary>Until a look at every group has begun after the AZ came back: what was written meanwhile lacks three shards, and another AZ may only go once they are rebuilt.</summary>
    private static readonly TimeSpan ToTakeStock = TimeSpan.FromSeconds(18);

    /// <summary>A store that has not come to rest by then is left as it is; what comes of it is the drill's finding.</summary>
    private static readonly TimeSpan LongestRest = TimeSpan.FromSeconds(30);

    private readonly Random _random = new(run.Options.Seed);
    private readonly Dictionary<string, int> _kills = [];
    private readonly SortedDictionary<string, int> _done = new(StringComparer.Ordinal);

    private GroundHost[] _victims = [];
    private GroundHost? _damaged;

    public IReadOnlyDictionary<string, int> Done => _done;

    /// <summary>How often the least killed of those that were to be killed was.</summary>
    public int LeastRestarts => _victims.Length == 0 ? 0 : _victims.Min(host => _kills.GetValueOrDefault(host.Id));

    /// <summary>All of them, spread over the requests; customers take their time for it (<see cref="DrillPace"/>). Ends with the customers: a fault that nobody is there to see proves nothing.</summary>
    /// <param name="customersGone">Whatever is away then is given back at once.</param>
    public async Task GoAsync(CancellationToken customersGone)
    {
        var planned = Plan();
        run.Pace.Begin(planned.Length);
        try
        {
            for (var i = 0; i < planned.Length; i++)
            {
                var due = (long)run.Options.Requests * (i + 1) / (planned.Length + 2);
                while (run.Taken < due)
                {
                    await WaitAsync(Look, customersGone).ConfigureAwait(false);
                }

                await planned[i](customersGone).ConfigureAwait(false);
                run.Pace.Done();
            }
        }
        catch (OperationCanceledException) when (customersGone.IsCancellationRequested)
        {
            // What was done until then is counted.
        }
    }

    /// <summary>Until every process runs and answers.</summary>
    public Task AllBackAsync(CancellationToken cancel) => BackAsync(supervisor.Plan.Hosts, cancel);

    private Func<CancellationToken, Task>[] Plan()
    {
        _victims = run.Options.OneOfEachRole ? [.. supervisor.Plan.Hosts.GroupBy(host => host.Role).Select(role => role.ElementAt(_random.Next(role.Count())))] : [.. supervisor.Plan.Hosts];
        var kills = Enumerable.Repeat(_victims, run.Options.KillsOfEach).SelectMany(hosts => hosts).Select(host => (Func<CancellationToken, Task>)(cancel => KillAsync(host, cancel)));
        Func<CancellationToken, Task>[] others = [KillAzAsync, HangHostAsync, HangAzAsync, SlowDiskAsync, CorruptAsync];
        var all = kills.Concat(Enumerable.Repeat(PowerLossAsync, run.Options.PowerLosses)).Concat(Enumerable.Range(0, run.Options.OtherFaults).Select(i => others[i % others.Length])).ToArray();
        _random.Shuffle(all);
        return all;
    }

    private async Task KillAsync(GroundHost host, CancellationToken cancel)
    {
        await BackAsync([host], cancel).ConfigureAwait(false);
        Kill(host);
        Count("kill");
        await BackAsync([host], cancel).ConfigureAwait(false);
    }

    /// <summary>The whole building's: nothing is left but what was flushed.</summary>
    private async Task PowerLossAsync(CancellationToken cancel)
    {
        var hosts = supervisor.Plan.Hosts.Where(host => host.Role is GroundRole.Index or GroundRole.Storage).ToArray();
        await BackAsync(hosts, cancel).ConfigureAwait(false);
        Count("power loss");
        await Task.WhenAll(hosts.Select(host => client.TreatAsync(host, "power=off", cancel))).ConfigureAwait(false);
        await BackAsync(hosts, cancel).ConfigureAwait(false);
        await RestAsync(cancel).ConfigureAwait(false);
    }

    private async Task KillAzAsync(CancellationToken cancel)
    {
        var hosts = AnyAz();
        Count("kill AZ");
        await GoneAsync(hosts, Kill, _ => { }, cancel).ConfigureAwait(false);
    }

    private async Task HangAzAsync(CancellationToken cancel)
    {
        Count("hang AZ");
        await GoneAsync(AnyAz(), host => With(host, ProcessSignals.Pause), host => With(host, ProcessSignals.Resume), cancel).ConfigureAwait(false);
    }

    private async Task GoneAsync(GroundHost[] hosts, Action<GroundHost> take, Action<GroundHost> giveBack, CancellationToken cancel)
    {
        await RestAsync(cancel).ConfigureAwait(false);
        using (supervisor.Rest(hosts.Select(host => host.Id)))
        {
            Array.ForEach(hosts, take);
            try
            {
                await WaitAsync(ToNotice, cancel).ConfigureAwait(false);
                run.OneAzGone = true;
                await WaitAsync(TimeSpan.FromSeconds(4 + _random.Next(6)), cancel).ConfigureAwait(false);
            }
            finally
            {
                run.OneAzGone = false;
                Array.ForEach(hosts, giveBack);
            }
        }

        await BackAsync(hosts, cancel).ConfigureAwait(false);
        await WaitAsync(ToTakeStock, cancel).ConfigureAwait(false);
        await RestAsync(cancel).ConfigureAwait(false);
    }

    private async Task HangHostAsync(CancellationToken cancel)
    {
        var host = Any(_ => true);
        Count("hang");
        With(host, ProcessSignals.Pause);
        try
        {
            await WaitAsync(TimeSpan.FromSeconds(1 + _random.Next(8)), cancel).ConfigureAwait(false);
        }
        finally
        {
            With(host, ProcessSignals.Resume);
        }
    }

    private async Task SlowDiskAsync(CancellationToken cancel)
    {
        var host = Any(host => host.Role == GroundRole.Storage);
        Count("slow disk");
        await client.TreatAsync(host, $"slow={50 + _random.Next(400)}", cancel).ConfigureAwait(false);
        try
        {
            await WaitAsync(TimeSpan.FromSeconds(2 + _random.Next(5)), cancel).ConfigureAwait(false);
        }
        finally
        {
            await client.TreatAsync(host, "slow=0", CancellationToken.None).ConfigureAwait(false);
        }
    }

    /// <summary>Always the same host's shards: an extent then lacks one shard at most besides those of a lost AZ, found or not, and more is more than the code bears.</summary>
    private async Task CorruptAsync(CancellationToken cancel)
    {
        _damaged ??= Any(host => host.Role == GroundRole.Storage);
        Count(await client.TreatAsync(_damaged, $"corrupt={1 + _random.Next(20)}", cancel).ConfigureAwait(false) ? "corrupt shards" : "corrupt shards (none there)");
    }

    private GroundHost Any(Func<GroundHost, bool> which) => supervisor.Plan.Hosts.Where(which).ToArray() is var hosts ? hosts[_random.Next(hosts.Length)] : throw new InvalidOperationException("no such host");

    /// <summary>Router and customers' generator belong to the machine, not to an AZ.</summary>
    private GroundHost[] AnyAz()
    {
        var azs = supervisor.Plan.Hosts.Where(host => host.Role is not (GroundRole.Router or GroundRole.Customers)).GroupBy(host => host.Az).OrderBy(az => az.Key, StringComparer.Ordinal).ToArray();
        return [.. azs[_random.Next(azs.Length)]];
    }

    private void Kill(GroundHost host)
    {
        if (supervisor.RunningOf(host.Id) is { } running)
        {
            ProcessTable.Kill(running);
            _kills[host.Id] = _kills.GetValueOrDefault(host.Id) + 1;
        }
    }

    private void With(GroundHost host, Func<RunningHost, bool> signal)
    {
        if (supervisor.RunningOf(host.Id) is { } running)
        {
            signal(running);
        }
    }

    private async Task BackAsync(IReadOnlyCollection<GroundHost> hosts, CancellationToken cancel)
    {
        foreach (var host in hosts)
        {
            for (var began = run.Clock.GetTimestamp(); run.Clock.GetElapsedTime(began) < LongestRest;)
            {
                if (supervisor.RunningOf(host.Id) is not null && await client.HealthAsync(host, deep: false, cancel).ConfigureAwait(false) is not null)
                {
                    break;
                }

                await WaitAsync(Look, cancel).ConfigureAwait(false);
            }
        }
    }

    /// <summary>Until the store says that nothing waits for repair.</summary>
    private async Task RestAsync(CancellationToken cancel)
    {
        for (var began = run.Clock.GetTimestamp(); run.Clock.GetElapsedTime(began) < LongestRest && !await client.AtRestAsync(supervisor.Plan, cancel).ConfigureAwait(false);)
        {
            await WaitAsync(Look, cancel).ConfigureAwait(false);
        }
    }

    private Task WaitAsync(TimeSpan span, CancellationToken cancel) => Task.Delay(span, run.Clock, cancel);

    private void Count(string fault) => _done[fault] = _done.GetValueOrDefault(fault) + 1;
}
