using OpsConsole.Engine.ProvingGround.Hosting;

namespace OpsConsole.Engine.ProvingGround.Supervision;

/// <summary>One process the supervisor answers for. Starting and stopping it take turns.</summary>
internal sealed class ManagedHost(string id) : IDisposable
{
    private static readonly TimeSpan LongestBackOff = TimeSpan.FromSeconds(30);

    public string Id => id;

    public SemaphoreSlim Turn { get; } = new(1, 1);

    public RunningHost? Running { get; set; }

    /// <summary>Why it does not run, in words; null where it does or was not tried.</summary>
    public string? Trouble { get; private set; }

    /// <summary>Failed or short-lived starts in a row.</summary>
    public int Failures { get; private set; }

    public DateTimeOffset NotBefore { get; private set; }

    public bool Lives => Running is { } running && ProcessTable.Lives(running);

    public void CameUp(RunningHost running) => (Running, Trouble, Failures) = (running, null, 0);

    public void DidNotCome(string why, DateTimeOffset now)
    {
        Failures++;
        (Running, Trouble) = (null, why);
        NotBefore = now + TimeSpan.FromSeconds(Math.Min(LongestBackOff.TotalSeconds, 0.5 * Math.Pow(2, Failures)));
    }

    public void Dispose() => Turn.Dispose();
}
