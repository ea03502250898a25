using System.Collections.Immutable;
using OpsConsole.Domain.ProvingGround.Patients;
using OpsConsole.Engine.ProvingGround.Customers;

namespace OpsConsole.Engine.ProvingGround.Gauges;

/// <summary>The ground as it was at one look.</summary>
/// <param name="At">When, UTC.</param>
/// <param name="Entrance">Where customers connect: the router.</param>
/// <param name="Serves">Whether all processes came up and customers are served; false while it starts.</param>
/// <param name="Customers">What the customers saw since they started; null where they do not answer.</param>
public sealed record GroundPicture(DateTimeOffset At, string Region, Uri Entrance, bool Serves, ImmutableArray<HostPicture> Hosts, CustomersReport? Customers)
{
    /// <summary>Null where no storage host answers.</summary>
    public ShardsPicture? Shards { get; init; }

    /// <summary>Bytes of memory of all processes.</summary>
    public long Resident => Hosts.Sum(host => host.Resident);
}

/// <summary>What the storage fleet says of what it keeps, all hosts together.</summary>
/// <param name="Answering">Storage hosts that said something, of <paramref name="Hosts"/>.</param>
/// <param name="Extents">By how many more shards may go: first those that cannot be read now, then slack 0 to 4. As of the last look at each placement group.</param>
/// <param name="Queue">Extents that wait for repair.</param>
/// <param name="OldestSeconds">How long the oldest of them has waited; 0 where none waits.</param>
/// <param name="Repaired">Shards rebuilt and verified since the hosts started.</param>
/// <param name="Corrupt">Corrupt shards met by reads and scrub since the hosts started.</param>
/// <param name="ScrubAgeSeconds">Of the host whose last whole scrub is longest ago.</param>
public sealed record ShardsPicture(int Answering, int Hosts, ImmutableArray<int> Extents, int Queue, double OldestSeconds, long Repaired, long Corrupt, long Shards, long Bytes, double ScrubAgeSeconds)
{
    /// <summary>Share of the scrub under way on the host that is least far, 0 to 1.</summary>
    public double ScrubDone { get; init; }

    /// <summary>Within which every scrub ends; of the host whose bound is the longest.</summary>
    public double ScrubBoundSeconds { get; init; }

    /// <summary>Rebuilds that did not come out since the hosts started; each is tried again.</summary>
    public long Failed { get; init; }

    /// <summary>Least slack of any extent; -1 where one cannot be read now, 4 where all are whole.</summary>
    public int LeastSlack => Extents.AsSpan().IndexOfAnyExcept(0) is var place and >= 0 ? place - 1 : Extents.Length - 2;
}

/// <summary>One process of the ground.</summary>
/// <param name="Az">Null for processes that belong to none: router and customers.</param>
/// <param name="Pid">Null where it does not run.</param>
/// <param name="Release">What it says it runs; null for hosts that take no releases.</param>
/// <param name="Trouble">Why it does not run or what it cannot reach, in words; null where all is well.</param>
public sealed record HostPicture(string Id, GroundRole Role, string? Az, bool Validator, int? Pid, string? Release, string? Trouble)
{
    /// <summary>Share of one processor since the last look, 0 and up.</summary>
    public double Cpu { get; init; }

    /// <summary>Bytes of memory.</summary>
    public long Resident { get; init; }

    /// <summary>Bytes read from disk each second since the last look.</summary>
    public double ReadPerSecond { get; init; }

    public double WrittenPerSecond { get; init; }

    /// <summary>As the router has it; null for hosts it does not route to.</summary>
    public int? Weight { get; init; }

    public bool Drained { get; init; }

    /// <summary>Customers' requests a second over the last 10 whole seconds, as the router saw them.</summary>
    public double RequestsPerSecond { get; init; }

    /// <summary>99th percentile over the same seconds; null where there were none.</summary>
    public double? P99Ms { get; init; }

    /// <summary>What is wrong with it on purpose.</summary>
    public ImmutableArray<Illness> Illnesses { get; init; } = [];
}
