namespace OpsConsole.Domain.Durability;

/// <summary>How a chance of loss was worked out. The same code and rates give figures a factor of 24 apart, so a figure never goes without it.</summary>
public enum DurabilityModel
{
    /// <summary>Time in windows as long as a repair; lost where one window takes more than the code bears (Backblaze).</summary>
    FixedWindow,

    /// <summary>Exponential times; what is missing is repaired side by side. First order.</summary>
    ParallelExponential,

    /// <summary>Exponential times; one shard is repaired after another. First order.</summary>
    SerialExponential,

    /// <summary>A Markov chain of what is alive, with repair, AZ losses and bursts; exact for exponential times.</summary>
    MarkovChain,

    /// <summary>Many seeded lives of a set; carries its standard error.</summary>
    MonteCarlo,
}

public enum RepairPace
{
    /// <summary>One shard of a set after another.</summary>
    Serial,

    /// <summary>All missing shards of a set side by side.</summary>
    Parallel,
}
