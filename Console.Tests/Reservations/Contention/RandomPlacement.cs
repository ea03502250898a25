using System.Collections.Immutable;
using OpsConsole.Domain.Fleet;
using OpsConsole.Domain.Reservations.Safety;

namespace OpsConsole.Tests.Reservations.Contention;

/// <summary>
/// 36 storage hosts in three AZs, and sets of nine shards, three in each AZ, of which any five are enough with an AZ lost besides; some sets have local groups. Half of the worlds state a steady tier of one
/// more loss, half what their hosts hold and have free. Most hosts run <see cref="NewRelease"/>, which no AZ has been through.
/// </summary>
internal sealed record RandomPlacement(ImmutableArray<Host> Hosts, PlacedSets Sets)
{
    public const string Region = "r1";
    public const string NewRelease = "v2";
    public const long StoredEach = 100;
    private const int PerAz = 12;
    private const int PerRack = 3;
    private const int SetCount = 14;
    private const int LocalCount = 4;

    public static RandomPlacement Of(Random random)
    {
        ImmutableArray<Host> hosts = [.. from az in "abc" from n in Enumerable.Range(0, PerAz) select new Host($"{az}{n}", "p1", Region, $"{Region}{az}", $"k{n / PerRack}", HostRole.Storage, "storage", n % 2 == 0 ? "m1" : "m2", n % 3, HostDriver.Simulated) { Release = random.Next(8) == 0 ? "v1" : NewRelease }];
        var sets = Enumerable.Range(0, SetCount + LocalCount)
            .Select(n => new PlacedSet($"s{n}", [.. "abc".SelectMany(az => Enumerable.Range(0, PerAz).OrderBy(_ => random.Next()).Take(3).Select(host => $"{az}{host}"))], n < SetCount ? 5 : 4) { Groups = n < SetCount ? [] : Groups(random) })
            .ToImmutableArray();
        return new(hosts, new(1, null, [new(true, 0)], sets)
        {
            Steady = random.Next(2) == 0 ? [new(true, 1)] : [],
            Bytes = random.Next(2) == 0 ? new(null, hosts.ToDictionary(host => host.Id, _ => new HostBytes(StoredEach, random.Next(10, 40)))) : null,
        });
    }

    /// <summary>LRC(4,2,3), its shards in any order.</summary>
    private static ImmutableArray<ImmutableArray<int>> Groups(Random random)
    {
        var places = Enumerable.Range(0, 9).ToArray();
        random.Shuffle(places);
        return [[.. places[..3]], [.. places[3..6]]];
    }
}
