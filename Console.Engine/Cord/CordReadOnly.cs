using OpsConsole.Domain.Access;
using OpsConsole.Domain.Cord;
using OpsConsole.Domain.Fleet;
using OpsConsole.Domain.Journal;
using OpsConsole.Engine.Journal;

namespace OpsConsole.Engine.Cord;

/// <summary>Carries a read-only pull to the hosts of its scope, and its release back.</summary>
internal sealed class CordReadOnly(IStates states, ICommands commands) : ITickPart
{
    /// <summary>Orders in one command; a larger scope takes several ticks.</summary>
    private const int Most = 5_000;

    private long _settledEpoch = -1;
    private bool _settled;

    public async ValueTask TickAsync(DateTimeOffset now, CancellationToken cancel)
    {
        var cord = states.Get<CordState>(CordStreams.Only);
        var holding = cord.InForce.Any(pull => pull.Mode == CordMode.ReadOnly);
        if (!holding && _settled && _settledEpoch == cord.Epoch)
        {
            return;
        }

        var quiet = true;
        foreach (var region in states.All<RegionFleet>(FleetStreams.Family))
        {
            var due = ReadOnlyPlan.Due(cord, region.State, Most);
            quiet &= due.IsEmpty && !region.State.ActiveVisits.Any(visit => visit.Purpose == VisitPurpose.ReadOnlyOn);
            if (!due.IsEmpty)
            {
                await commands.SendAsync(new CommandRequest(new BeginVisits(region.State.Region, due, cord.Epoch), Actor.Engine, Cause: "cord"), cancel).ConfigureAwait(false);
            }
        }

        (_settled, _settledEpoch) = (quiet, cord.Epoch);
    }
}
