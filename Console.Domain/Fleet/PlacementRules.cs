using System.Collections.Immutable;
using System.Globalization;
using OpsConsole.Domain.Journal;

namespace OpsConsole.Domain.Fleet;

/// <summary>What a change of a region's hosts must keep to.</summary>
internal static class PlacementRules
{
    public static Rejection? Check(RegionFleet state, PlaceHosts command, ImmutableArray<Host> hosts, ImmutableArray<Host> changed, ImmutableArray<string> gone, IStates states) =>
        Fields(command, changed) ?? Twice(state, hosts, gone) ?? InWork(state, changed, gone) ?? TooMany(state, changed, gone) ?? Elsewhere(state, command, changed, gone, states);

    private static Rejection? Fields(PlaceHosts command, ImmutableArray<Host> changed)
    {
        foreach (var host in changed)
        {
            if (HostRules.Check(host) is [var first, ..])
            {
                return Invalid("fleet.host-field", $"The host {host.Id} cannot be placed.", $"Its {first.Field} is not valid: {first.Why}.", first.Do).With("host", host.Id ?? "").With("field", first.Field);
            }

            if (host.Region != command.Region || host.Partition != command.Partition)
            {
                return Invalid("fleet.other-region", $"The host {host.Id} cannot be placed.", $"It says {host.Partition}/{host.Region}; the command is for {command.Partition}/{command.Region}.", "Place it with a command for its own region.");
            }
        }

        return HostRules.NameProblem(command.Partition) is { } why || (why = HostRules.NameProblem(command.Region)) is not null
            ? Invalid("fleet.region-name", "The hosts cannot be placed.", $"The name of the partition or region is not valid: {why}.", "Correct it.")
            : null;
    }

    private static Rejection? Twice(RegionFleet state, ImmutableArray<Host> hosts, ImmutableArray<string> gone)
    {
        var seen = gone.ToHashSet();
        return hosts.FirstOrDefault(host => !seen.Add(host.Id)) is { } twice
            ? Invalid("fleet.host-twice", $"The host {twice.Id} cannot be placed in {state.Region}.", "The command names it more than once, or also takes it out.", "Name each host once.")
            : null;
    }

    /// <summary>A host in work keeps its place and its driver, and stays: its visit is charged to that AZ.</summary>
    private static Rejection? InWork(RegionFleet state, ImmutableArray<Host> changed, ImmutableArray<string> gone)
    {
        var moved = changed.Where(host => state.Hosts.TryGetValue(host.Id, out var old) && (old.Az != host.Az || old.Driver != host.Driver)).Select(host => host.Id);
        var held = gone.Concat(moved).Where(id => state.Visits.TryGetValue(id, out var visit) && visit.Status == VisitStatus.Active).ToArray();
        return held.Length == 0 ? null : new Rejection(
            RejectionKind.Conflict,
            "fleet.host-in-work",
            $"{held.Length} hosts cannot be taken out of {state.Region} or moved.",
            $"They are in work: {string.Join(", ", held.Take(5))}.",
            "Wait for their visits to end, or abort the rollout, then try again.");
    }

    private static Rejection? TooMany(RegionFleet state, ImmutableArray<Host> changed, ImmutableArray<string> gone)
    {
        var after = state.Hosts.Count + changed.Count(host => !state.Hosts.ContainsKey(host.Id)) - gone.Length;
        return after <= RegionFleet.MostHosts ? null : Invalid(
            "fleet.too-many-hosts",
            $"The hosts cannot be placed in {state.Region}.",
            $"It would have {after.ToString("N0", CultureInfo.InvariantCulture)} hosts; a region holds at most {RegionFleet.MostHosts.ToString("N0", CultureInfo.InvariantCulture)}.",
            "Split it into several regions.");
    }

    /// <summary>Names of hosts, AZs and regions are unique in the whole fleet.</summary>
    private static Rejection? Elsewhere(RegionFleet state, PlaceHosts command, ImmutableArray<Host> changed, ImmutableArray<string> gone, IStates states)
    {
        if (!state.Hosts.IsEmpty && state.Partition != command.Partition && gone.Length + changed.Count(host => state.Hosts.ContainsKey(host.Id)) < state.Hosts.Count)
        {
            return Conflict("fleet.region-partition", $"{command.Region} cannot be placed in {command.Partition}.", $"It lies in {state.Partition}, with hosts the command does not name.", "A region's name is unique in the fleet: choose another, or move all of its hosts.");
        }

        var azs = changed.Select(host => host.Az).Distinct().ToArray();
        var fresh = changed.Where(host => !state.Hosts.ContainsKey(host.Id)).ToArray();
        foreach (var other in states.All<RegionFleet>(FleetStreams.Family).Select(one => one.State).Where(other => other.Region != state.Region))
        {
            if (azs.FirstOrDefault(other.Azs.ContainsKey) is { } az)
            {
                return Conflict("fleet.az-elsewhere", $"The AZ {az} cannot be in {command.Region}.", $"It is an AZ of {other.Region}.", "An AZ's name is unique in the fleet: choose another.");
            }

            if (fresh.FirstOrDefault(host => other.Hosts.ContainsKey(host.Id)) is { } host)
            {
                return Conflict("fleet.host-elsewhere", $"The host {host.Id} cannot be placed in {command.Region}.", $"It is a host of {other.Region}.", "A host's id is unique in the fleet: choose another, or take it out there first.");
            }
        }

        return null;
    }

    private static Rejection Invalid(string code, string what, string why, string @do) => new(RejectionKind.Invalid, code, what, why, @do);

    private static Rejection Conflict(string code, string what, string why, string @do) => new(RejectionKind.Conflict, code, what, why, @do);
}
