using OpsConsole.Engine.Fleet;
using OpsConsole.Engine.Journal;

namespace OpsConsole.Tests.Scenarios;

/// <summary>The network between the scripted hosts and the engine: hands over the replies that are due at the beginning of each tick.</summary>
internal sealed class RepliesPart(IHostReports reports, ScriptedHosts hosts) : ITickPart
{
    public ValueTask TickAsync(DateTimeOffset now, CancellationToken cancel)
    {
        foreach (var (region, report) in hosts.Due())
        {
            reports.Report(region, report);
        }

        return ValueTask.CompletedTask;
    }
}
