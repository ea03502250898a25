using OpsConsole.Domain.Alarms.Streams;
using OpsConsole.Domain.Canaries.Runs;

namespace OpsConsole.Domain.Canaries;

/// <summary>What each turn hands in. Two are kept apart: whether the target served, and whether the canary itself broke.</summary>
public static class CanaryMetrics
{
    /// <summary>1 or 0: whether the target served. Nothing where the canary itself broke.</summary>
    public const string Success = "canary-success";

    /// <summary>1 or 0: whether the canary itself broke. One value for every turn, so that silence here is the canary's silence.</summary>
    public const string Failed = "canary-failed";

    /// <summary>From the intended start to the end, where all was answered.</summary>
    public const string Time = "canary-ms";

    /// <summary>1 or 0 of those answered rightly: whether it took longer than its limit.</summary>
    public const string Slow = "canary-slow";

    /// <summary>Retries of the turn; 0 mostly.</summary>
    public const string Retries = "canary-retries";

    /// <summary>1 or 0 for each step, named by the dimension <c>operation</c>.</summary>
    public const string Step = "canary-step-success";

    /// <summary>Turns that were passed over because they were too late.</summary>
    public const string Missed = "canary-missed";

    /// <summary>All values of a turn. Where one host was asked the streams are the host's; a selector that names none takes all hosts together.</summary>
    public static IEnumerable<(MetricStream Stream, double Value)> Of(RunResult run, string service, string partition, string? az)
    {
        var post = new MetricStream(Failed) { Service = service, Partition = partition, Region = run.Post.Region, Az = az, Host = run.Post.Host, Canary = run.Post.Canary, Vantage = run.Post.Vantage.Word() };
        return Values(run).Select(one => (post with { Metric = one.Metric, Operation = one.Operation }, one.Value));
    }

    private static IEnumerable<(string Metric, string? Operation, double Value)> Values(RunResult run)
    {
        yield return (Failed, null, run.State.IsOfTarget() ? 0 : 1);
        if (!run.State.IsOfTarget())
        {
            yield break;
        }

        yield return (Success, null, run.State.IsServed() ? 1 : 0);
        yield return (Retries, null, run.Attempts - 1);
        if (run.State.IsServed() || run.State == RunState.Slow)
        {
            yield return (Time, null, run.FromIntended.TotalMilliseconds);
            yield return (Slow, null, run.State == RunState.Slow ? 1 : 0);
        }

        foreach (var step in run.Steps)
        {
            yield return (Step, step.Name, step.State == RunState.Passed ? 1 : 0);
        }
    }
}
