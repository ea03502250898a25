using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using OpsConsole.Domain.Access;
using OpsConsole.Domain.Fleet;
using OpsConsole.Domain.Journal;
using OpsConsole.Engine.Fleet;
using OpsConsole.Engine.Journal;

namespace OpsConsole.Web.Bench;

/// <summary>Hosts of one region that move on step by step, one event a step, at an even rate; it notes when each event was committed.</summary>
internal sealed class LiveLoad(int rate, int seconds) : ICommitObserver
{
    public const string Topic = HostsTopic.Prefix + Region;

    private const string Region = "bench-1";
    private const int Steps = 5;

    /// <summary>So many hosts take turns, that the steps of one are further apart than changes are gathered.</summary>
    private const int Together = 500;

    private readonly int _hosts = Math.Max(Together, rate * seconds / Steps / Together * Together);
    private readonly long[] _committed = new long[Math.Max(Together, rate * seconds / Steps / Together * Together) * (Steps + 1)];
    private int _sent;

    public int Sent => _sent;

    public TimeSpan Took { get; private set; }

    public void Committed(ImmutableArray<Recorded> events)
    {
        foreach (var recorded in events)
        {
            if (recorded.Event is StepsDone done)
            {
                Volatile.Write(ref _committed[Slot(done.Reports[0].Host, StepOf(done.Reports[0].CommandId) + 1)], Stopwatch.GetTimestamp());
            }
        }
    }

    /// <summary>When the event was committed that brought the host to this step; null for states that no measured event made.</summary>
    public long? CommittedAt(string host, string? visit, string? step)
    {
        var reached = visit == nameof(VisitStatus.Done) ? Steps : Enum.TryParse<HostStep>(step, out var at) ? (int)at : 0;
        return reached == 0 ? null : Volatile.Read(ref _committed[Slot(host, reached)]) is > 0 and var committed ? committed : null;
    }

    public async Task PlaceAsync(ICommands commands, CancellationToken cancel)
    {
        var hosts = Enumerable.Range(0, _hosts).Select(i => new Host(Id(i), "bench", Region, Region + "a", $"r{i / 40}", HostRole.Web, "web", "bench", 0, HostDriver.Simulated)).ToImmutableArray();
        await SendAsync(commands, new PlaceHosts(Region, "bench", hosts, []), Actor.Person("bench", Role.Admin), cancel);
        var orders = Enumerable.Range(0, _hosts).Select(i => new VisitOrder($"v{i}", Id(i), VisitPurpose.Forward, "2", "sha256:" + new string('0', 64), null, TimeSpan.FromHours(24))).ToImmutableArray();
        await SendAsync(commands, new BeginVisits(Region, orders, 0), Actor.Engine, cancel);
    }

    public async Task RunAsync(ICommands commands, TimeProvider clock, CancellationToken cancel)
    {
        var started = clock.GetTimestamp();
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(5), clock);
        var waiting = new List<Task>();
        var plan = Plan().GetEnumerator();
        var more = true;
        while (more && await timer.WaitForNextTickAsync(cancel))
        {
            var due = (int)(clock.GetElapsedTime(started).TotalSeconds * rate);
            while (_sent < due && (more = plan.MoveNext()))
            {
                var (host, step) = plan.Current;
                waiting.Add(SendAsync(commands, new ReportSteps(Region, [new(Id(host), $"v{host}/{(HostStep)step}", 1, true, step >= (int)HostStep.Start ? "2" : "1", null)]), Actor.Engine, cancel));
                _sent++;
            }
        }

        await Task.WhenAll(waiting);
        Took = clock.GetElapsedTime(started);
    }

    private IEnumerable<(int Host, int Step)> Plan() =>
        from first in Enumerable.Range(0, _hosts / Together)
        from step in Enumerable.Range(0, Steps)
        from i in Enumerable.Range(0, Together)
        select ((first * Together) + i, step);

    private static async Task SendAsync(ICommands commands, ICommand command, Actor actor, CancellationToken cancel)
    {
        if ((await commands.SendAsync(new(command, actor), cancel)).Rejection is { } refused)
        {
            throw new InvalidOperationException(refused.ToString());
        }
    }

    private static string Id(int host) => string.Create(CultureInfo.InvariantCulture, $"b{host}");

    private static int Slot(string host, int step) => (int.Parse(host.AsSpan(1), CultureInfo.InvariantCulture) * (Steps + 1)) + step;

    private static int StepOf(string command) => (int)Enum.Parse<HostStep>(command.AsSpan(command.IndexOf('/', StringComparison.Ordinal) + 1));
}
