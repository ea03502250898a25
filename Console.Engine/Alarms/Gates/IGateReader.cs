using OpsConsole.Domain.Alarms;

namespace OpsConsole.Engine.Alarms.Gates;

/// <summary>Reads gates that are about more than hosts' health. It does not wait: what is slow is read ahead.</summary>
public interface IGateReader
{
    bool Reads(Gate gate);

    /// <summary>The gate's reading in a window; without a value where nothing is known, and with a failure where the source failed.</summary>
    /// <param name="changedAt">When the last of the judged hosts was changed; null where none was.</param>
    Reading Read(Gate gate, GatePlace place, DateTimeOffset from, DateTimeOffset to, DateTimeOffset? changedAt);
}
