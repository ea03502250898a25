using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Diagnostics;
using OpsConsole.Domain.Access;
using OpsConsole.Domain.Cord;
using OpsConsole.Domain.Fleet;
using OpsConsole.Engine.Cord;
using OpsConsole.Engine.Fleet;
using OpsConsole.Engine.Journal;

namespace OpsConsole.Web.Bench;

/// <summary>
/// How fast the cord stops a fleet at full swing: every region has a twentieth of its hosts in work, commands leave and are answered without
/// pause, and then one person pulls. The journal is the real one, on disk.
/// </summary>
internal sealed class CordLoadRun(IJournal journal, IEnumerable<StreamFamily> families, int hosts, int rounds)
{
    private const int Regions = 40;
    private const int InWorkShare = 20;
    private static readonly Actor Person = Actor.Person("bench", Role.Admin);

    private readonly ConcurrentDictionary<string, ConcurrentQueue<StepReport>> _answers = new();
    private readonly StreamStates _states = new(families);
    private long _lastLeft;
    private long _left;

    /// <returns><c>ack_ms</c> and <c>last_command_ms</c>: the worst of all rounds; the number of commands that left in all.</returns>
    public async Task<(double AckMs, double LastCommandMs, long Commands)> RunAsync(CancellationToken cancel)
    {
        var gate = new HostGate(_states, [new AnsweringDriver(_answers)], TimeProvider.System, new SideBySide())
        {
            Left = _ =>
            {
                Volatile.Write(ref _lastLeft, Stopwatch.GetTimestamp());
                _left++;
            },
        };
        var path = new CommandPath(journal, _states, [gate], TimeProvider.System);
        await PlaceAsync(path, cancel);
        double worstAck = 0, worstLast = 0;
        for (var round = 1; round <= rounds; round++)
        {
            await BeginAsync(path, round, cancel);
            using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancel);
            var pump = Task.Run(() => PumpAsync(gate, path, stop.Token), cancel);
            await Task.Delay(TimeSpan.FromSeconds(1.5), TimeProvider.System, cancel);

            var pulled = Stopwatch.GetTimestamp();
            var answer = await path.SendAsync(new(new PullCord(Scope.Global, CordMode.Halt), Person, "benchmark"), cancel);
            var acknowledged = Stopwatch.GetTimestamp();
            if (!answer.Accepted)
            {
                throw new InvalidOperationException(answer.Rejection!.ToString());
            }

            await Task.Delay(TimeSpan.FromSeconds(1), TimeProvider.System, cancel);
            worstAck = Math.Max(worstAck, Stopwatch.GetElapsedTime(pulled, acknowledged).TotalMilliseconds);
            worstLast = Math.Max(worstLast, Stopwatch.GetElapsedTime(acknowledged, Volatile.Read(ref _lastLeft)).TotalMilliseconds);
            await stop.CancelAsync();
            await pump;
            await ResetAsync(path, cancel);
        }

        return (worstAck, Math.Max(0, worstLast), _left);
    }

    private async Task PlaceAsync(CommandPath path, CancellationToken cancel)
    {
        for (var r = 0; r < Regions; r++)
        {
            var region = $"bench-{r}";
            ImmutableArray<Host> placed = [.. Enumerable.Range(0, hosts / Regions).Select(i =>
                new Host($"{region}-h{i}", "bench", region, $"{region}{"abc"[i % 3]}", $"k{i / 40}", HostRole.Web, "web", "m1", i % 9, HostDriver.Simulated))];
            await path.SendAsync(new(new PlaceHosts(region, "bench", placed, []), Actor.Engine), cancel);
        }
    }

    private async Task BeginAsync(CommandPath path, int round, CancellationToken cancel)
    {
        var epoch = _states.Get<CordState>(CordStreams.Only).Epoch;
        foreach (var region in _states.All<RegionFleet>(FleetStreams.Family).Select(one => one.State))
        {
            ImmutableArray<VisitOrder> orders = [.. region.Hosts.Values.Where(host => host.Az.EndsWith('a')).Take(hosts / Regions / InWorkShare)
                .Select(host => new VisitOrder($"v{round}/{host.Id}", host.Id, VisitPurpose.Forward, "2", "sha256:2", "bench", TimeSpan.FromHours(1)))];
            await path.SendAsync(new(new BeginVisits(region.Region, orders, epoch), Actor.Engine), cancel);
        }
    }

    /// <summary>The engine at full swing, without the pause between ticks: answers in, next commands out.</summary>
    private async Task PumpAsync(HostGate gate, CommandPath path, CancellationToken cancel)
    {
        while (!cancel.IsCancellationRequested)
        {
            await gate.TickAsync(default, CancellationToken.None);
            foreach (var (region, answers) in _answers)
            {
                var reports = ImmutableArray.CreateBuilder<StepReport>();
                while (reports.Count < 500 && answers.TryDequeue(out var report))
                {
                    reports.Add(report);
                }

                if (reports.Count > 0)
                {
                    await path.SendAsync(new(new ReportSteps(region, reports.ToImmutable()), Actor.Engine), CancellationToken.None);
                }
            }
        }
    }

    private async Task ResetAsync(CommandPath path, CancellationToken cancel)
    {
        foreach (var region in _states.All<RegionFleet>(FleetStreams.Family).Select(one => one.State))
        {
            await path.SendAsync(new(new CancelVisits(region.Region, [.. region.ActiveVisits.Select(visit => visit.Id)], "round over"), Actor.Engine), cancel);
        }

        foreach (var pull in _states.Get<CordState>(CordStreams.Only).InForce)
        {
            await path.SendAsync(new(new ReleaseCord(pull.Id), Person, "round over"), cancel);
        }

        _answers.Clear();
    }

    /// <summary>Hosts that do at once what they are told.</summary>
    private sealed class AnsweringDriver(ConcurrentDictionary<string, ConcurrentQueue<StepReport>> answers) : IHostDriver
    {
        public HostDriver Kind => HostDriver.Simulated;

        public void Send(HostCommand command) =>
            answers.GetOrAdd(command.Host.Region, _ => new()).Enqueue(new(command.Host.Id, command.Id, command.Token, true, command.Release, null));
    }
}
