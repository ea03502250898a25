using System.Collections.Immutable;

namespace OpsConsole.Engine.ProvingGround.Customers;

/// <summary>What the customers saw since they started.</summary>
/// <param name="Failed">Requests that got no answer or a wrong status.</param>
/// <param name="Wrong">Reads whose bytes or age were not what was acknowledged: the worst there is.</param>
/// <param name="Missed">Requests that were due and not sent, because too many were open.</param>
/// <param name="LastTrouble">The last failures and wrong reads in words, newest last, at most 20.</param>
public sealed record CustomersReport(long Sent, long Failed, long Wrong, long Missed, ImmutableArray<string> LastTrouble)
{
    /// <summary>Name of the profile they follow; <see cref="CustomerProfiles"/> tells what it is.</summary>
    public string? Profile { get; init; }

    /// <summary>Requests they mean to send each second.</summary>
    public int Rate { get; init; }

    /// <summary>Null where nothing is known of it yet.</summary>
    public CustomersLately? Lately { get; init; }

    /// <summary>Objects whose checksum they remember, and compare with every read.</summary>
    public int Remembered { get; init; }
}

/// <summary>The last minute.</summary>
/// <param name="AnsweredPerSecond">Requests that got an answer, whichever.</param>
/// <param name="BytesPerSecond">Of bodies put and got.</param>
/// <param name="P50Ms">Milliseconds from when a request was due until its answer was there; null where there was none.</param>
/// <param name="P99Ms">As <paramref name="P50Ms"/>.</param>
/// <param name="P99FromSentMs">From when it was really sent: less than <paramref name="P99Ms"/> where the senders themselves were held up.</param>
public sealed record CustomersLately(double AnsweredPerSecond, double BytesPerSecond, double? P50Ms, double? P99Ms, double? P99FromSentMs);
