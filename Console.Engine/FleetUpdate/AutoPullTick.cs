using OpsConsole.Domain.Access;
using OpsConsole.Domain.Cord;
using OpsConsole.Domain.Fleet;
using OpsConsole.Domain.FleetUpdate.Pulls;
using OpsConsole.Domain.Journal;
using OpsConsole.Engine.Journal;

namespace OpsConsole.Engine.FleetUpdate;

/// <summary>Pulls the cord for what it finds, once a second: which causes have pulled is in the cord's state, so that a killed engine pulls none twice.</summary>
public sealed class AutoPullTick(IStates states, ICommands commands, StoreSights sights) : ITickPart
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(1);
    private DateTimeOffset _looked;

    public async ValueTask TickAsync(DateTimeOffset now, CancellationToken cancel)
    {
        if (now - _looked < Every)
        {
            return;
        }

        _looked = now;
        foreach (var fleet in states.All<RegionFleet>(FleetStreams.Family).Select(one => one.State).OrderBy(one => one.Region, StringComparer.Ordinal))
        {
            var input = PullInput.Of(states, fleet.Region, [], now);
            var step = AutoPulls.Of(input with { Stores = sights.Of(input) });
            foreach (var cause in step.Pull)
            {
                await SendAsync(new PullForCause(cause, fleet.Partition), cause.Words, cancel).ConfigureAwait(false);
            }

            if (!step.Clear.IsEmpty)
            {
                await SendAsync(new RearmCauses(step.Clear), "they hold no more", cancel).ConfigureAwait(false);
            }
        }
    }

    /// <summary>What is refused is found again at the next look.</summary>
    private async Task SendAsync(ICommand command, string why, CancellationToken cancel) =>
        await commands.SendAsync(new(command, Actor.Engine, why, Cause: "automatic pull"), cancel).ConfigureAwait(false);
}
