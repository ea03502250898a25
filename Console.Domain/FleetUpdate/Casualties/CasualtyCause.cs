namespace OpsConsole.Domain.FleetUpdate.Casualties;

/// <summary>Why a host counts as one that did not come back right.</summary>
public enum CasualtyCause
{
    LeaseExpired,
    FailedChecks,

    /// <summary>More of its shards were corrupt than scrub finds anyway.</summary>
    CorruptShards,

    /// <summary>Somebody had to repair it.</summary>
    Remediated,
}

/// <summary>What became of a host's reservation.</summary>
/// <param name="Begun">When work on it began; null where it never did: then nothing that befell it is the work's.</param>
/// <param name="Returned">When it was handed back; null while it is out.</param>
/// <param name="Expired">When its lease lapsed, if it did.</param>
/// <param name="ChecksFailed">When its checks after the work failed, if they did.</param>
/// <param name="Remediated">When it needed repair, if it did.</param>
public sealed record HostReturn(DateTimeOffset? Begun, DateTimeOffset? Returned, DateTimeOffset? Expired = null, DateTimeOffset? ChecksFailed = null, DateTimeOffset? Remediated = null)
{
    /// <summary>Shards read and checked after its return, and how many were corrupt.</summary>
    public long ShardsChecked { get; init; }

    public long ShardsCorrupt { get; init; }
}
