using System.Collections.Immutable;

namespace OpsConsole.Domain.Placement;

/// <summary>Where a shard's copy lies.</summary>
public enum CopyState
{
    InService,

    /// <summary>On a host that is in maintenance or about to be.</summary>
    Maintenance,

    /// <summary>On a host that is leaving for good.</summary>
    Leaving,
}

/// <summary>
/// Whether a set's hosts may be away for maintenance by Apache Ozone's rule, which many clusters keep: with shards in maintenance, as many distinct shards as are needed and a margin
/// besides must be in service. Ours (<see cref="SlackTable"/>, no AZ lost and the margin as extra failures) is as strict on what is in service.
/// </summary>
/// <param name="Copies">Healthy copies; several of one shard may be there.</param>
/// <param name="Unhealthy">Shards of which an unhealthy copy is there.</param>
/// <param name="Adding">Shards of which a copy is being made.</param>
/// <param name="Deleting">Shards of which a copy in service is being deleted: counted as gone.</param>
/// <param name="Margin">Shards in service beyond those needed; at most the code's parity is asked for.</param>
public sealed record MaintenanceCopies(RedundancyCode Code, ImmutableArray<(int Shard, CopyState State)> Copies, ImmutableArray<int> Unhealthy, ImmutableArray<int> Adding, ImmutableArray<int> Deleting, int Margin)
{
    private int Parity => Code.Shards - Code.Needed;

    private int Asked => Math.Min(Parity, Margin);

    /// <param name="withAdding">Copies that are being made count as made.</param>
    public bool Sufficient(bool withAdding = false)
    {
        var (serving, away) = (Serving(withAdding), In(CopyState.Maintenance));
        return serving.Count == Code.Shards || (serving.Union(away).Count == Code.Shards && serving.Count >= Code.Needed + Asked);
    }

    /// <summary>Fewer shards than needed can be reached, wherever they are.</summary>
    public bool Unrecoverable => Reached(withAdding: false).Count < Code.Needed;

    /// <summary>Even with unhealthy copies there are too few.</summary>
    public bool Missing => Reached(withAdding: false).Union(Unhealthy).Count < Code.Needed;

    /// <summary>Shards of which no healthy copy is anywhere.</summary>
    public ImmutableSortedSet<int> Unavailable(bool withAdding = false) => Enumerable.Range(1, Code.Shards).ToImmutableSortedSet().Except(Reached(withAdding));

    /// <summary>Shards that only hosts in maintenance have.</summary>
    public ImmutableSortedSet<int> MaintenanceOnly(bool withAdding = false) => In(CopyState.Maintenance).Except(Serving(withAdding)).Except(In(CopyState.Leaving));

    /// <summary>Shards that only leaving hosts have.</summary>
    public ImmutableSortedSet<int> LeavingOnly(bool withAdding = false) => In(CopyState.Leaving).Except(Serving(withAdding)).Except(In(CopyState.Maintenance));

    /// <summary>Copies that must be made before the hosts may be away.</summary>
    public int ExtraCopies(bool withAdding = false) => Math.Max(0, MaintenanceOnly(withAdding).Count - (Parity - Asked));

    private ImmutableSortedSet<int> Serving(bool withAdding)
    {
        var copies = Copies.Where(copy => copy.State == CopyState.InService).Select(copy => copy.Shard).ToList();
        foreach (var shard in Deleting)
        {
            copies.Remove(shard);
        }

        return [.. copies, .. withAdding ? Adding : []];
    }

    private ImmutableSortedSet<int> In(CopyState state) => [.. Copies.Where(copy => copy.State == state).Select(copy => copy.Shard)];

    private ImmutableSortedSet<int> Reached(bool withAdding) => Serving(withAdding).Union(In(CopyState.Maintenance)).Union(In(CopyState.Leaving));
}

/// <summary>The same for plain replicas.</summary>
/// <param name="Wanted">Copies there should be.</param>
/// <param name="Least">Copies that must be in service while others are in maintenance.</param>
public sealed record MaintenanceReplicas(int InService, int Maintenance, int Adding, int Deleting, int Wanted, int Least)
{
    /// <summary>Copies that lack; below 0 there are too many. What is being made does not count: it may fail.</summary>
    private int Lacking
    {
        get
        {
            var lacking = Wanted - InService;
            return lacking <= 0 || Maintenance == 0 ? lacking : Math.Max(Math.Max(0, lacking - Maintenance), Math.Min(Wanted, Least) - InService);
        }
    }

    public bool Sufficient => Lacking + Deleting <= 0;

    public bool Over => Lacking + Deleting < 0;

    /// <summary>Copies to make now, with those being made; below 0: to delete.</summary>
    public int Additional => Lacking < 0 ? Lacking + Deleting : Math.Max(0, Lacking + Deleting - Adding);
}
