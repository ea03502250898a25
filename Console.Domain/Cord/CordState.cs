using System.Collections.Immutable;
using OpsConsole.Domain.Access;
using OpsConsole.Domain.Fleet;

namespace OpsConsole.Domain.Cord;

public enum CordMode
{
    /// <summary>No host command leaves.</summary>
    Halt,

    /// <summary>Rollouts in the scope roll back; only rollback commands leave.</summary>
    HaltAndRollBack,

    /// <summary>Halt, and the scope's hosts refuse writes.</summary>
    ReadOnly,

    /// <summary>Nothing new begins: no reservation, no visit. What is under way on hosts is finished.</summary>
    HoldNew,

    /// <summary>As <see cref="HoldNew"/>, and what automation was granted and has not begun is taken back.</summary>
    HaltNotBegun,
}

public static class CordLevels
{
    /// <summary>From the mildest to the strictest.</summary>
    public static ImmutableArray<CordMode> All { get; } = [CordMode.HoldNew, CordMode.HaltNotBegun, CordMode.Halt, CordMode.HaltAndRollBack, CordMode.ReadOnly];

    /// <summary>Whether work that has begun on a host is finished under it.</summary>
    public static bool LetsFinish(this CordMode mode) => mode is CordMode.HoldNew or CordMode.HaltNotBegun;
}

/// <summary>One pull of the cord that is in force.</summary>
/// <param name="Id"><c>c-</c> and the epoch it began.</param>
/// <param name="Epoch">The cord's epoch from this pull on.</param>
/// <param name="By">Actor id.</param>
public sealed record CordPull(string Id, Scope Scope, CordMode Mode, string By, string Reason, DateTimeOffset At, long Epoch)
{
    /// <summary>Who asked for its release, where a second person must confirm; null where nobody has yet.</summary>
    public string? ReleaseProposedBy { get; init; }

    public string? ReleaseReason { get; init; }

    /// <summary>What made the console pull it; null where somebody did.</summary>
    public PullCause? Cause { get; init; }
}

/// <summary>A pull or a release, as it happened.</summary>
/// <param name="Epoch">The epoch it began.</param>
/// <param name="Id">The pull's.</param>
public sealed record CordMove(long Epoch, bool Pulled, string Id, Scope Scope, CordMode Mode, string By, string Reason, DateTimeOffset At);

/// <summary>State of the stream <c>cord</c>.</summary>
public sealed record CordState
{
    public const int MovesKept = 100;

    /// <summary>Rises with every pull and every release; a host command planned under another epoch does not leave.</summary>
    public long Epoch { get; init; }

    public ImmutableArray<CordPull> InForce { get; init; } = [];

    /// <summary>The epoch of the last pull of each scope and mode ever pulled, by the scope's written form; outlives the release.</summary>
    public ImmutableSortedDictionary<string, long> LastPulls { get; init; } = ImmutableSortedDictionary<string, long>.Empty;

    /// <summary>The same, only of pulls that stop work under way; null in a state from before there were others: all stopped it.</summary>
    public ImmutableSortedDictionary<string, long>? LastStops { get; init; }

    /// <summary>Rollouts that may work in spite of a pull, each by the pull's name. They end with it.</summary>
    public ImmutableArray<CordOverride> Overrides { get; init; } = [];

    /// <summary>The last pulls and releases, oldest first; at most <see cref="MovesKept"/>.</summary>
    public ImmutableArray<CordMove> Moves { get; init; } = [];

    /// <summary>Causes that have pulled the cord and are not clear yet, by their key.</summary>
    public ImmutableSortedDictionary<string, PullLatch> Latches { get; init => field = value.WithComparers(StringComparer.Ordinal); } = ImmutableSortedDictionary<string, PullLatch>.Empty.WithComparers(StringComparer.Ordinal);

    /// <summary>Whether a release needs a second person (off by default).</summary>
    public bool SecondPerson { get; init; }

    /// <summary>The pull that keeps work of this purpose from this host, or null: it may go.</summary>
    /// <param name="rollout">The rollout the work belongs to; null for none.</param>
    public CordPull? Blocks(Host host, VisitPurpose purpose, string? rollout = null) => Blocks(host, purpose, rollout, begun: false);

    /// <summary>The pull that keeps a command of a visit that has begun from leaving, or null.</summary>
    public CordPull? Stops(Host host, Visit visit) => Blocks(host, visit.Purpose, visit.Rollout, begun: true, visit.AtPull is null ? null : visit.CordEpoch);

    /// <summary>The same for work that is no visit: somebody's under a reservation.</summary>
    public CordPull? StopsWork(Host host, string? onBehalfOf, VisitPurpose purpose = VisitPurpose.Forward) => Blocks(host, purpose, onBehalfOf, begun: true);

    private CordPull? Blocks(Host host, VisitPurpose purpose, string? rollout, bool begun, long? settled = null)
    {
        foreach (var pull in InForce)
        {
            if (begun && (pull.Mode.LetsFinish() || (pull.Mode == CordMode.HaltAndRollBack && pull.Epoch <= settled)))
            {
                continue;
            }

            if (!Holds(pull.Scope, host) || Overridden(pull, rollout))
            {
                continue;
            }

            var passes = purpose switch
            {
                VisitPurpose.ReadOnlyOn => pull.Mode == CordMode.ReadOnly || pull.Mode.LetsFinish(),
                VisitPurpose.Rollback => pull.Mode == CordMode.HaltAndRollBack || pull.Mode.LetsFinish(),
                _ => false,
            };
            if (!passes)
            {
                return pull;
            }
        }

        return null;
    }

    /// <summary>
    /// Whether the cord was pulled over this host after the epoch, even if it was released since: work planned before a pull never goes on by
    /// itself (law 9), a person starts it anew under the new epoch.
    /// </summary>
    public bool PulledSince(Host host, long epoch) => Since(LastPulls, host, epoch);

    /// <summary>The same for a visit that has begun: only pulls that stop work under way count.</summary>
    public bool StoppedSince(Host host, long epoch) => Since(LastStops ?? LastPulls, host, epoch);

    private bool Since(ImmutableSortedDictionary<string, long> pulls, Host host, long epoch)
    {
        if (epoch >= Epoch)
        {
            return false;
        }

        foreach (var (scope, at) in pulls)
        {
            if (at > epoch && Holds(Scope.Parse(scope)!, host))
            {
                return true;
            }
        }

        return false;
    }

    public bool Overridden(CordPull pull, string? rollout) =>
        rollout is not null && !Overrides.IsDefaultOrEmpty && Overrides.Any(one => one.Pull == pull.Id && one.Rollout == rollout);

    public static bool Holds(Scope scope, Host host) =>
        scope.Kind switch
        {
            ScopeKind.Global => true,
            ScopeKind.Partition => scope.Name == host.Partition,
            ScopeKind.Region => scope.Name == host.Region,
            ScopeKind.Az => scope.Name == host.Az,
            ScopeKind.Store => scope.Service == host.Service && scope.Region == host.Region,
            _ => scope.Name == host.Service,
        };
}
