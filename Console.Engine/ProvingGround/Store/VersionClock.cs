namespace OpsConsole.Engine.ProvingGround.Store;

/// <summary>Makes versions: microseconds since 1970 times 64, plus the writer's number (0 to 63), always rising, so that no two writers make the same.</summary>
public sealed class VersionClock(TimeProvider clock, int writer)
{
    private const int Writers = 64;

    private readonly Lock _lock = new();
    private long _last;

    /// <summary>A version above <paramref name="above"/> and above every earlier one of this writer.</summary>
    public long Next(long above = 0)
    {
        lock (_lock)
        {
            var micros = (clock.GetUtcNow() - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond;
            var floor = Math.Max(above, _last) / Writers;
            return _last = (Math.Max(micros, floor + 1) * Writers) + writer;
        }
    }
}
