using System.Collections.Immutable;
using OpsConsole.Domain.Alarms;
using OpsConsole.Domain.Fleet;

namespace OpsConsole.Domain.Rollouts;

/// <summary>A window that is to be read now.</summary>
/// <param name="Candidates">Hosts that run the release and are judged; before the first one, those that will.</param>
/// <param name="Baseline">Hosts of the same service and region that do not run it.</param>
/// <param name="BakeFrom">Where gates judge the whole bake, its beginning; else null.</param>
public sealed record DueWindow(ImmutableArray<Host> Candidates, ImmutableArray<Host> Baseline, DateTimeOffset From, DateTimeOffset To, DateTimeOffset? BakeFrom)
{
    /// <summary>Whether a gate compares hosts slice by slice over the bake.</summary>
    public bool Series { get; init; }

    /// <summary>Hosts of other services in the region that gates judge, by service; a service without any stands with none.</summary>
    public ImmutableArray<(string Service, ImmutableArray<Host> Hosts)> Others { get; init; } = [];

    /// <summary>Gates that are read from alarms or from outside, and for which place.</summary>
    public ImmutableArray<Gate> Outside { get; init; } = [];

    public GatePlace? Place { get; init; }

    /// <summary>When the candidates' last visits ended: what was seen of a host before it came back is not the release's doing.</summary>
    public IReadOnlyDictionary<string, DateTimeOffset> ChangedAt { get; init; } = ImmutableDictionary<string, DateTimeOffset>.Empty;
}

/// <summary>When health is to be read, and of which hosts.</summary>
public static class RunHealth
{
    /// <summary>Where nothing moves, windows are this many times as long: alarms stay awake, the journal stays small.</summary>
    private const int AtRest = 5;

    public static DueWindow? Due(RegionRun run, RunInput input)
    {
        if (!input.Rollout.Exists || input.Rollout.Ended || run.Stage < 0 || run.Halt is { Kind: HaltKind.Bad or HaltKind.Rollback } || input.Leg(run) is not { } leg)
        {
            return null;
        }

        var length = run.Busy ? input.Pipeline.Window : input.Pipeline.Window * AtRest;
        if (input.Now < run.LastWindow + length || input.Gates(run).IsEmpty)
        {
            return null;
        }

        var observing = run.Phase == RunPhase.Observing;
        var release = input.Rollout.Plan!.Release;
        var candidates = leg.Batches.SelectMany(batch => batch.Hosts)
            .Select(id => input.Fleet.Hosts.GetValueOrDefault(id)).OfType<Host>()
            .Where(host => observing || (host.Release == release && run.Confirmed.Contains(host.Id)))
            .ToImmutableArray();
        if (candidates.IsEmpty)
        {
            return null;
        }

        var validators = candidates[0].Validator;
        HashSet<string> judged = observing ? [.. candidates.Select(host => host.Id)] : [];
        var baseline = input.Fleet.Hosts.Values
            .Where(host => host.Service == input.Pipeline.Service && host.Release != release && host.State == HostState.InService && (validators || !host.Validator))
            .Where(host => !judged.Contains(host.Id))
            .ToImmutableArray();
        var from = input.Now - length;
        return new(candidates, baseline, from > run.LastWindow ? from : run.LastWindow, input.Now, input.Gates(run).Any(gate => gate.OverBake) ? run.BakeSince : null)
        {
            Others = [.. input.Gates(run).Select(gate => gate.Service).OfType<string>().Distinct().Select(service => (service, OthersOf(input, service)))],
            Outside = [.. input.Gates(run).Where(gate => gate.Outside)],
            Place = new(input.Pipeline.Service, input.Fleet.Partition, run.Region, [.. candidates.Select(host => host.Az).Append(run.Az).Where(az => az.Length > 0).Distinct().Order(StringComparer.Ordinal)]),
            Series = input.Gates(run).Any(gate => gate.Canary is not null),
            ChangedAt = observing
                ? ImmutableDictionary<string, DateTimeOffset>.Empty
                : Changed(candidates, input.Fleet),
        };
    }

    private static Dictionary<string, DateTimeOffset> Changed(ImmutableArray<Host> hosts, RegionFleet fleet)
    {
        var changed = new Dictionary<string, DateTimeOffset>(hosts.Length, StringComparer.Ordinal);
        foreach (var host in hosts)
        {
            if (fleet.Visits.GetValueOrDefault(host.Id)?.EndedAt is { } at)
            {
                changed[host.Id] = at;
            }
        }

        return changed;
    }

    private static ImmutableArray<Host> OthersOf(RunInput input, string service) =>
        [.. input.Fleet.Hosts.Values.Where(host => host.Service == service && !host.Validator).OrderBy(host => host.Id, StringComparer.Ordinal)];
}
