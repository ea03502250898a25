using System.Collections.Immutable;

namespace OpsConsole.Domain.FleetUpdate.Preview;

/// <summary>What an order would do, found by running it: the same functions, real deciders, hosts that take as long as half of them do, and nothing that goes wrong.</summary>
/// <param name="Outages">In the order in which they begin.</param>
/// <param name="Waiting">Hosts that something which is so now keeps from going; as long as it stays, they wait.</param>
/// <param name="Ends">When the last host has baked; null where it does not come to that.</param>
/// <param name="Exact">Whether it was run to its end; false where that would take too long, and then the hours are an estimate: those of the waves, no fewer than the bound, without pace, refusals and the bakes between canary stages.</param>
public sealed record CampaignPreview(
    ImmutableArray<PlannedAz> Azs, ImmutableArray<LeftHost> Left, ImmutableArray<PlannedOutage> Outages, ImmutableArray<WaitingHost> Waiting, DateTimeOffset Begins, DateTimeOffset? Ends, bool Exact, PlanBounds Bounds)
{
    public int Hosts => Azs.Sum(az => az.Hosts.Length);

    public TimeSpan Saved => TimeSpan.FromTicks(Outages.Sum(outage => outage.Saved.Ticks));

    /// <summary>The most hosts that are out at once.</summary>
    public int MostOut => Outages.Length == 0 ? 0 : Outages.Max(one => Outages.Count(other => other.Begins <= one.Begins && other.Ends > one.Begins));
}

public sealed record PlannedOutage(string Host, string Az, DateTimeOffset Begins, DateTimeOffset Ends, ImmutableArray<string> Activities, TimeSpan Saved);

public sealed record WaitingHost(string Host, string Check, string Why, string WakeOn);

/// <summary>What no plan can do better than, beside what this one does.</summary>
/// <param name="Waves">Groups that go together, were all of a group back before the next; null where no placement is known.</param>
/// <param name="WavesBound">No plan has fewer.</param>
/// <param name="Time">No plan is faster: by the sets, by the cap, and by one canary's bake in each AZ.</param>
public sealed record PlanBounds(int? Waves, int WavesBound, TimeSpan Time, ImmutableArray<AzBound> Azs);

/// <param name="Cap">Hosts that may be out at once.</param>
/// <param name="BySets">The fewest waves that the sets allow; 1 where none is known.</param>
/// <param name="Waves">Waves of the plan there; null where no placement is known.</param>
public sealed record AzBound(string Az, int Hosts, int Cap, int BySets, int? Waves, TimeSpan Time);
