namespace OpsConsole.Domain.Fleet;

public enum HostRole
{
    /// <summary>Stateless API front end.</summary>
    Web,

    /// <summary>Stateful: metadata.</summary>
    Index,

    /// <summary>Stateful: object data.</summary>
    Storage,
}

public enum HostState
{
    /// <summary>Takes its share of traffic.</summary>
    InService,

    /// <summary>In the hands of a visit: drained, being changed, or coming back.</summary>
    InWork,

    /// <summary>Serves reads, refuses writes.</summary>
    ReadOnly,

    /// <summary>Did not come back right; takes no traffic until a visit or a person mends it.</summary>
    Casualty,

    /// <summary>Not heard of; counts as lost until it reports.</summary>
    Unknown,
}

/// <summary>Who carries out commands on a host.</summary>
public enum HostDriver
{
    Agent,
    ProvingGround,
    Simulated,
}

/// <summary>Since when a host says what it says of itself.</summary>
/// <param name="Visit">The visit in which it first said so.</param>
public sealed record SaidSince(string Visit, DateTimeOffset At);

/// <summary>One host, as the fleet knows it.</summary>
/// <param name="Id">Unique in the whole fleet; letters, digits, <c>-</c>, <c>.</c>; at most 64 characters.</param>
/// <param name="Az">Full name, unique in the whole fleet, such as <c>eu-west-1a</c>.</param>
/// <param name="Rack">Unique within its AZ.</param>
/// <param name="Service">The service whose releases it runs; by default its role in lower case.</param>
/// <param name="PositionClass">Upgrade domain, 0 to 9,999: hosts of one class hold no two shards of one redundancy set.</param>
public sealed record Host(string Id, string Partition, string Region, string Az, string Rack, HostRole Role, string Service, string InstanceType, int PositionClass, HostDriver Driver)
{
    // A region's hosts share these few names: one string each, however often they were read from disk.
    public string Partition { get; init; } = HostRules.Shared(Partition);

    public string Region { get; init; } = HostRules.Shared(Region);

    public string Az { get; init; } = HostRules.Shared(Az);

    public string Rack { get; init; } = HostRules.Shared(Rack);

    public string Service { get; init; } = HostRules.Shared(Service);

    public string InstanceType { get; init; } = HostRules.Shared(InstanceType);

    /// <summary>A validator: a production host that takes canary traffic only.</summary>
    public bool Validator { get; init; }

    /// <summary>The release it last reported; null where it never did.</summary>
    public string? Release { get; init; }

    /// <summary>The firmware and the OS patch it last reported; null where it never did.</summary>
    public string? Firmware { get; init => field = HostRules.Shared(value!); }

    public string? OsPatch { get; init => field = HostRules.Shared(value!); }

    /// <summary>Null where it had it before any visit of this console changed it.</summary>
    public SaidSince? FirmwareSince { get; init; }

    public SaidSince? OsPatchSince { get; init; }

    public HostState State { get; init; } = HostState.InService;

    /// <summary>The last fencing token given out for this host; each visit takes the next, the host refuses older ones (law 6).</summary>
    public long Token { get; init; }

    public bool Simulated => Driver == HostDriver.Simulated;
}
