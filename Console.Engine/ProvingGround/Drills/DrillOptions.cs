namespace OpsConsole.Engine.ProvingGround.Drills;

/// <summary>How hard a drill is.</summary>
public sealed record DrillOptions
{
    /// <summary>Customers' requests, 100 to 10,000,000.</summary>
    public int Requests { get; init; } = 20_000;

    /// <summary>Decides every request and every fault; their moments depend on the machine.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>Customers at the same time, 1 to 256: each waits for its answer before it asks again.</summary>
    public int Customers { get; init; } = 24;

    /// <summary>Percent of the requests that put an object, 1 to 75; a quarter as many delete one, 5 % list, the rest get.</summary>
    public int WritePercent { get; init; } = 36;

    /// <summary>Keys they share; eight to a folder, which listings look at.</summary>
    public int Keys { get; init; } = 400;

    /// <summary>How often every process of the ground is killed.</summary>
    public int KillsOfEach { get; init; } = 2;

    /// <summary>Of each role one process is killed instead of every one; the seed decides which.</summary>
    public bool OneOfEachRole { get; init; }

    /// <summary>Faults besides those kills: hangs, slow disks, corrupt shards, whole AZs.</summary>
    public int OtherFaults { get; init; } = 12;

    /// <summary>Told every 10,000 requests how far the drill is.</summary>
    public Action<string>? Progress { get; init; }

    /// <summary>How often all index and storage hosts lose their power at the same moment.</summary>
    public int PowerLosses { get; init; }
}
