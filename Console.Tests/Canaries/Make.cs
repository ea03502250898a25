using OpsConsole.Domain.Canaries;
using OpsConsole.Engine.Canaries.Running;

namespace OpsConsole.Tests.Canaries;

/// <summary>Canaries for tests.</summary>
internal static class Make
{
    public static Canary Canary(string name = "ready", int periodSeconds = 60) =>
        new(name, "web", new CanarySchedule(TimeSpan.FromSeconds(periodSeconds)))
        {
            Steps = [new HttpStep("ask", "GET", "/ready") { Expect = new StepExpectation { Status = [200], Body = "ready" } }],
            Limits = new CanaryLimits { Step = TimeSpan.FromMilliseconds(900), Whole = TimeSpan.FromSeconds(4), Slow = TimeSpan.FromMilliseconds(300) },
        };

    public static RetryPolicy Retry(RetryKind kind) => kind == RetryKind.None ? RetryPolicy.None : new(kind, 1, TimeSpan.FromMilliseconds(20), TimeSpan.FromMilliseconds(50));
}

/// <summary>A runner that is never held up, or always for as long as is said.</summary>
internal sealed class FixedLag(TimeSpan lag = default) : IRunnerLag
{
    public TimeSpan Since(long timestamp) => lag;
}
