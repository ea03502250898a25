using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OpsConsole.Engine.Journal;

namespace OpsConsole.Engine.Rehearsal;

/// <summary>Seeds the simulated world at every start; on a world already in place it changes nothing.</summary>
internal sealed partial class RehearsalStart(RehearsalWorld world, ICommands commands, ILogger<RehearsalStart> log) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        foreach (var rejection in await world.SeedAsync(commands, stoppingToken).ConfigureAwait(false))
        {
            LogRefused(rejection.ToString());
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The simulated fleet is incomplete: {Rejection}")]
    private partial void LogRefused(string rejection);
}
