using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OpsConsole.Engine.Live;

namespace OpsConsole.Engine.Durability;

/// <summary>Looks at the stores every two seconds and tells the live topic which changed.</summary>
public sealed partial class DurabilityWatch(DurabilityBook book, TopicBook topics, TimeProvider clock, ILogger<DurabilityWatch> log) : BackgroundService
{
    public static readonly TimeSpan Round = TimeSpan.FromSeconds(2);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        using var timer = new PeriodicTimer(Round, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken).ConfigureAwait(false))
        {
            try
            {
                foreach (var store in book.Look())
                {
                    topics.Touch(DurabilityTopic.Name, store.ToString());
                }
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                LogFailed(e);
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "the stores could not be looked at; their durability stays as it was")]
    private partial void LogFailed(Exception why);
}
