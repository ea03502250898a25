namespace OpsConsole.Domain.Placement;

/// <summary>Fleets of any size with every host full: as many sets on each, as many shards of a set in each of three AZs.</summary>
/// <param name="Hosts">At least; the fleet has the next multiple of the code's shards.</param>
/// <param name="SetsPerHost">Shards on each host, 1 to 1,000.</param>
/// <param name="PerAz">Shards of a set in each AZ, 1 to 15.</param>
public sealed record GeneratedPlacement(int Hosts, int SetsPerHost, int PerAz, PlacementKind Kind, int Seed)
{
    /// <summary>Shuffles of a copyset placement.</summary>
    public const int Shuffles = 4;

    private const int HostsInRack = 40;

    public PlacementMap Make()
    {
        var columns = (Hosts + (SetState.Azs * PerAz) - 1) / (SetState.Azs * PerAz);
        var inAz = columns * PerAz;
        var all = inAz * SetState.Azs;
        var sets = new int[checked(all * SetsPerHost)];
        for (var az = 0; az < SetState.Azs; az++)
        {
            Fill(sets, az * inAz, columns, new Random(HashCode(az)));
        }

        return new(
            [.. Enumerable.Range(0, all).Select(host => (byte)(host / inAz))],
            [.. Enumerable.Range(0, all).Select(host => host % inAz / HostsInRack)],
            [.. Enumerable.Range(0, all).Select(host => host % PerAz)],
            [.. Enumerable.Range(0, all + 1).Select(host => host * SetsPerHost)],
            sets,
            checked(columns * SetsPerHost));
    }

    /// <summary>In each round every host of the AZ gets one shard: the hosts are put in an order and cut into columns, one for each of the round's sets.</summary>
    private void Fill(int[] sets, int first, int columns, Random random)
    {
        var order = Enumerable.Range(0, columns * PerAz).ToArray();
        var shuffled = Kind == PlacementKind.Copysets ? Enumerable.Range(0, Shuffles).Select(_ => Shuffle([.. order], random)).ToArray() : [];
        for (var round = 0; round < SetsPerHost; round++)
        {
            var at = Kind == PlacementKind.Copysets ? shuffled[round % Shuffles] : Shuffle(order, random);
            for (var place = 0; place < at.Length; place++)
            {
                sets[((first + at[place]) * SetsPerHost) + round] = (round * columns) + (Kind == PlacementKind.Classes ? place % columns : place / PerAz);
            }
        }
    }

    /// <summary>Host numbers in an AZ, class by class for <see cref="PlacementKind.Classes"/>: then each class fills its own columns.</summary>
    private int[] Shuffle(int[] order, Random random)
    {
        if (Kind != PlacementKind.Classes)
        {
            random.Shuffle(order);
            return order;
        }

        var columns = order.Length / PerAz;
        for (var positionClass = 0; positionClass < PerAz; positionClass++)
        {
            var hosts = order.AsSpan(positionClass * columns, columns);
            for (var i = 0; i < columns; i++)
            {
                hosts[i] = (i * PerAz) + positionClass;
            }

            random.Shuffle(hosts);
        }

        return order;
    }

    private int HashCode(int az) => unchecked((Seed * 31) + az + 1);
}
