using System.Collections.Immutable;
using System.Globalization;
using OpsConsole.Domain.Fleet;

namespace OpsConsole.Domain.Rehearsal;

/// <summary>Makes the simulated fleet. The same size and seed make the same hosts; every one is driven by, and labelled, <see cref="HostDriver.Simulated"/>.</summary>
/// <param name="Hosts">How many in all, from <see cref="Fewest"/> to <see cref="MostHosts"/>.</param>
public sealed record RehearsalFleet(int Hosts, int Seed)
{
    public const int DefaultHosts = 12_000;
    public const int MostHosts = 1_000_000;

    /// <summary>What every host runs at the beginning.</summary>
    public const string FirstRelease = "sim-1.0.0";

    private const int FewestInRegion = 15;
    private const int HostsInRack = 20;
    private const int PositionClasses = 9;

    private static readonly ImmutableArray<(HostRole Role, int Share)> Roles = [(HostRole.Web, 25), (HostRole.Index, 15), (HostRole.Storage, 60)];

    /// <summary>Room for each role in each AZ of each region.</summary>
    public static int Fewest { get; } = FewestInRegion * RehearsalRegions.All.Length;

    /// <summary>Each region with its hosts, made as they are asked for: a million need not be in memory at once.</summary>
    public IEnumerable<(RehearsalRegion Region, ImmutableArray<Host> Hosts)> Regions()
    {
        if (Hosts < Fewest || Hosts > MostHosts)
        {
            throw new ArgumentOutOfRangeException(nameof(Hosts), Hosts, string.Create(CultureInfo.InvariantCulture, $"a rehearsal has {Fewest:N0} to {MostHosts:N0} hosts"));
        }

        var weights = RehearsalRegions.All.Sum(region => region.Weight);
        var extra = Hosts - Fewest;
        var rest = extra - RehearsalRegions.All.Sum(region => Share(extra, region.Weight, weights));
        foreach (var region in RehearsalRegions.All)
        {
            var one = rest > 0 ? 1 : 0;
            rest -= one;
            yield return (region, HostsOf(region, FewestInRegion + Share(extra, region.Weight, weights) + one));
        }
    }

    private static int Share(int all, int weight, int weights) => (int)((long)all * weight / weights);

    private ImmutableArray<Host> HostsOf(RehearsalRegion region, int count)
    {
        var hosts = ImmutableArray.CreateBuilder<Host>(count);
        for (var az = 0; az < RehearsalRegions.AzsEach; az++)
        {
            AddAz(hosts, region, $"{region.Name}{(char)('a' + az)}", (count / RehearsalRegions.AzsEach) + (az < count % RehearsalRegions.AzsEach ? 1 : 0), first: az == 0);
        }

        return hosts.MoveToImmutable();
    }

    private void AddAz(ImmutableArray<Host>.Builder hosts, RehearsalRegion region, string az, int count, bool first)
    {
        var chance = new Chance(Seed);
        var place = 0;
        foreach (var (role, share) in Roles)
        {
            var service = role.ToString().ToLowerInvariant();
            var ofRole = role == HostRole.Storage ? count - place : Math.Max(1, count * share / 100);
            for (var n = 1; n <= ofRole; n++, place++)
            {
                var id = $"{az}-{service}-{n:D5}";
                hosts.Add(new Host(id, region.Partition, region.Name, az, $"k{(place / HostsInRack) + 1:D4}", role, service, InstanceType(role, chance.Of("type", id)), place % PositionClasses, HostDriver.Simulated)
                {
                    // One a region and stateless service; the web role is the one stateless service.
                    Validator = first && role == HostRole.Web && n == 1,
                    Release = FirstRelease,
                });
            }
        }
    }

    private static string InstanceType(HostRole role, double chance) =>
        role switch
        {
            HostRole.Web => chance < 0.5 ? "c7g.4xlarge" : chance < 0.8 ? "c6i.4xlarge" : "c7i.8xlarge",
            HostRole.Index => chance < 0.6 ? "r7g.8xlarge" : "r6i.8xlarge",
            _ => chance < 0.45 ? "d3en.12xlarge" : chance < 0.8 ? "i4g.16xlarge" : chance < 0.95 ? "d3.8xlarge" : "i3en.24xlarge",
        };
}
