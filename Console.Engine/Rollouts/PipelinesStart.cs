using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OpsConsole.Domain.Journal;
using OpsConsole.Engine.Journal;

namespace OpsConsole.Engine.Rollouts;

/// <summary>Saves the shipped pipelines at the first start.</summary>
internal sealed partial class PipelinesStart(ICommands commands, IStates states, ILogger<PipelinesStart> log) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        foreach (var rejection in await ShippedPipelines.SeedAsync(commands, states, stoppingToken).ConfigureAwait(false))
        {
            LogRefused(rejection.ToString());
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "A shipped pipeline was not saved: {Rejection}")]
    private partial void LogRefused(string rejection);
}
