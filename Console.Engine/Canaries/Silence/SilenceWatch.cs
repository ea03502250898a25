using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace OpsConsole.Engine.Canaries.Silence;

/// <summary>Looks for silent failure every few seconds.</summary>
internal sealed partial class SilenceWatch(SilenceBook book, TimeProvider clock, ILogger<SilenceWatch> log) : BackgroundService
{
    private static readonly TimeSpan Round = TimeSpan.FromSeconds(5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        using var timer = new PeriodicTimer(Round, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken).ConfigureAwait(false))
        {
            try
            {
                book.Look();
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                LogFailed(e);
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "traffic could not be looked at; it is tried again in a moment")]
    private partial void LogFailed(Exception why);
}
