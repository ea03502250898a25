using System.Collections.Immutable;
using OpsConsole.Domain.Fleet;
using OpsConsole.Domain.Reservations.Safety;

namespace OpsConsole.Domain.Reservations.Grants;

/// <summary>All checks of one host, in their order.</summary>
internal static class HostChecks
{
    /// <summary>Those that cost next to nothing and stand before the service's bytes.</summary>
    private static readonly Func<GrantStep, Host, Denial?>[] Admission =
        [AdmissionChecks.Cord, AdmissionChecks.Freeze, AdmissionChecks.Reserved, AdmissionChecks.Suspect, AdmissionChecks.CoolingDown, AdmissionChecks.OtherAz, LimitChecks.Capacity];

    private static readonly Func<GrantStep, Host, Denial?>[] Limits = [LimitChecks.Fleet, LimitChecks.Velocity, LimitChecks.Casualties];

    /// <param name="all">A dry run: goes on after the first that fails.</param>
    public static HostVerdict Of(GrantStep step, string id, bool all)
    {
        if (!step.Fleet.Hosts.TryGetValue(id, out var host))
        {
            return new(null, [new Denial(ReservationCheck.UnknownHost, id, DenialClass.Never, $"{step.Fleet.Region} has no such host.", "Look at the fleet; import it first.", "nothing").With("region", step.Fleet.Region)], null);
        }

        var failed = new FailedChecks(step, id, all);
        var authority = step.Authorities.For(host);
        SafetyAnswer? answer = null;
        if (!failed.EndAt(Admission, host) && !failed.EndAt(authority?.Bytes is { } bytes ? ByteChecks.Of(step, host, bytes) : []) && !failed.EndAt(Limits, host))
        {
            answer = Ask(step, host, authority);
            failed.EndAt(Service(step, host, authority, answer));
        }

        if (!failed.Denials.IsEmpty)
        {
            return new(null, failed.Denials, null);
        }

        var token = Math.Max(step.Held.LastToken(id) + 1, step.Held.Fences.GetValueOrDefault(id));
        return new(new(id, host.Az, host.Rack, host.InstanceType, host.Service, token, answer?.Epoch ?? 0, answer?.Slack), [], failed.Passed);
    }

    private static SafetyAnswer? Ask(GrantStep step, Host host, ISafetyAuthority? authority) =>
        authority?.Ask(new(step.Held, step.Fleet, host, SafetyTier.Maintenance, step.Now) { Mends = step.Mends });

    private static IEnumerable<Denial> Service(GrantStep step, Host host, ISafetyAuthority? authority, SafetyAnswer? answer)
    {
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
