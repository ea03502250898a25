using OpsConsole.Domain.Canaries;

namespace OpsConsole.Engine.Canaries.Running;

/// <summary>One way for a canary to have something to do: steps, a script, Noodles.</summary>
public interface ICanaryWork
{
    bool Does(Canary canary);

    /// <summary>
    /// Does it once, taking down every step in the attempt, and ends at the first that failed. What it throws is the canary's own fault. It must end soon after
    /// <paramref name="cancel"/>.
    /// </summary>
    Task DoAsync(CanaryAttempt attempt, CancellationToken cancel);
}
