namespace OpsConsole.Domain.Canaries.Runs;

/// <summary>How a step ended, as the wire showed it: facts, not yet a judgement.</summary>
public enum StepEnd
{
    Right,

    /// <summary>A complete answer that is not what it must be.</summary>
    Wrong,

    /// <summary>What came back is no HTTP, or no TLS one can trust.</summary>
    Garbled,

    Refused,

    /// <summary>The connection was closed before the answer was complete.</summary>
    BrokenOff,

    TimedOut,

    /// <summary>The name was not resolved.</summary>
    NoName,

    /// <summary>This machine had no port, memory or file left for the request.</summary>
    NoRoom,

    /// <summary>The canary's own code threw.</summary>
    Threw,
}

/// <summary>One step of one attempt.</summary>
/// <param name="Took">From sending to the end of the answer.</param>
/// <param name="Lag">The longest the runner itself was held up meanwhile.</param>
/// <param name="Detail">Such as <c>expected 200, got 503</c>.</param>
public sealed record StepResult(string Name, StepEnd End, TimeSpan Took, TimeSpan Lag, string Detail)
{
    /// <summary>What the step says, on its own.</summary>
    public RunState State { get; init; } = RunState.Passed;
}
