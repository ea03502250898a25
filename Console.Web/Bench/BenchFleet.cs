using System.Globalization;
using OpsConsole.Domain.Fleet;
using OpsConsole.Domain.Rehearsal;

namespace OpsConsole.Web.Bench;

/// <summary>Hosts of one role by the ten thousands in each of the simulated world's 39 regions, shared out by the regions' weights.</summary>
internal static class BenchFleet
{
    private const int HostsInRack = 20;
    private const int InBatch = 5_000;

    /// <summary>Commands that place them, region by region.</summary>
    public static IEnumerable<PlaceHosts> Place(int hosts, HostRole role, string instanceType)
    {
        var weights = RehearsalRegions.All.Sum(region => region.Weight);
        var (placed, weight) = (0, 0);
        foreach (var region in RehearsalRegions.All)
        {
            weight += region.Weight;
            var upTo = (int)((long)hosts * weight / weights);
            foreach (var batch in Enumerable.Range(0, upTo - placed).Select(n => HostOf(region, n, role, instanceType)).Chunk(InBatch))
            {
                yield return new(region.Name, region.Partition, [.. batch], []);
            }

            placed = upTo;
        }
    }

    private static Host HostOf(RehearsalRegion region, int n, HostRole role, string instanceType)
    {
        var (az, service) = ($"{region.Name}{"abc"[n % RehearsalRegions.AzsEach]}", FleetWords.Of(role));
        return new(string.Create(CultureInfo.InvariantCulture, $"{az}-{service}-{n:D5}"), region.Partition, region.Name, az, string.Create(CultureInfo.InvariantCulture, $"k{n / HostsInRack:D4}"), role, service, instanceType, n / RehearsalRegions.AzsEach % 9, HostDriver.Simulated)
        {
            Validator = role == HostRole.Web && n == 0,
            Release = RehearsalFleet.FirstRelease,
        };
    }
}
