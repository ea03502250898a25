using System.Collections.Concurrent;
using System.Collections.Immutable;
using OpsConsole.Domain.Fleet;
using OpsConsole.Engine.Fleet;
using OpsConsole.Engine.Journal;

namespace OpsConsole.Engine.Rehearsal;

/// <summary>
/// Hosts that exist in memory only, for rehearsals and scale. Answers lie in one queue a region by due time, which the tick empties: no timer a host. What befalls
/// a visit follows from the seed and its id, so a world that was killed and started again goes on to the same end.
/// </summary>
public sealed class SimulatedDriver(SimulationOptions options, IHostReports reports, TimeProvider clock, IRegionWork work) : IHostDriver, ITickPart
{
    private readonly ConcurrentDictionary<string, SimulatedRegion> _regions = new();

    public HostDriver Kind => HostDriver.Simulated;

    /// <summary>Orders that are being carried out now.</summary>
    public int InFlight => _regions.Values.Sum(region => region.InFlight);

    public void Send(HostCommand command) => RegionOf(command.Host.Region).Send(command);

    public async ValueTask TickAsync(DateTimeOffset now, CancellationToken cancel) =>
        await work.ForEachAsync(
            [.. _regions.Values.OrderBy(region => region.Name, StringComparer.Ordinal)],
            region =>
            {
                region.Answer(now);
                return Task.CompletedTask;
            }).ConfigureAwait(false);

    /// <summary>By host, as asked: the release it runs where the simulation has touched it since its start; else null.</summary>
    internal string?[] ReleasesOf(string region, ImmutableArray<Host> hosts) => RegionOf(region).ReleasesOf(hosts);

    private SimulatedRegion RegionOf(string name) => _regions.GetOrAdd(name, region => new SimulatedRegion(region, options, reports, clock));
}
