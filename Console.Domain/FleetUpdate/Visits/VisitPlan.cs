using System.Collections.Immutable;
using OpsConsole.Domain.Fleet;
using OpsConsole.Domain.FleetUpdate.Orders;
using OpsConsole.Domain.Reservations;

namespace OpsConsole.Domain.FleetUpdate.Visits;

/// <summary>An activity that waits to be done on a host.</summary>
/// <param name="Index">Its place in its campaign's order.</param>
public sealed record OpenItem(string Campaign, int Index, MaintenanceActivity Activity, TimeSpan Cycle, TimeSpan MaxOutage, DateTimeOffset OrderedAt)
{
    /// <summary>A way back: it goes before all else, and nothing with it.</summary>
    public bool Alone { get; init; }
}

/// <summary>Why an activity is not done in this outage.</summary>
public sealed record LeftOut(OpenItem Item, string Why);

/// <summary>What is done on one host in one outage, in order.</summary>
/// <param name="P50">The whole outage in half of the cases.</param>
/// <param name="Saved">How much longer the host would be away, were each thing done in an outage of its own.</param>
public sealed record VisitPlan(ImmutableArray<OpenItem> Items, ImmutableArray<LeftOut> Left, TimeSpan P50, TimeSpan P99, TimeSpan Saved)
{
    public bool IsEmpty => Items.IsEmpty;

    public TimeSpan Bake => Items.IsEmpty ? TimeSpan.Zero : Items.Max(item => item.Activity.Bake);

    /// <summary>What the visit does besides the release, each kind once.</summary>
    public ImmutableArray<HostChange> Changes => [.. Items.Select(item => item.Activity.Change).OfType<HostChange>().Distinct().OrderBy(change => change.Kind)];

    /// <summary>The release that is installed; null where none is.</summary>
    public MaintenanceActivity? Software => Items.FirstOrDefault(item => item.Activity.Kind == ActivityKind.Software)?.Activity;

    /// <summary>As reservations name it.</summary>
    public ImmutableArray<Activity> Activities => [.. Items.Select(item => new Activity(item.Activity.Kind, item.Activity.Disruption, item.Activity.Version, item.Activity.P99)).Distinct()];

    /// <summary>Whether what else is open may still be put into an outage that was granted already: nothing has been done on the host yet.</summary>
    public static bool MayJoin(ReservationState state) => state is ReservationState.Granted or ReservationState.Draining;

    /// <summary>
    /// All that is open on a host, as far as it goes together: firmware before the OS before software; at most the longest outage in all; what destroys data alone; one artifact of a kind;
    /// and no more than one that has not passed an AZ yet, or nobody could tell which of them hurt a host.
    /// </summary>
    /// <param name="proven">Whether an artifact has passed its first AZ.</param>
    public static VisitPlan Combine(IEnumerable<OpenItem> open, Func<MaintenanceActivity, bool> proven)
    {
        var items = ImmutableArray.CreateBuilder<OpenItem>();
        var left = ImmutableArray.CreateBuilder<LeftOut>();
        foreach (var item in open.OrderBy(item => !item.Alone).ThenBy(item => item.Activity.Layer).ThenBy(item => item.OrderedAt).ThenBy(item => item.Campaign, StringComparer.Ordinal))
        {
            if (WhyNot(items, item, proven) is { } why)
            {
                left.Add(new(item, why));
            }
            else
            {
                items.Add(item);
            }
        }

        var different = Different(items).ToArray();
        var cycle = Cycle(items);
        var apart = items.DistinctBy(item => (item.Activity.Kind, item.Activity.Version)).Aggregate(TimeSpan.Zero, (sum, item) => sum + item.Cycle + item.Activity.P50);
        var together = cycle + Sum(different, one => one.P50);
        return new(items.ToImmutable(), left.ToImmutable(), together, cycle + Sum(different, one => one.P99), items.Count == 0 ? TimeSpan.Zero : apart - together);
    }

    private static string? WhyNot(ImmutableArray<OpenItem>.Builder items, OpenItem item, Func<MaintenanceActivity, bool> proven)
    {
        if (items.Count == 0)
        {
            return null;
        }

        if (items[0].Alone)
        {
            return "a way back to a proven release is done alone";
        }

        if (item.Activity.Disruption == Disruption.DataDestroying || items.Any(other => other.Activity.Disruption == Disruption.DataDestroying))
        {
            return "what destroys data is done alone";
        }

        var same = items.FirstOrDefault(other => other.Activity.Kind == item.Activity.Kind);
        if (same is not null)
        {
            return same.Activity.Version == item.Activity.Version ? null : $"{same.Activity.Kind} {same.Activity.Version} goes first";
        }

        if (!proven(item.Activity) && items.Any(other => !proven(other.Activity)))
        {
            return $"{items.First(other => !proven(other.Activity)).Activity.Artifact} has not passed an AZ yet, and neither has {item.Activity.Artifact}";
        }

        OpenItem[] all = [.. items, item];
        var total = Cycle(all) + Sum(Different(all), one => one.P99);
        return total > all.Min(one => one.MaxOutage) ? $"the outage would take {total} in 99 of 100 cases" : null;
    }

    private static IEnumerable<MaintenanceActivity> Different(IEnumerable<OpenItem> items) => items.DistinctBy(item => (item.Activity.Kind, item.Activity.Version)).Select(item => item.Activity);

    private static TimeSpan Cycle(IReadOnlyCollection<OpenItem> items) => items.Count == 0 ? TimeSpan.Zero : items.Max(item => item.Cycle);

    private static TimeSpan Sum(IEnumerable<MaintenanceActivity> activities, Func<MaintenanceActivity, TimeSpan> time) => activities.Aggregate(TimeSpan.Zero, (sum, one) => sum + time(one));
}
