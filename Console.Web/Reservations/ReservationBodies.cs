using OpsConsole.Domain.Reservations;

namespace OpsConsole.Web.Reservations;

/// <summary>What the API takes.</summary>
/// <param name="Request">The caller's id of the request; the same again gets the same answer.</param>
/// <param name="TtlSeconds">1 to 86,400.</param>
/// <param name="Max">As many of the hosts as go, up to this; left out: all or none.</param>
/// <param name="DryRun">Says what would be granted and every check that fails, and changes nothing.</param>
public sealed record RequestBody(string Request, string[] Hosts, string Reason, int TtlSeconds, WorkerKind Kind = WorkerKind.Human, ActivityBody[]? Activities = null, int? Max = null, string? OnBehalfOf = null, string? Ticket = null, string? Override = null, string? Group = null, bool DryRun = false)
{
    public RequestReservations Command(string region, string partition) =>
        new(region, Request, [.. Hosts], Kind, [.. (Activities ?? [new(ActivityKind.Diagnostic)]).Select(one => one.Activity())], TimeSpan.FromSeconds(TtlSeconds))
        {
            Partition = partition,
            Max = Max,
            OnBehalfOf = OnBehalfOf,
            Ticket = Ticket,
            Override = Override,
            Group = Group,
        };
}

public sealed record ActivityBody(ActivityKind Kind, Disruption Disruption = Disruption.Reboot, string? Artifact = null, int? P99Seconds = null)
{
    public Activity Activity() => new(Kind, Disruption, Artifact, P99Seconds is { } seconds ? TimeSpan.FromSeconds(seconds) : null);
}

public sealed record RenewBody(long Token, int TtlSeconds);

/// <param name="To">Draining, Executing, Verifying or Restoring.</param>
public sealed record AdvanceBody(long Token, ReservationState To);

public sealed record HealthBody(long Token, HostHealth Health = HostHealth.Healthy, ChecksumSample? Sample = null, string? Reason = null);

public sealed record TokenBody(long Token, string? Reason = null);

public sealed record ReasonBody(string Reason);

/// <param name="For">Actor id of who may pass the check.</param>
public sealed record OverrideBody(string Id, ReservationCheck Check, string For, int Minutes, string Reason, string? Host = null);
