using System.Collections.Immutable;
using System.Diagnostics;
using OpsConsole.Domain.Access;
using OpsConsole.Domain.Fleet;
using OpsConsole.Domain.Reservations;
using OpsConsole.Domain.Reservations.Safety;
using OpsConsole.Engine.Journal;
using OpsConsole.Engine.Reservations;
using OpsConsole.Engine.Reservations.Authorities;

namespace OpsConsole.Web.Bench;

/// <summary>
/// Robots that ask for hosts as fast as they are answered. Sets are RS(5,4) with one shard in each of three position classes of each AZ, an AZ lost besides; granted are the hosts of one class of one AZ, all of which
/// may go together. Hosts are given back between the rounds, off the clock.
/// </summary>
internal sealed class GrantLoadRun
{
    public const int HostsPerRegion = 9_000;
    private const int Rounds = 5;
    private const int Outstanding = 4_096;
    private static readonly Actor Robot = Actor.Person("bench", Role.Admin);
    private static readonly TimeSpan Ttl = TimeSpan.FromHours(1);

    private readonly CommandPath _path;
    private readonly ReservationDesk _desk;
    private readonly StreamStates _states;
    private readonly int _regions;
    private int _round;

    public GrantLoadRun(IJournal journal, IEnumerable<StreamFamily> families, ReservationDecider decider, int regions)
    {
        _states = new(families);
        _path = new CommandPath(journal, _states, [], TimeProvider.System);
        _desk = new(_path, _states, decider, new WebhookAnswers(TimeProvider.System), new DenialCounts(), TimeProvider.System);
        _regions = regions;
    }

    public static PlacedSets Placement(int regions, int setsPerHost)
    {
        // Hosts n of class c in AZ z; set k of row n takes one host of each class and AZ, shifted so that hosts share few sets.
        const int row = HostsPerRegion / 9;
        var sets = from r in Enumerable.Range(0, regions)
                   from k in Enumerable.Range(0, setsPerHost)
                   from n in Enumerable.Range(0, row)
                   select new PlacedSet($"r{r}-s{k}-{n}", [.. from z in Enumerable.Range(0, 3) from c in Enumerable.Range(0, 3) select Id(r, z, c, (n + (k * ((3 * z) + c) * 7)) % row)], 5);
        return new PlacedSets(1, null, [new(true, 0)], [.. sets]);
    }

    public async Task PlaceAsync(CancellationToken cancel)
    {
        var policy = new ReservationPolicy { OfflineShare = 1, MaxPerRack = null, MaxReservedRegion = 100_000, MaxOfflinePerAz = 100_000, VelocityPerHour = 1_000_000 };
        for (var r = 0; r < _regions; r++)
        {
            ImmutableArray<Host> hosts = [.. from z in Enumerable.Range(0, 3) from c in Enumerable.Range(0, 3) from n in Enumerable.Range(0, HostsPerRegion / 9)
                                             select new Host(Id(r, z, c, n), "bench", Region(r), $"{Region(r)}{"abc"[z]}", $"k{n / 20}", HostRole.Storage, "storage", "m1", c, HostDriver.Simulated)];
            await MustAsync(new PlaceHosts(Region(r), "bench", hosts, []), cancel);
            await MustAsync(new SetReservationPolicy(Region(r), policy), cancel);
        }
    }

    /// <summary>Grants a second: the median of the rounds.</summary>
    public async Task<double> FullLoadAsync(CancellationToken cancel)
    {
        var rates = new List<double>();
        for (var i = 0; i <= Rounds; i++)
        {
            _round++;
            var began = Stopwatch.GetTimestamp();
            await Task.WhenAll(Enumerable.Range(0, Environment.ProcessorCount).Select(worker => Task.Run(() => WorkAsync(worker, Environment.ProcessorCount, cancel), cancel)));
            rates.Add(_regions * (HostsPerRegion / 9.0) / Stopwatch.GetElapsedTime(began).TotalSeconds);
            await GiveBackAsync(cancel);
        }

        // The first round warms up.
        return BenchReport.Median(rates.Skip(1));
    }

    /// <summary>Open loop: each request is due at its time, and its time counts from then; it is answered on the pool's threads, as requests from the network are. One such round before it, uncounted, warms up.</summary>
    public async Task<(double P50, double P99, double Offered)> HalfLoadAsync(double perSecond, CancellationToken cancel)
    {
        _round++;
        var all = Hosts().ToArray();
        var round = new GrantRound(all.Length);
        var offered = await OpenLoop.SendAsync(all.Length, perSecond, (number, due) => _ = TimedAsync(all[number].Region, all[number].Host, due, round, cancel), cancel);
        await round.Answered;
        return (round.Took.Percentile(0.5), round.Took.Percentile(0.99), offered);
    }

    private async Task TimedAsync(string region, string host, long due, GrantRound round, CancellationToken cancel)
    {
        await Task.Yield();
        try
        {
            await GrantAsync(region, host, cancel).ConfigureAwait(false);
            round.Took.Add(Stopwatch.GetElapsedTime(due));
            round.Count();
        }
        catch (Exception e)
        {
            round.Fail(e);
        }
    }

    private async Task WorkAsync(int worker, int workers, CancellationToken cancel)
    {
        var waiting = new Queue<Task>();
        foreach (var (region, host) in Hosts(worker, workers))
        {
            if (waiting.Count == Outstanding)
            {
                await waiting.Dequeue().ConfigureAwait(false);
            }

            waiting.Enqueue(GrantAsync(region, host, cancel));
        }

        await Task.WhenAll(waiting).ConfigureAwait(false);
    }

    private async Task GrantAsync(string region, string host, CancellationToken cancel)
    {
        var answer = await _desk.RequestAsync(new(Request(region, host, $"{host}/{_round}"), Robot, "benchmark"), cancel).ConfigureAwait(false);
        if (answer.Granted.Length != 1)
        {
            throw new InvalidOperationException(answer.Result.Rejection?.ToString() ?? "nothing was granted");
        }
    }

    private static RequestReservations Request(string region, string host, string id) => new(region, id, [host], WorkerKind.PlannedAutomation, [new(OpsConsole.Domain.Reservations.ActivityKind.OsPatch)], Ttl);

    public async Task GiveBackAsync(CancellationToken cancel)
    {
        foreach (var region in _states.All<RegionReservations>(ReservationStreams.Family).Select(one => one.State))
        {
            await Task.WhenAll(region.Charged.Values.Select(one => MustAsync(new ReleaseReservation(region.Region, one.Host, one.Token, HostHealth.Healthy), cancel)));

            // Sets are counted along when somebody asks. Nobody asked for a thousand releases: the first request would pay for all of them.
            _ = await _desk.ExamineAsync(new(Request(region.Region, Id(region.Region, 0, 0, 0), "look"), Robot, "benchmark"), cancel).ConfigureAwait(false);
        }
    }

    private async Task MustAsync(Domain.Journal.ICommand command, CancellationToken cancel)
    {
        var answer = await _path.SendAsync(new(command, Robot, "benchmark"), cancel).ConfigureAwait(false);
        if (!answer.Accepted)
        {
            throw new InvalidOperationException(answer.Rejection!.ToString());
        }
    }

    /// <summary>The first class of the first AZ, region by region in turns, as many regions ask at once.</summary>
    private IEnumerable<(string Region, string Host)> Hosts(int worker = 0, int workers = 1) =>
        from n in Enumerable.Range(0, HostsPerRegion / 9)
        from r in Enumerable.Range(0, _regions)
        where r % workers == worker
        select (Region(r), Id(r, 0, 0, n));

    private static string Region(int region) => $"bench-{region}";

    private static string Id(int region, int az, int positionClass, int n) => Id(Region(region), az, positionClass, n);

    private static string Id(string region, int az, int positionClass, int n) => $"{region}{"abc"[az]}-c{positionClass}-{n}";
}
