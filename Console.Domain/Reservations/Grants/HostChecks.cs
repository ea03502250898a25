using System.Collections.Immutable;
using OpsConsole.Domain.Fleet;
using OpsConsole.Domain.Reservations.Safety;

namespace OpsConsole.Domain.Reservations.Grants;

/// <summary>All checks of one host, in their order.</summary>
internal static class HostChecks
{
    /// <param name="all">A dry run: goes on after the first that fails.</param>
    public static HostVerdict Of(GrantStep step, string id, bool all)
    {
        if (!step.Fleet.Hosts.TryGetValue(id, out var host))
        {
            return new(null, [new Denial(ReservationCheck.UnknownHost, id, DenialClass.Never, $"{step.Fleet.Region} has no such host.", "Look at the fleet; import it first.", "nothing").With("region", step.Fleet.Region)], null);
        }

        ImmutableArray<Denial> denials = [];
        ReservationCheck? passed = null;
        SafetyAnswer? answer = null;
        foreach (var failed in Failing(step, host, given => answer = given))
        {
            if (step.Passes(failed.Check, id))
            {
                passed = failed.Check;
                continue;
            }

            denials = denials.Add(failed);
            if (!all)
            {
                break;
            }
        }

        if (!denials.IsEmpty)
        {
            return new(null, denials, null);
        }

        var token = Math.Max(step.Held.LastToken(id) + 1, step.Held.Fences.GetValueOrDefault(id));
        return new(new(id, host.Az, host.Rack, host.InstanceType, host.Service, token, answer?.Epoch ?? 0, answer?.Slack), [], passed);
    }

    private static IEnumerable<Denial> Failing(GrantStep step, Host host, Action<SafetyAnswer> tell)
    {
        if (AdmissionChecks.Cord(step, host) is { } cord)
        {
            yield return cord;
        }

        if (AdmissionChecks.Freeze(step, host) is { } freeze)
        {
            yield return freeze;
        }

        if (AdmissionChecks.Reserved(step, host) is { } reserved)
        {
            yield return reserved;
        }

        if (AdmissionChecks.Suspect(step, host) is { } suspect)
        {
            yield return suspect;
        }

        if (AdmissionChecks.CoolingDown(step, host) is { } resting)
        {
            yield return resting;
        }

        if (AdmissionChecks.OtherAz(step, host) is { } az)
        {
            yield return az;
        }

        if (LimitChecks.Capacity(step, host) is { } capacity)
        {
            yield return capacity;
        }

        var authority = step.Authorities.For(host);
        if (authority?.Bytes is { } bytes)
        {
            foreach (var denial in ByteChecks.Of(step, host, bytes))
            {
                yield return denial;
            }
        }

        if (LimitChecks.Fleet(step, host) is { } limit)
        {
            yield return limit;
        }

        if (LimitChecks.Velocity(step, host) is { } velocity)
        {
            yield return velocity;
        }

        if (LimitChecks.Casualties(step, host) is { } casualties)
        {
            yield return casualties;
        }

        foreach (var denial in Service(step, host, authority, tell))
        {
            yield return denial;
        }
    }

    private static IEnumerable<Denial> Service(GrantStep step, Host host, ISafetyAuthority? authority, Action<SafetyAnswer> tell)
    {
        var answer = authority?.Ask(new(step.Held, step.Fleet, host, SafetyTier.Maintenance, step.Now) { Mends = step.Mends });
        if (answer is not null)
        {
            tell(answer);
        }

        if (authority is not null && ServiceChecks.Unreachable(authority, answer!, host) is { } unreachable)
        {
            yield return unreachable;
            yield break;
        }

        if (authority is not null && ServiceChecks.Stale(step, authority, answer!, host) is { } stale)
        {
            yield return stale;
        }

        if (authority is null)
        {
            yield return ServiceChecks.NotCovered(host)!;
        }

        if (answer is not null && ServiceChecks.Conflict(answer, host) is { } conflict)
        {
            yield return conflict;
        }

        if (LimitChecks.Rack(step, host) is { } rack)
        {
            yield return rack;
        }

        if (answer is null)
        {
            yield break;
        }

        if (ServiceChecks.Steady(step, answer, host) is { } steady)
        {
            yield return steady;
        }

        if (ServiceChecks.Placement(answer, host) is { } placement && !step.Passes(ReservationCheck.DataLossAccepted, host.Id))
        {
            yield return Lowered(step, host, authority!, answer) is { } lower ? ServiceChecks.Placement(answer with { Objection = lower }, host)! with { Check = ReservationCheck.DataLossAccepted } : placement;
        }

        if (SkewCheck.Of(step, host, authority!) is { } skew)
        {
            yield return skew;
        }
    }

    /// <summary>What stands against an override of the placement check: it lowers the bar to the emergency tier, it does not take it away; and it is a person's.</summary>
    private static PlacementObjection? Lowered(GrantStep step, Host host, ISafetyAuthority authority, SafetyAnswer answer) =>
        !step.Passes(ReservationCheck.PlacementConflict, host.Id) ? null
        : step.Request.Kind is WorkerKind.Emergency or WorkerKind.Human ? authority.Ask(new(step.Held, step.Fleet, host, SafetyTier.Emergency, step.Now)).Objection
        : answer.Objection;
}
