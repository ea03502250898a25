namespace OpsConsole.Domain.Alarms.Streams;

/// <summary>Names of the streams that the console's own feeds hand in.</summary>
public static class StreamNames
{
    /// <summary>Requests that customers sent; the value is how many. Seen by the router.</summary>
    public const string Requests = "requests";

    /// <summary>Those of them answered with 5xx or not at all.</summary>
    public const string Errors = "errors";

    /// <summary>Time to answer a customer.</summary>
    public const string RequestMs = "request-ms";

    /// <summary>One health check of a host: 1 where it answered in time, else 0.</summary>
    public const string Healthy = "healthy";

    /// <summary>One request of the console's probe: 1 where the answer was what a customer must get, else 0.</summary>
    public const string ProbeRight = "probe-right";

    /// <summary>Time to answer the console's probe.</summary>
    public const string ProbeMs = "probe-ms";

    /// <summary>One tick of the engine.</summary>
    public const string TickMs = "tick-ms";

    /// <summary>One commit of the journal.</summary>
    public const string CommitMs = "commit-ms";

    /// <summary>Commands that were answered.</summary>
    public const string Commands = "commands";

    /// <summary>Commands that were refused.</summary>
    public const string Refusals = "refusals";

    /// <summary>The service the console's own streams are of.</summary>
    public const string Console = "opsconsole";

    /// <summary>What a stream's single observations can be, as far as its name tells; null where it does not.</summary>
    public static (double Least, double Most)? RangeOf(string metric) =>
        metric is Healthy or ProbeRight or Metrics.Availability or Metrics.ErrorRate or Metrics.ProbeSuccess or Metrics.ProbeWrong or Metrics.ShardsWrong or "success" or "canary-failed" || metric.EndsWith("-share", StringComparison.Ordinal) ? (0, 1)
        : StoreShape.HasDistribution(metric) || metric is Requests or Errors or Commands or Refusals ? (0, double.PositiveInfinity)
        : null;
}
