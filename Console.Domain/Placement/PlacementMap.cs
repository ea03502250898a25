namespace OpsConsole.Domain.Placement;

/// <summary>
/// Which sets have a shard on which host, for a region of up to millions of hosts and tens of millions of sets of one code: hosts and sets are numbers, and the sets of a
/// host lie in a row. One shard of a set is on one host, at most.
/// </summary>
public sealed class PlacementMap
{
    private readonly int[] _firsts;
    private readonly int[] _sets;

    /// <param name="azOf">By host: 0 to 2.</param>
    /// <param name="rackOf">By host.</param>
    /// <param name="classOf">By host: its position class.</param>
    /// <param name="firsts">By host: where its sets begin in <paramref name="sets"/>; one more entry than hosts, the last one the end.</param>
    /// <param name="sets">Numbers of sets, host by host.</param>
    public PlacementMap(byte[] azOf, int[] rackOf, int[] classOf, int[] firsts, int[] sets, int setCount)
    {
        if (rackOf.Length != azOf.Length || classOf.Length != azOf.Length || firsts.Length != azOf.Length + 1 || firsts[^1] != sets.Length)
        {
            throw new ArgumentException($"{azOf.Length} hosts have {rackOf.Length} racks, {classOf.Length} classes, {firsts.Length} rows and {sets.Length} shards.", nameof(firsts));
        }

        (AzOf, RackOf, ClassOf, _firsts, _sets, Sets) = (azOf, rackOf, classOf, firsts, sets, setCount);
    }

    public int Hosts => AzOf.Length;

    public int Sets { get; }

    public byte[] AzOf { get; }

    public int[] RackOf { get; }

    public int[] ClassOf { get; }

    /// <summary>The sets that have a shard on the host.</summary>
    public ReadOnlySpan<int> SetsOf(int host) => _sets.AsSpan(_firsts[host], _firsts[host + 1] - _firsts[host]);

    /// <summary>From small examples, set by set.</summary>
    /// <param name="hosts">AZ, rack and class of each.</param>
    /// <param name="sets">The hosts of each set, each host once.</param>
    public static PlacementMap Of(IReadOnlyList<(int Az, int Rack, int Class)> hosts, IReadOnlyList<IReadOnlyList<int>> sets)
    {
        var rows = hosts.Select(_ => new List<int>()).ToArray();
        for (var set = 0; set < sets.Count; set++)
        {
            foreach (var host in sets[set])
            {
                rows[host].Add(set);
            }
        }

        var firsts = new int[hosts.Count + 1];
        for (var host = 0; host < rows.Length; host++)
        {
            firsts[host + 1] = firsts[host] + rows[host].Count;
        }

        return new([.. hosts.Select(host => (byte)host.Az)], [.. hosts.Select(host => host.Rack)], [.. hosts.Select(host => host.Class)], firsts, [.. rows.SelectMany(row => row)], sets.Count);
    }
}
