using System.Collections.Immutable;
using OpsConsole.Domain.FleetUpdate.Visits;
using OpsConsole.Domain.Reservations;

namespace OpsConsole.Domain.FleetUpdate.Running;

/// <summary>Which refused hosts are asked for again: those whose obstacle went away, no more of them than slots came free; and those whose time has come.</summary>
public static class Wakes
{
    /// <summary>Longest waiting first.</summary>
    public static ImmutableArray<ParkedRequest> Due(FleetUpdateState state, UpdateInput input)
    {
        var due = ImmutableArray.CreateBuilder<ParkedRequest>();
        var byFreedSlot = 0L;
        foreach (var parked in state.Parked.Values.OrderBy(one => one.Since).ThenBy(one => one.Host, StringComparer.Ordinal))
        {
            if (state.Outages.ContainsKey(parked.Host))
            {
                continue;
            }

            if (parked.RetryAt <= input.Now || (!parked.ByTimer && Named(parked, input)))
            {
                due.Add(parked);
            }
            else if (ASlot(parked) && input.Returned - parked.Returned > byFreedSlot)
            {
                byFreedSlot++;
                due.Add(parked);
            }
        }

        return due.ToImmutable();
    }

    /// <summary>When the parked request is asked again at the latest, unless an event wakes it before.</summary>
    public static ParkedRequest Park(FleetUpdateState state, Denial denial, UpdateInput input)
    {
        var before = state.Parked.GetValueOrDefault(denial.Host);
        var tries = (before?.Tries ?? 0) + 1;
        var wait = RetryPace.Next($"{state.Region}/{denial.Host}", tries, before?.Wait ?? TimeSpan.Zero);
        var retry = input.Now + wait;
        var parked = new ParkedRequest(denial.Host, ReservationChecks.Word(denial.Check), denial.Why, denial.WakeOn, Blocking(denial), before?.Since ?? input.Now, tries, wait, denial.RetryAt is { } named && named > input.Now && named < retry ? named : retry, input.Returned)
        {
            NeedsPerson = denial.Class is DenialClass.NeedsHuman or DenialClass.Never,
        };
        return parked with { ByTimer = Named(parked, input) };
    }

    /// <summary>What the denial named is there no more.</summary>
    private static bool Named(ParkedRequest parked, UpdateInput input)
    {
        if (!parked.Blocking.IsEmpty)
        {
            return parked.Blocking.Any(host => !input.Held.Charged.ContainsKey(host) && input.Fleet.Hosts.TryGetValue(host, out var known) && known.State is Fleet.HostState.InService or Fleet.HostState.ReadOnly);
        }

        var at = parked.WakeOn.IndexOf(':', StringComparison.Ordinal);
        var (what, name) = at < 0 ? (parked.WakeOn, "") : (parked.WakeOn[..at], parked.WakeOn[(at + 1)..]);
        return what switch
        {
            "released" or "proven" => !input.Held.Charged.ContainsKey(name) && !(input.Fleet.Visits.TryGetValue(name, out var visit) && visit.Status == Fleet.VisitStatus.Active),
            "cord" => input.Cord.InForce.All(pull => pull.Id != name),
            "az" => input.Held.Charged.Values.All(one => !one.Live || one.Az != name) && !input.Fleet.Active.ContainsKey(name),
            _ => false,
        };
    }

    /// <summary>Any charge that ends may have made room.</summary>
    private static bool ASlot(ParkedRequest parked) =>
        parked.Blocking.IsEmpty && parked.WakeOn.Split(':')[0] is "az-capacity" or "limit" or "rack" or "group" or "casualties" or "set";

    private static ImmutableArray<string> Blocking(Denial denial) =>
        denial.Evidence.TryGetValue("blocking", out var hosts) ? [.. hosts.Split(',', StringSplitOptions.RemoveEmptyEntries).Take(20)] : [];
}
