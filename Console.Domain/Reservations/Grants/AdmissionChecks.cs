using OpsConsole.Domain.Cord;
using OpsConsole.Domain.Fleet;

namespace OpsConsole.Domain.Reservations.Grants;

/// <summary>The first checks: is there a stop, and is the host free? They look at one host and cost next to nothing.</summary>
internal static class AdmissionChecks
{
    public static Denial? Cord(GrantStep step, Host host) =>
        step.Cord.Blocks(host, step.Request.Back ? VisitPurpose.Rollback : VisitPurpose.Forward, step.Request.OnBehalfOf) is { } pull ? CordDenial(pull, host.Id) : null;

    public static Denial CordDenial(CordPull pull, string host) =>
        new Denial(ReservationCheck.EmergencyCordPulled, host, DenialClass.NeedsHuman, $"{pull.By} pulled the cord over {pull.Scope} at {pull.At:u}: {pull.Reason}.", "Wait until it is released.", $"cord:{pull.Id}")
            .With("mode", pull.Mode.ToString())
            .With("pull", pull.Id)
            .With("by", pull.By)
            .With("since", $"{pull.At:u}");

    public static Denial? Freeze(GrantStep step, Host host) =>
        step.Request.Kind == WorkerKind.PlannedAutomation && step.Freezes?.On(step.Context.States, host, step.Request.OnBehalfOf, step.Now) is { } freeze
            ? new Denial(ReservationCheck.ChangeFreeze, host.Id, DenialClass.WaitForEvent, $"Changes are frozen by {freeze.Name}: {freeze.Why}.", "Wait for its end, or have a second person override it.", $"freeze:{freeze.Name}") { RetryAt = freeze.Until }
                .With("freeze", freeze.Name)
            : null;

    public static Denial? Reserved(GrantStep step, Host host)
    {
        if (step.Held.Charged.TryGetValue(host.Id, out var held) && held.Live)
        {
            return new Denial(ReservationCheck.HostAlreadyReserved, host.Id, DenialClass.WaitForEvent, $"{held.Worker.Name} holds it since {held.GrantedAt:u}: {held.Reason}.", "Wait until it is released or its lease ends, or ask its holder.", $"released:{host.Id}") { RetryAt = held.Expires }
                .With("holder", held.Worker.Name)
                .With("since", $"{held.GrantedAt:u}")
                .With("until", $"{held.Expires:u}")
                .With("state", held.State.ToString())
                .With("token", $"{held.Token}");
        }

        // A visit that is under way holds its host too, unless it is the work this reservation is for.
        return step.Fleet.Visits.TryGetValue(host.Id, out var visit) && visit.Status == VisitStatus.Active && (visit.Rollout is null || visit.Rollout != step.Request.OnBehalfOf)
            ? new Denial(ReservationCheck.HostAlreadyReserved, host.Id, DenialClass.WaitForEvent, $"The visit {visit.Id} is at {visit.Step} since {visit.StepSince:u}.", "Wait until it ends, or abort its rollout.", $"released:{host.Id}") { RetryAt = visit.Deadline }
                .With("holder", visit.Rollout ?? visit.Id)
                .With("since", $"{visit.Since:u}")
                .With("until", $"{visit.Deadline:u}")
            : null;
    }

    /// <summary>A suspect host is charged already: only work that mends it may be done on it.</summary>
    public static Denial? Suspect(GrantStep step, Host host) =>
        step.Held.Charged.TryGetValue(host.Id, out var held) && !held.Live && !step.MendsHost
            ? new Denial(ReservationCheck.HostSuspect, host.Id, DenialClass.WaitForEvent, $"It is {(held.State == ReservationState.WrittenOff ? "written off" : "suspect")} since {held.Since:u}: {held.Trouble}.", "Prove it healthy, have its data rebuilt, or reserve it to mend it.", $"proven:{host.Id}")
                .With("holder", held.Worker.Name)
                .With("since", $"{held.Since:u}")
            : null;

    public static Denial? CoolingDown(GrantStep step, Host host) =>
        step.Policy.CoolDown > TimeSpan.Zero && step.Held.Resting.TryGetValue(host.Id, out var at) && at + step.Policy.CoolDown is var until && until > step.Now
            ? new Denial(ReservationCheck.HostCoolingDown, host.Id, DenialClass.WaitForEvent, $"It was given back at {at:u} and rests until {until:u}.", "Ask again then.", "later") { RetryAt = until }
                .With("until", $"{until:u}")
            : null;

    /// <summary>Law 5. Work is a live reservation, or a visit that changes a host.</summary>
    public static Denial? OtherAz(GrantStep step, Host host)
    {
        if (!step.Policy.AzSerial)
        {
            return null;
        }

        // Where the AZ is told, it alone decides; host commands are still held to one AZ where they leave.
        var active = step.Policy.ActiveAz is { } told ? (told == host.Az ? null : told)
            : step.Held.Tally.AtWorkBeside(host.Az) ?? (step.Fleet.Active.Count == 0 ? null : VisitedBeside(step.Fleet, host.Az));
        return active is null ? null
            : new Denial(ReservationCheck.AzNotActive, host.Id, DenialClass.WaitForEvent, $"One AZ of {step.Fleet.Region} is worked in at a time, and now it is {active}; the host lies in {host.Az}.", $"Wait until the work in {active} has ended.", $"az:{active}")
                .With("active-az", active)
                .With("az", host.Az);
    }

    private static string? VisitedBeside(RegionFleet fleet, string mine) =>
        fleet.Active.Where(az => az.Key != mine).FirstOrDefault(az => az.Value.Any(at => fleet.Visits[at].Purpose is VisitPurpose.Forward or VisitPurpose.Rollback)).Key;
}
