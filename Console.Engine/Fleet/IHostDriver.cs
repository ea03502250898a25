using OpsConsole.Domain.Fleet;

namespace OpsConsole.Engine.Fleet;

/// <summary>
/// Carries out commands on hosts of one kind: drain, install, start, verify, restore, read-only on and off. Every command has a fencing token
/// and a deadline and is idempotent: the same id again is answered as before and done once. Only the host gate calls this.
/// </summary>
public interface IHostDriver
{
    HostDriver Kind { get; }

    /// <summary>Hands the command over and returns at once, without I/O on the caller's thread; called for several regions at a time. The answer comes through <see cref="IHostReports"/>, perhaps late, twice or never.</summary>
    void Send(HostCommand command);
}

/// <summary>Where drivers hand in what hosts answered. Never blocks, never throws; reports are grouped into commands by the tick.</summary>
public interface IHostReports
{
    void Report(string region, StepReport report);
}
