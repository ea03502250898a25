using System.Collections.Concurrent;
using System.Collections.Immutable;
using OpsConsole.Domain.Fleet;
using OpsConsole.Domain.Journal;
using OpsConsole.Engine.Journal;

namespace OpsConsole.Engine.Fleet;

/// <summary>Each region's earliest deadline, kept up to date as visits begin, so that nobody looks through 50,000 visits five times a second.</summary>
public sealed class VisitDeadlines : ICommitObserver
{
    private readonly ConcurrentDictionary<string, DateTimeOffset> _next = new();

    /// <summary>New visits may be due before those that are out. Ended ones only make a region look in vain once.</summary>
    public void Committed(ImmutableArray<Recorded> events)
    {
        foreach (var recorded in events)
        {
            if (recorded.Event is VisitsBegan { Visits: { IsDefaultOrEmpty: false } visits })
            {
                Earlier(recorded.Stream.FirstKey, visits.Min(visit => visit.Deadline));
            }
        }
    }

    /// <summary>No visit of the region is due before this.</summary>
    public DateTimeOffset Next(RegionFleet fleet) =>
        _next.TryGetValue(fleet.Region, out var known) ? known : Earlier(fleet.Region, fleet.ActiveVisits.Select(visit => visit.Deadline).DefaultIfEmpty(DateTimeOffset.MaxValue).Min());

    /// <summary>The next question looks at the fleet again, as it is then.</summary>
    public void Forget(string region) => _next.TryRemove(region, out _);

    private DateTimeOffset Earlier(string region, DateTimeOffset due) => _next.AddOrUpdate(region, due, (_, known) => due < known ? due : known);
}
