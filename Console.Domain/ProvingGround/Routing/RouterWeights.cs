using System.Collections.Immutable;

namespace OpsConsole.Domain.ProvingGround.Routing;

/// <summary>
/// The "DNS weights", by web host. What differs from the confirmed weight is only leased: when nobody renews it (the console died in the middle of a visit)
/// it falls back by itself. A host that is out comes back so only while it is healthy. Hosts that are not named have weight 100, validators 0.
/// </summary>
/// <param name="Confirmed">What holds without anybody's doing.</param>
/// <param name="Leased">What holds in its place for a while.</param>
public sealed record RouterWeights(ImmutableSortedDictionary<string, HostWeight> Confirmed, ImmutableSortedDictionary<string, LeasedWeight> Leased)
{
    /// <summary>1 second is the shortest lease.</summary>
    public static readonly TimeSpan LongestLease = TimeSpan.FromHours(1);

    public static RouterWeights None { get; } = new(ImmutableSortedDictionary<string, HostWeight>.Empty, ImmutableSortedDictionary<string, LeasedWeight>.Empty);

    public HostWeight Of(string host, bool validator) => Leased.GetValueOrDefault(host)?.Weight ?? ConfirmedOf(host, validator);

    public HostWeight ConfirmedOf(string host, bool validator) => Confirmed.GetValueOrDefault(host) ?? new HostWeight(validator ? 0 : HostWeight.Usual, Drained: false);

    /// <summary>
    /// Null where the change departs from the confirmed weight and has no lease, neither its own nor one from before. A change back to the confirmed weight
    /// needs none, and ends the one there was.
    /// </summary>
    /// <param name="weight">Null leaves it as it is.</param>
    /// <param name="drained">Null leaves it as it is.</param>
    public RouterWeights? Change(string host, bool validator, int? weight, bool? drained, TimeSpan? lease, DateTimeOffset now)
    {
        var old = Of(host, validator);
        var next = new HostWeight(weight ?? old.Weight, drained ?? old.Drained);
        if (next == ConfirmedOf(host, validator))
        {
            return this with { Leased = Leased.Remove(host) };
        }

        DateTimeOffset? until = lease is { } time && time >= TimeSpan.FromSeconds(1) && time <= LongestLease ? now + time : null;
        return (lease is null ? Leased.GetValueOrDefault(host)?.Until : until) is { } end ? this with { Leased = Leased.SetItem(host, new LeasedWeight(next, end)) } : null;
    }

    /// <summary>For good: what the host falls back to from now on. Ends its lease.</summary>
    public RouterWeights Confirm(string host, HostWeight weight) => new(Confirmed.SetItem(host, weight), Leased.Remove(host));

    /// <summary>Only prolongs a lease that is there: one that was ended in the meantime stays ended, and none is shortened.</summary>
    public RouterWeights Renew(string host, TimeSpan lease, DateTimeOffset now) =>
        Leased.GetValueOrDefault(host) is { } held && held.Until < now + lease ? this with { Leased = Leased.SetItem(host, held with { Until = now + lease }) } : this;

    /// <summary>Without the leases that have run out; of those, hosts that would take traffic again and are not healthy wait until they are.</summary>
    public RouterWeights Expire(DateTimeOffset now, Func<string, bool> healthy)
    {
        var over = Leased.Where(held => held.Value.Until <= now && (held.Value.Weight.Takes || healthy(held.Key))).Select(held => held.Key).ToArray();
        return over.Length == 0 ? this : this with { Leased = Leased.RemoveRange(over) };
    }
}
