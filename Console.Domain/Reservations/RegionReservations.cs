using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace OpsConsole.Domain.Reservations;

/// <summary>State of the stream <c>reservations/region</c>: every charge, and what decides about the next.</summary>
public sealed record RegionReservations(string Region)
{
    private HoldTally? _tally;
    private NextLease? _next;
    private ChargeChange _change;

    /// <summary>Every charged host, live or not. Who sets it anew either says what the counts, the next expiry and the last change are then, or has them found again.</summary>
    public NameDictionary<Reservation> Charged
    {
        get;
        init => (field, _tally, _next, _change) = (value, null, null, default);
    } = NameDictionary<Reservation>.Empty;

    /// <summary>The last token given out for each host that is not charged, where there was one; of a charged host it is its reservation's (<see cref="LastToken"/>).</summary>
    public NameDictionary<long> Tokens { get; init; } = NameDictionary<long>.Empty;

    /// <summary>By host, where a forced release made older tokens void: the least that counts.</summary>
    public ImmutableDictionary<string, long> Fences { get; init; } = ImmutableDictionary<string, long>.Empty;

    /// <summary>When each host was given back, while hosts rest between reservations.</summary>
    public ImmutableDictionary<string, DateTimeOffset> Resting { get; init; } = ImmutableDictionary<string, DateTimeOffset>.Empty;

    public RequestBook Requests { get; init; } = new();

    public GrantPace Pace { get; init; } = GrantPace.None;

    public ReservationPolicy Policy { get; init; } = new();

    public ImmutableDictionary<string, ReservationOverride> Overrides { get; init; } = ImmutableDictionary<string, ReservationOverride>.Empty;

    /// <summary>How often each check denied a request.</summary>
    public ImmutableSortedDictionary<ReservationCheck, long> Denials { get; init; } = ImmutableSortedDictionary<ReservationCheck, long>.Empty;

    /// <summary>How often each check was passed by an override: one that always is, is wrong.</summary>
    public ImmutableSortedDictionary<ReservationCheck, long> Overridden { get; init; } = ImmutableSortedDictionary<ReservationCheck, long>.Empty;

    /// <summary>All grants ever.</summary>
    public long Granted { get; init; }

    /// <summary>Rises with every change of which hosts are charged, and of which of them are suspect: an answer given for another version counts no more.</summary>
    public long Ledger { get; init; }

    /// <summary>The last token given out for the host; 0 where there was none.</summary>
    public long LastToken(string host) => Charged.TryGetValue(host, out var held) ? held.Token : Tokens.GetValueOrDefault(host);

    [JsonIgnore]
    public int Casualties => Tally.Casualties;

    [JsonIgnore]
    public IEnumerable<Reservation> Suspects => Charged.Values.Where(one => !one.Live);

    /// <summary>When the next lease runs out; null where none can. After that lease has gone all are looked at, once.</summary>
    [JsonIgnore]
    public DateTimeOffset? NextExpiry => (_next ??= NextLease.Of(Charged.Values)).At;

    /// <summary>The next lease to run out, where it is known.</summary>
    internal NextLease? Next
    {
        get => _next;
        init => _next = value;
    }

    /// <summary>What was granted last: what a grant says again is kept once.</summary>
    internal Reservation? Last { get; init; }

    internal HoldTally Tally
    {
        get => _tally ??= HoldTally.Of(Charged.Values);
        init => _tally = value;
    }

    /// <summary>How far the changes of charges have come.</summary>
    internal ChargeChange Change
    {
        get => _change.Row is null ? _change = ChargeChange.Unknown() : _change;
        init => _change = value;
    }

    /// <summary>Offline hosts of the last question, kept while neither charges nor fleet change.</summary>
    internal OfflineCount? LastOffline { get; set; }

    // Two states are the same state, or they are not compared: the counts behind them are found when asked for.
    public bool Equals(RegionReservations? other) => ReferenceEquals(this, other);

    public override int GetHashCode() => System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(this);
}
