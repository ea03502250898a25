namespace OpsConsole.Engine.Noodles.Pools;

/// <summary>Metrics of the console's store that one scenario has at a time, with all streams of theirs.</summary>
/// <param name="Name">Of what is counted or gauged.</param>
public sealed record PooledMetric(string Name)
{
    /// <summary>Of times: in milliseconds, so that its distribution is kept.</summary>
    public string InMs => $"{Name}-ms";
}
