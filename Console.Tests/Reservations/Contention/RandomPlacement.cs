using System.Collections.Immutable;
using OpsConsole.Domain.Fleet;
using OpsConsole.Domain.Reservations.Safety;

namespace OpsConsole.Tests.Reservations.Contention;

/// <summary>36 storage hosts in three AZs, and sets of nine shards, three in each AZ, of which any five are enough with an AZ lost besides.</summary>
internal sealed record RandomPlacement(ImmutableArray<Host> Hosts, PlacedSets Sets)
{
    public const string Region = "r1";
    private const int PerAz = 12;
    private const int PerRack = 3;
    private const int SetCount = 14;

    public static RandomPlacement Of(Random random)
    {
        ImmutableArray<Host> hosts = [.. from az in "abc" from n in Enumerable.Range(0, PerAz) select new Host($"{az}{n}", "p1", Region, $"{Region}{az}", $"k{n / PerRack}", HostRole.Storage, "storage", n % 2 == 0 ? "m1" : "m2", n % 3, HostDriver.Simulated)];
        var sets = Enumerable.Range(0, SetCount)
            .Select(n => new PlacedSet($"s{n}", [.. "abc".SelectMany(az => Enumerable.Range(0, PerAz).OrderBy(_ => random.Next()).Take(3).Select(host => $"{az}{host}"))], 5))
            .ToImmutableArray();
        return new(hosts, new(1, null, [new(true, 0)], sets));
    }
}
