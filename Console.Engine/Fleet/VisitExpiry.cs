using OpsConsole.Domain.Access;
using OpsConsole.Domain.Fleet;
using OpsConsole.Domain.Journal;
using OpsConsole.Engine.Journal;

namespace OpsConsole.Engine.Fleet;

/// <summary>Ends visits whose deadline has passed. A tick in which nothing is due costs one comparison a region.</summary>
public sealed class VisitExpiry(IStates states, ICommands commands, VisitDeadlines deadlines) : ITickPart
{
    public async ValueTask TickAsync(DateTimeOffset now, CancellationToken cancel)
    {
        var due = states.All<RegionFleet>(FleetStreams.Family).Select(one => one.State).Where(fleet => !fleet.Active.IsEmpty && deadlines.Next(fleet) <= now).ToArray();
        await Task.WhenAll(due.Select(fleet => ExpireAsync(fleet.Region, cancel))).ConfigureAwait(false);
    }

    private async Task ExpireAsync(string region, CancellationToken cancel)
    {
        await commands.SendAsync(new CommandRequest(new ExpireVisits(region), Actor.Engine, Cause: "tick"), cancel).ConfigureAwait(false);
        deadlines.Forget(region);
    }
}
