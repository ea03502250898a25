using System.Collections.Immutable;
using OpsConsole.Domain.Fleet;

namespace OpsConsole.Domain.Reservations.Safety;

/// <summary>What a service knows of its data, asked within the decision: quick, pure, on the charges as they are in that step.</summary>
public interface ISafetyAuthority
{
    /// <summary>For people: <c>placement file of storage</c>.</summary>
    string Name { get; }

    /// <summary>The sets it counts, for who plans ahead; null where it answers otherwise.</summary>
    PlacedSets? Counted => null;

    /// <summary>What its hosts hold and have free; null where that is not stated.</summary>
    StoredBytes? Bytes => null;

    /// <summary>When the service last told what its answers rest on; null where that cannot be old.</summary>
    DateTimeOffset? ToldAt => null;

    SafetyAnswer Ask(SafetyQuestion question);
}

/// <summary>Who answers for a host. A host nobody answers for is not reserved.</summary>
public interface ISafetyAuthorities
{
    ISafetyAuthority? For(Host host);
}

public enum SafetyTier
{
    /// <summary>The service's policy for maintenance holds: every charged host gone for good, and an AZ lost besides where the policy says so.</summary>
    Maintenance,

    /// <summary>No AZ is lost besides; one more failure must still be survived. A person's, with a second person.</summary>
    Emergency,

    /// <summary>What must hold while nobody works, so that only what is lost counts as gone, and the host asked for stays: where it does not hold, the set is mended before planned work goes on.</summary>
    Steady,
}

/// <summary>May this host go, beside all that are charged or failed?</summary>
public sealed record SafetyQuestion(RegionReservations Held, RegionFleet Fleet, Host Host, SafetyTier Tier, DateTimeOffset Now)
{
    /// <summary>Hosts that the service itself counts as gone, whatever the fleet says of them: it does not hear of them.</summary>
    public IReadOnlySet<string> Missing { get; init; } = ImmutableHashSet<string>.Empty;

    /// <summary>The work mends, or takes back: it does not wait until a set is whole.</summary>
    public bool Mends { get; init; }

    /// <summary>The host counts as lost already, so that its going adds no loss.</summary>
    public bool Unhealthy => Gone(Host.Id);

    /// <summary>Whether data on the host counts as lost: it is charged, out of service, missed by its service, or not in the fleet. In the steady tier, whether it is <see cref="Lost"/>.</summary>
    public bool Gone(string host) => Tier == SafetyTier.Steady ? Lost(host) : Held.Charged.ContainsKey(host) || Missing.Contains(host) || !Fleet.Hosts.TryGetValue(host, out var known) || !OfflineCount.Serves(known);

    /// <summary>Nobody expects it back by itself: suspect, written off, failed, not heard of, or being mended. A host at planned work, or on its way back from it, is not.</summary>
    public bool Lost(string host) =>
        !Fleet.Hosts.TryGetValue(host, out var known) || known.State == HostState.Casualty
        || (Held.Charged.TryGetValue(host, out var held) ? !held.Live || held.Mends || held.Worker is { Kind: WorkerKind.Remediation or WorkerKind.Emergency, Back: false } : Missing.Contains(host) || known.State == HostState.Unknown);

    /// <summary>Whether the answer is about the set without this host.</summary>
    internal bool Takes(string host) => host == Host.Id && Tier != SafetyTier.Steady;
}

/// <param name="Epoch">Of the placement; 0 where there is no data.</param>
/// <param name="Age">Of what the answer rests on.</param>
public sealed record SafetyAnswer(long Epoch, TimeSpan Age)
{
    /// <summary>Why there is no answer; null where there is one.</summary>
    public string? Unreachable { get; init; }

    /// <summary>What goes on with the host's data that must end first: rebalance, split, repair.</summary>
    public string? Conflict { get; init; }

    public PlacementObjection? Objection { get; init; }

    /// <summary>A set of the host's that does not hold its steady tier now; null where all do, or none is stated.</summary>
    public PlacementObjection? Steady { get; init; }

    /// <summary>How many more shards the tightest of the host's sets could lose afterwards; null where there is no data.</summary>
    public int? Slack { get; init; }

    public static SafetyAnswer NoData { get; } = new(0, TimeSpan.Zero);

    public static SafetyAnswer None(string why) => new(0, TimeSpan.Zero) { Unreachable = why };
}

/// <summary>The set that would fall below the policy.</summary>
/// <param name="Slack">Below 0: by how many shards it would fall short.</param>
/// <param name="Blocking">Its hosts that are charged or failed already.</param>
/// <param name="Never">The code leaves no room: it would fall short with no other host gone; in the steady tier with none at all.</param>
public sealed record PlacementObjection(string Set, int Slack, ImmutableArray<string> Blocking, bool Never);
