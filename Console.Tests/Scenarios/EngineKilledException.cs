namespace OpsConsole.Tests.Scenarios;

/// <summary>The engine died here. A cancellation, because the tick swallows every other exception.</summary>
public sealed class EngineKilledException : OperationCanceledException
{
    public EngineKilledException()
    {
    }

    public EngineKilledException(string message)
        : base(message)
    {
    }

    public EngineKilledException(string message, Exception inner)
        : base(message, inner)
    {
    }
}
