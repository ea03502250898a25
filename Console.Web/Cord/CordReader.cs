using OpsConsole.Domain.Cord;
using OpsConsole.Domain.Journal;
using OpsConsole.Engine.Cord;
using OpsConsole.Engine.Fleet;
using OpsConsole.Engine.Live;

namespace OpsConsole.Web.Cord;

/// <summary>Reads the cord once for all circuits.</summary>
public sealed class CordReader
{
    private readonly Shared<CordModel> _shared;

    public CordReader(IStates states, HostGate gate, FleetSummaries fleet, LiveFeed feed, TimeProvider clock) =>
        _shared = new(feed, clock, () => new(states.Get<CordState>(CordStreams.Only), [.. gate.InFlight()], fleet.Now));

    public CordModel Read() => _shared.Get().Value;
}
