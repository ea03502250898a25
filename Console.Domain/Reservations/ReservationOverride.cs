namespace OpsConsole.Domain.Reservations;

/// <summary>One check that one actor may pass, until it expires. Given by somebody else.</summary>
public sealed record ReservationOverride(string Id, ReservationCheck Check, string? Host, string For, string By, string Reason, DateTimeOffset Expires)
{
    internal bool Helps(ReservationCheck check, string host, string actor, DateTimeOffset now) =>
        Check == check && (Host is null || Host == host) && For == actor && now < Expires;
}
