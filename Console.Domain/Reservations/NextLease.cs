namespace OpsConsole.Domain.Reservations;

/// <summary>When the next live lease of a region runs out.</summary>
/// <param name="At">Null where there is none.</param>
internal sealed record NextLease(DateTimeOffset? At)
{
    public static NextLease Of(IEnumerable<Reservation> charged) => new(charged.Min(one => one.Live ? one.Expires : (DateTimeOffset?)null));

    public NextLease With(DateTimeOffset expires) => At <= expires ? this : new(expires);

    /// <summary>Null where it was the next one: another one is that now, and somebody has to look.</summary>
    public NextLease? Without(DateTimeOffset expires) => At == expires ? null : this;
}
