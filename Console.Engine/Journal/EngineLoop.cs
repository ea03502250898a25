using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace OpsConsole.Engine.Journal;

/// <summary>The tick: runs every part in order, again and again, never two at once. A part that fails is logged and tried again at the next tick.</summary>
public sealed partial class EngineLoop(IEnumerable<ITickPart> parts, Heartbeat heartbeat, TimeProvider clock, ILogger<EngineLoop> log) : BackgroundService
{
    public static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(200);

    /// <summary>Runs one tick now: what tests with a manual clock call.</summary>
    public async Task TickOnceAsync(CancellationToken cancel)
    {
        var started = clock.GetTimestamp();
        foreach (var part in parts)
        {
            try
            {
                await part.TickAsync(clock.GetUtcNow(), cancel).ConfigureAwait(false);
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                LogPartFailed(e, part.GetType().Name);
            }
        }

        var took = clock.GetElapsedTime(started);
        EngineMeter.Tick.Record(took.TotalMilliseconds);
        heartbeat.Last = new(clock.GetUtcNow(), took);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken).ConfigureAwait(false))
        {
            await TickOnceAsync(stoppingToken).ConfigureAwait(false);
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "tick part {Part} failed; it is tried again at the next tick")]
    private partial void LogPartFailed(Exception e, string part);
}
