using System.Collections.Immutable;
using OpsConsole.Domain.Access;
using OpsConsole.Domain.FleetUpdate;
using OpsConsole.Domain.FleetUpdate.Running;
using OpsConsole.Domain.FleetUpdate.Visits;
using OpsConsole.Domain.Journal;
using OpsConsole.Domain.Reservations;
using OpsConsole.Engine.Journal;
using OpsConsole.Engine.Reservations;

namespace OpsConsole.Engine.FleetUpdate;

/// <summary>Asks the one gate for hosts, as everybody does; writes down who was refused and what wakes them. What was granted shows among the charges, and is found there.</summary>
public sealed class HostRequests(ReservationDesk desk, ICommands commands)
{
    public async Task AskAsync(FleetUpdateState state, UpdateInput input, CancellationToken cancel)
    {
        if (Effects.ToMend(state, input) is { IsEmpty: false } mend)
        {
            await AskAsync(state, [mend[0]], Asking.Of(state, input, [mend[0]], mends: true), cancel).ConfigureAwait(false);
        }
        else if (Candidates.Of(state, input) is { IsEmpty: false } candidates)
        {
            await AskAsync(state, candidates, Asking.Of(state, input, candidates, mends: false), cancel).ConfigureAwait(false);
        }
    }

    private async Task AskAsync(FleetUpdateState state, ImmutableArray<Candidate> hosts, RequestReservations ask, CancellationToken cancel)
    {
        var request = new CommandRequest(ask, Actor.Engine, Reason(state, hosts[0].Plan), Cause: "fleet update");
        var answer = await desk.RequestAsync(request, cancel).ConfigureAwait(false);
        if (answer.Result.Rejection is { Kind: RejectionKind.Unavailable, Code: not "reservation.service-unreachable" })
        {
            return;
        }

        var denials = answer.Result.Rejection is null ? answer.NotGranted : (await desk.ExamineAsync(request, cancel).ConfigureAwait(false)).Denials;
        var first = denials.DistinctBy(denial => denial.Host).ToImmutableArray();
        if (first.IsEmpty && answer.Result.Rejection is { } refused)
        {
            first = [.. ask.Hosts.Select(one => new Denial(ReservationCheck.BadRequest, one, DenialClass.Backoff, refused.Why, refused.Do, "later"))];
        }

        if (!first.IsEmpty)
        {
            await commands.SendAsync(new(new ParkHosts(state.Region, first), Actor.Engine, Cause: "fleet update"), cancel).ConfigureAwait(false);
        }
    }

    private static string Reason(FleetUpdateState state, VisitPlan plan)
    {
        var campaigns = plan.Items.Select(item => item.Campaign).Distinct().Where(state.Campaigns.ContainsKey).Select(id => $"{id}: {state.Campaigns[id].Reason}");
        var words = string.Join("; ", campaigns);
        return words.Length > 300 ? words[..300] : words;
    }
}
