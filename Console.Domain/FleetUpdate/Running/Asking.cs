using System.Collections.Immutable;
using OpsConsole.Domain.Access;
using OpsConsole.Domain.Reservations;

namespace OpsConsole.Domain.FleetUpdate.Running;

/// <summary>How Fleet Update asks for hosts: the same for the run and its preview.</summary>
public static class Asking
{
    /// <summary>What its reservations are made on behalf of, where they are not one rollout's alone.</summary>
    public const string OnBehalfOf = "fleet-update";

    private const string Requests = "fleet-update-";

    internal static string RequestId(long number) => $"{Requests}{number}";

    /// <summary>Whether the reservation was asked for by Fleet Update.</summary>
    public static bool IsMine(Reservation held) => held.Worker.Name == Actor.Engine.Id && held.Request.StartsWith(Requests, StringComparison.Ordinal);

    /// <summary>Hosts that have the same done on them on the same behalf are one request; the others are asked for at the next look.</summary>
    /// <param name="mends">They are suspect, and are mended by doing what was to be done.</param>
    public static RequestReservations Of(FleetUpdateState state, UpdateInput input, ImmutableArray<Candidate> candidates, bool mends)
    {
        var (plan, asker) = (candidates[0].Plan, AskerOf(state, input, candidates[0], mends));
        ImmutableArray<string> hosts = [.. candidates.Where(one => one.Plan.Activities.SequenceEqual(plan.Activities) && AskerOf(state, input, one, mends) == asker).Select(one => one.Host)];
        return new(state.Region, state.NextRequest, hosts, asker.Kind, plan.Activities, Effects.LeaseOf(plan, input.Held.Policy)) { Max = hosts.Length, OnBehalfOf = asker.OnBehalfOf, Back = asker.Back };
    }

    /// <summary>What one rollout asks for is asked for on its behalf: an override of the cord or the calendar for it counts. A host that a person has taken up again is mended.</summary>
    private static Asker AskerOf(FleetUpdateState state, UpdateInput input, Candidate candidate, bool mends)
    {
        var campaigns = candidate.Plan.Items.Select(item => item.Campaign).Distinct().Select(id => state.Campaigns[id]).ToArray();
        var back = campaigns.Any(one => one.Order.Rollout is { Back: true });
        var again = campaigns.Any(one => one.Hosts.GetValueOrDefault(candidate.Host) is { Again: true, End: null }) && input.Held.Charged.TryGetValue(candidate.Host, out var held) && !held.Live;
        var rollouts = campaigns.Select(one => one.Order.Rollout?.Id).Distinct().ToArray();
        return new(mends || back || again ? WorkerKind.Remediation : WorkerKind.PlannedAutomation, rollouts is [{ } only] ? only : OnBehalfOf, back);
    }

    private sealed record Asker(WorkerKind Kind, string OnBehalfOf, bool Back);
}
