namespace OpsConsole.Engine.Journal;

/// <summary>When the last tick ended, and how long it took. Apart from the loop, which needs every slice: whoever shows the pulse needs none.</summary>
public sealed class Heartbeat
{
    private volatile Beat _last = new(default, default);

    public Beat Last
    {
        get => _last;
        internal set => _last = value;
    }

    public sealed record Beat(DateTimeOffset At, TimeSpan Took);
}
