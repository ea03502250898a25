namespace OpsConsole.Domain.ProvingGround.Patients;

/// <summary>What can be done to a host of the proving ground so that the console has something real to notice.</summary>
public enum Ailment
{
    /// <summary>Its process is ended in order and not started again while it lasts.</summary>
    Stopped,

    /// <summary>Its process is ended at once, and starts again by itself.</summary>
    Killed,

    /// <summary>Its process stands still (SIGSTOP): connections stay open, nothing answers.</summary>
    Hung,

    /// <summary>The router sends it no customers.</summary>
    Drained,

    /// <summary>It serves reads and refuses writes.</summary>
    ReadOnly,

    /// <summary>Each operation of its disk takes so many milliseconds longer.</summary>
    SlowDisk,

    /// <summary>Its disk takes no more.</summary>
    FullDisk,

    /// <summary>One byte of each of so many shards on its disk is changed.</summary>
    CorruptShards,

    /// <summary>Its wall clock is so many seconds ahead; behind where negative.</summary>
    SkewedClock,

    /// <summary>It answers health checks as if all were well, and everybody else with an error.</summary>
    Lying,

    /// <summary>Its power goes: its process ends, and what it wrote and did not flush is not on its disk. It starts again by itself.</summary>
    PowerLoss,

    /// <summary>Its disk says that it flushed and has not: a loss of power then shows what was acknowledged too early.</summary>
    IgnoredSync,
}
