using System.Collections.Immutable;
using OpsConsole.Domain.Journal;

namespace OpsConsole.Domain.Fleet;

/// <summary>Puts a host's visits together from the events of its region's fleet, newest first.</summary>
/// <param name="continued">Whether there is a newer visit on the page before.</param>
public sealed class VisitTale(string host, bool continued)
{
    private readonly List<PastVisit> _visits = [];
    private readonly List<(string Command, DateTimeOffset At, ShardSample? Sample)> _done = [];
    private (VisitStatus Status, DateTimeOffset At, string? Detail)? _end;
    private bool _newerBegan = continued;

    /// <summary>Whether something was seen of a visit whose begin is still to come.</summary>
    public bool Open => _end is not null || _done.Count > 0;

    public IReadOnlyList<PastVisit> Visits => _visits;

    /// <summary>Takes one event; each older than the one before.</summary>
    public void Take(long sequence, DateTimeOffset at, IEvent happened)
    {
        switch (happened)
        {
            case StepsDone e when e.Reports.FirstOrDefault(report => report.Host == host) is { } report:
                _done.Add((report.CommandId, at, report.Sample));
                break;
            case VisitsFailed e when e.Failures.FirstOrDefault(failure => failure.Host == host) is { } failure:
                _end = (VisitStatus.Failed, at, failure.Detail);
                break;
            case VisitsCancelled e when e.Hosts.Contains(host):
                _end = (VisitStatus.Cancelled, at, e.Why);
                break;
            case VisitsBegan e when e.Visits.FirstOrDefault(visit => visit.Host == host) is { } visit:
                _visits.Add(Told(sequence, visit));
                _done.Clear();
                (_end, _newerBegan) = (null, true);
                break;
            default:
                break;
        }
    }

    private PastVisit Told(long sequence, Visit visit)
    {
        var steps = _done.AsEnumerable().Reverse().Select(done => Enum.TryParse<HostStep>(done.Command[(done.Command.LastIndexOf('/') + 1)..], out var step) ? new PastStep(step, done.At) : null).OfType<PastStep>().ToImmutableArray();
        var whole = steps.Length > 0 && VisitSteps.Next(steps[^1].Step) is null;
        return new(
            sequence, visit, _end?.Status ?? (whole ? VisitStatus.Done : _newerBegan ? null : VisitStatus.Active), _end?.At ?? (whole ? steps[^1].At : null), _end?.Detail, steps,
            _done.Select(done => done.Sample).FirstOrDefault(sample => sample is not null));
    }
}
