using System.Collections.Immutable;
using OpsConsole.Domain.FleetUpdate.Visits;

namespace OpsConsole.Domain.FleetUpdate.Running;

/// <summary>A host that is to be asked for next, with what would be done on it.</summary>
public sealed record Candidate(string Host, string Az, VisitPlan Plan);

/// <summary>
/// Which hosts are asked for now. No barrier but the canaries': a slot that is free takes the next host whose sets are free, as the gate sees it; a host that was refused lets others pass until
/// something wakes it. Those that have waited longest are asked for first.
/// </summary>
public static class Candidates
{
    /// <summary>Hosts asked for at once.</summary>
    public const int MostAtOnce = 100;

    public static ImmutableArray<Candidate> Of(FleetUpdateState state, UpdateInput input)
    {
        if (ActiveAz(state) is not { } az)
        {
            return [];
        }

        var room = Room.In(state, az, input.Now);
        var woken = Wakes.Due(state, input);
        var found = ImmutableArray.CreateBuilder<Candidate>();
        foreach (var host in woken.Select(one => one.Host).Concat(Fresh(state, az)))
        {
            if (found.Count == MostAtOnce || room.IsEmpty)
            {
                break;
            }

            if (input.Fleet.Hosts.TryGetValue(host, out var known) && known.Az == az && input.PlanFor(state, host, az) is { IsEmpty: false } plan && room.Take(plan))
            {
                found.Add(new(host, az, plan));
            }
        }

        return found.ToImmutable();
    }

    /// <summary>The AZ in which hosts are out or bake behind a barrier; else the first that is not finished.</summary>
    public static string? ActiveAz(FleetUpdateState state)
    {
        var out_ = state.Outages.Values.Where(outage => !outage.Baking).Select(outage => outage.Az).Order(StringComparer.Ordinal).FirstOrDefault();
        if (out_ is not null)
        {
            return out_;
        }

        var begun = state.Campaigns.Values.Where(one => one.GoesOn).SelectMany(one => one.Azs).Where(az => !az.Value.Passed).ToArray();
        return begun.Where(az => az.Value.Stage > 0 || state.Outages.Values.Any(outage => outage.Az == az.Key)).Select(az => az.Key).Order(StringComparer.Ordinal).FirstOrDefault()
            ?? begun.Select(az => az.Key).Order(StringComparer.Ordinal).FirstOrDefault();
    }

    /// <summary>In the order of the plan; hosts that are out, bake or are parked are none.</summary>
    private static IEnumerable<string> Fresh(FleetUpdateState state, string az) =>
        state.Campaigns.Values.Where(one => one.GoesOn && one.Azs.ContainsKey(az)).OrderBy(one => one.At).ThenBy(one => one.Order.Id, StringComparer.Ordinal)
            .SelectMany(one => one.Azs[az].Hosts.Take(one.Azs[az].Allowed).Where(one.IsOpen))
            .Distinct()
            .Where(host => !state.Outages.ContainsKey(host) && !state.Parked.ContainsKey(host));
}
