using System.Collections.Immutable;
using System.Text.Json.Serialization;
using OpsConsole.Domain.FleetUpdate.Deadlines;
using OpsConsole.Domain.FleetUpdate.Orders;
using OpsConsole.Domain.FleetUpdate.Running;
using OpsConsole.Domain.FleetUpdate.Travelling;
using OpsConsole.Domain.FleetUpdate.Visits;
using OpsConsole.Domain.Rollouts;
using OpsConsole.Domain.Rollouts.Stateful;

namespace OpsConsole.Domain.FleetUpdate;

/// <summary>State of the stream <c>fleetupdate/region</c>: all maintenance of the region's stateful hosts that is ordered, under way, or over lately.</summary>
public sealed record FleetUpdateState(string Region) : IStatefulWork
{
    /// <summary>Campaigns that are not over.</summary>
    public const int MostAtOnce = 20;

    /// <summary>Campaigns that are kept after their end; the oldest are forgotten first.</summary>
    public const int OverKept = 50;

    public ImmutableSortedDictionary<string, Campaign> Campaigns { get; init => field = value.WithComparers(StringComparer.Ordinal); } = ImmutableSortedDictionary<string, Campaign>.Empty.WithComparers(StringComparer.Ordinal);

    /// <summary>By host.</summary>
    public ImmutableSortedDictionary<string, Outage> Outages { get; init => field = value.WithComparers(StringComparer.Ordinal); } = ImmutableSortedDictionary<string, Outage>.Empty.WithComparers(StringComparer.Ordinal);

    /// <summary>By host.</summary>
    public ImmutableSortedDictionary<string, ParkedRequest> Parked { get; init => field = value.WithComparers(StringComparer.Ordinal); } = ImmutableSortedDictionary<string, ParkedRequest>.Empty.WithComparers(StringComparer.Ordinal);

    /// <summary>Artifacts that passed a whole AZ here without a halt.</summary>
    public ImmutableSortedSet<string> Proven { get; init => field = value.WithComparer(StringComparer.Ordinal); } = ImmutableSortedSet<string>.Empty.WithComparer(StringComparer.Ordinal);

    /// <summary>The last of them, oldest first.</summary>
    public ImmutableArray<DeadlineMove> DeadlineMoves { get; init => field = value.IsDefault ? [] : value; } = [];

    /// <summary>Requests whose answer is known; the next one's id is made of it.</summary>
    public long Asked { get; init; }

    [JsonIgnore]
    public bool AtRest => Outages.IsEmpty && Campaigns.Values.All(campaign => campaign.Over && campaign.Overdue.IsEmpty);

    [JsonIgnore]
    public string NextRequest => Asking.RequestId(Asked + 1);

    /// <summary>Of running campaigns, as far as canary stages let the host go.</summary>
    public IEnumerable<OpenItem> OpenOn(string host, string az)
    {
        foreach (var campaign in Campaigns.Values)
        {
            if (!campaign.GoesOn || !campaign.Azs.TryGetValue(az, out var there) || !campaign.IsOpen(host) || there.Hosts.AsSpan(0, there.Allowed).IndexOf(host) < 0)
            {
                continue;
            }

            var done = campaign.Hosts.GetValueOrDefault(host, HostProgress.None).Done;
            for (var index = 0; index < campaign.Order.Activities.Length; index++)
            {
                if ((done & (1 << index)) == 0)
                {
                    yield return new(campaign.Order.Id, index, campaign.Order.Activities[index], campaign.Order.Cycle, campaign.Order.MaxOutage, campaign.At) { Alone = campaign.Order.Rollout is { Back: true } };
                }
            }
        }
    }

    HostFate? IStatefulWork.FateOf(WorkKey work, string host) => RolloutWork.FateOf(this, work, host);

    bool IStatefulWork.IsOpen(WorkKey work, string host) => RolloutWork.IsOpen(this, work, host);

    Wait? IStatefulWork.WaitOf(WorkKey work, IReadOnlyList<string> hosts, DateTimeOffset since, DateTimeOffset until, DateTimeOffset now) => RolloutWork.WaitOf(this, work, hosts, since, until, now);

    public bool IsProven(MaintenanceActivity activity, ImmutableHashSet<string> elsewhere) =>
        activity.Artifact.Length == 0 || activity.ProvenBy is not null || Proven.Contains(activity.Artifact) || elsewhere.Contains(activity.Artifact);
}
