using System.Collections.Immutable;
using OpsConsole.Domain.Access;
using OpsConsole.Domain.Cord;
using OpsConsole.Domain.Fleet;
using OpsConsole.Domain.Journal;
using OpsConsole.Domain.Reservations;
using OpsConsole.Engine.Journal;
using OpsConsole.Engine.Reservations.Authorities;

namespace OpsConsole.Engine.Reservations;

/// <summary>
/// Asks for reservations on somebody's behalf: fetches the answers of services that are asked over HTTP before the decision, and looks at the cord once more after the commit, so that nobody is
/// told of a grant after the acknowledgement of a pull.
/// </summary>
public sealed class ReservationDesk(ICommands commands, IStates states, ReservationDecider decider, WebhookAnswers webhooks, DenialCounts denials, TimeProvider clock)
{
    public async Task<RequestAnswer> RequestAsync(CommandRequest request, CancellationToken cancel)
    {
        var asked = (RequestReservations)request.Command;
        var fresh = !Held(asked.Region).Requests.Held.ContainsKey(asked.Request ?? "");
        var result = await commands.SendAsync(request, cancel).ConfigureAwait(false);
        for (var tries = 0; tries <= WebhookAnswers.MostHosts && await AnswersFetchedAsync(asked.Region, result.Rejection, cancel).ConfigureAwait(false); tries++)
        {
            result = await commands.SendAsync(request, cancel).ConfigureAwait(false);
        }

        if (result.Rejection is { } refused)
        {
            Count(asked.Region, refused);
            return new(result, [], []);
        }

        var held = Held(asked.Region);
        var granted = GrantedTo(asked.Request!, held);
        if (fresh && Stopped(asked.Region, granted) is { } stop)
        {
            await RevokeAsync(asked.Region, granted).ConfigureAwait(false);
            return new(result with { Rejection = stop }, [], []);
        }

        return new(result, granted, asked.Max is null ? [] : Rest(request, granted, held));
    }

    /// <summary>What a request would get now, and every check that fails. Changes nothing.</summary>
    public async Task<DryRun> ExamineAsync(CommandRequest request, CancellationToken cancel)
    {
        var asked = (RequestReservations)request.Command;
        if (commands.Forbidden(asked, request.Actor) is { } forbidden)
        {
            return new([], [], forbidden);
        }

        for (var tries = 0; ; tries++)
        {
            var run = Examine(request, Held(asked.Region));
            var missing = run.Denials.FirstOrDefault(denial => denial.Check == ReservationCheck.ServiceUnreachable);
            if (tries > WebhookAnswers.MostHosts || missing is null || !await webhooks.FetchAsync(asked.Region, missing.Host, cancel).ConfigureAwait(false))
            {
                return run;
            }
        }
    }

    private static ImmutableArray<Reservation> GrantedTo(string request, RegionReservations held)
    {
        if (!held.Requests.Held.TryGetValue(request, out var mine))
        {
            return [];
        }

        var granted = ImmutableArray.CreateBuilder<Reservation>(mine.Hosts.Length);
        foreach (var host in mine.Hosts)
        {
            if (held.Charged.TryGetValue(host, out var one) && one.Request == request)
            {
                granted.Add(one);
            }
        }

        return granted.DrainToImmutable();
    }

    private DryRun Examine(CommandRequest request, RegionReservations held) =>
        decider.Examine(held, (RequestReservations)request.Command, new(clock.GetUtcNow(), request.Actor, request.Reason, states));

    /// <summary>Of a request for as many as go: why the others did not.</summary>
    private ImmutableArray<Denial> Rest(CommandRequest request, ImmutableArray<Reservation> granted, RegionReservations held)
    {
        var asked = (RequestReservations)request.Command;
        ImmutableArray<string> left = [.. asked.Hosts.Except(granted.Select(one => one.Host))];
        return left.IsEmpty || granted.Length == asked.Max ? [] : Examine(request with { Command = asked with { Request = $"{asked.Request}/rest", Hosts = left, Max = null } }, held).Denials;
    }

    private async Task<bool> AnswersFetchedAsync(string region, Rejection? refused, CancellationToken cancel) =>
        refused is { Code: "reservation.service-unreachable" } && await webhooks.FetchAsync(region, refused.Evidence["host"], cancel).ConfigureAwait(false);

    private Rejection? Stopped(string region, ImmutableArray<Reservation> granted)
    {
        var cord = states.Get<CordState>(CordStreams.Only);
        var fleet = states.Get<RegionFleet>(FleetStreams.Of(region));
        foreach (var one in granted)
        {
            if (!one.Begun && fleet.Hosts.TryGetValue(one.Host, out var host) && cord.PulledSince(host, one.CordEpoch))
            {
                return new Rejection(RejectionKind.Blocked, "reservation.emergency-cord-pulled", $"{one.Host} was not reserved.", "The cord was pulled over it while the request was decided.", "Wait until it is released, and ask with a new id.")
                    .With("host", one.Host)
                    .With("check", nameof(ReservationCheck.EmergencyCordPulled));
            }
        }

        return null;
    }

    private async Task RevokeAsync(string region, ImmutableArray<Reservation> granted)
    {
        foreach (var one in granted)
        {
            await commands.SendAsync(new(new ReleaseReservation(region, one.Host, one.Token, HostHealth.Healthy), Actor.Engine, "the cord was pulled while it was granted", Cause: "cord"), CancellationToken.None).ConfigureAwait(false);
        }
    }

    private void Count(string region, Rejection refused)
    {
        if (refused.Evidence.TryGetValue("check", out var check) && Enum.TryParse<ReservationCheck>(check, out var failed) && states.VersionOf(FleetStreams.Of(region)) > 0)
        {
            denials.Add(region, failed);
        }
    }

    private RegionReservations Held(string region) => states.Get<RegionReservations>(ReservationStreams.Of(region));
}

/// <param name="Granted">All hosts the request holds, also where it was granted before.</param>
/// <param name="NotGranted">Of a request for as many as go: why the others did not.</param>
public sealed record RequestAnswer(CommandResult Result, ImmutableArray<Reservation> Granted, ImmutableArray<Denial> NotGranted);
