using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace OpsConsole.Engine.Live;

/// <summary>Flushes the topics a moment after something changed, so that a burst becomes one batch, and beats the engine's pulse once a second.</summary>
public sealed partial class TopicPump(TopicBook book, TimeProvider clock, ILogger<TopicPump> log) : BackgroundService
{
    /// <summary>How long changes are gathered into one delta.</summary>
    public static readonly TimeSpan Gather = TimeSpan.FromMilliseconds(60);

    private volatile bool _waiting;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        book.OnWaiting(() => _waiting = true);
        using var timer = new PeriodicTimer(Gather, clock);
        var pulse = clock.GetUtcNow();
        while (await timer.WaitForNextTickAsync(stoppingToken).ConfigureAwait(false))
        {
            if (clock.GetUtcNow() - pulse >= EngineTopic.Every)
            {
                pulse = clock.GetUtcNow();
                book.Touch(EngineTopic.Name, EngineTopic.Key);
            }

            if (_waiting)
            {
                _waiting = false;
                FlushOnce();
            }
        }
    }

    private void FlushOnce()
    {
        try
        {
            book.Flush();
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            LogFlushFailed(e);
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "a live topic could not be read; it is tried again at its next change")]
    private partial void LogFlushFailed(Exception e);
}
