using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OpsConsole.Domain.Access;
using OpsConsole.Domain.Canaries;
using OpsConsole.Domain.Journal;
using OpsConsole.Engine.Journal;

namespace OpsConsole.Engine.Canaries;

/// <summary>Puts the worlds' canaries at the first start. One that a person changed stays changed; one that was removed stays away.</summary>
internal sealed partial class ShippedCanariesStart(IEnumerable<IShippedCanaries> worlds, IStates states, ICommands commands, TimeProvider clock, ILogger<ShippedCanariesStart> log) : BackgroundService
{
    private static readonly TimeSpan Again = TimeSpan.FromSeconds(2);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        foreach (var canary in worlds.SelectMany(world => world.All))
        {
            while (IsNew(canary.Name)
                && (await commands.SendAsync(new CommandRequest(new PutCanary(canary), Actor.Engine, "a canary that ships with its world", Cause: "start"), stoppingToken).ConfigureAwait(false)).Rejection is { } refused)
            {
                LogRefused(canary.Name, refused.ToString());
                if (refused.Kind != RejectionKind.Unavailable)
                {
                    break;
                }

                await Task.Delay(Again, clock, stoppingToken).ConfigureAwait(false);
            }
        }
    }

    private bool IsNew(string name) => states.Get<CanaryBook>(CanaryStreams.Only) is var book && !book.Canaries.ContainsKey(name) && !book.Removed.Contains(name);

    [LoggerMessage(Level = LogLevel.Warning, Message = "the canary {Canary} was not put: {Why}")]
    private partial void LogRefused(string canary, string why);
}
