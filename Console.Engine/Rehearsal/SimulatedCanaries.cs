using OpsConsole.Domain.Canaries;
using OpsConsole.Domain.Rehearsal;
using OpsConsole.Engine.Canaries;

namespace OpsConsole.Engine.Rehearsal;

/// <summary>One canary for the simulated fleet, in each of its regions and from every vantage point.</summary>
internal sealed class SimulatedCanaries : IShippedCanaries
{
    public IEnumerable<Canary> All =>
    [
        new("simulated-ready", "web", new CanarySchedule(TimeSpan.FromMinutes(1)))
        {
            About = "Asks the simulated fleet whether it answers. Nothing is sent anywhere.",
            Steps = [new HttpStep("ready", "GET", "/ready") { Expect = new StepExpectation { Status = [200], Body = "ready" } }],
            Regions = [.. RehearsalRegions.All.Select(region => region.Name)],
        },
    ];
}
