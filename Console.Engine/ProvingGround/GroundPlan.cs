using System.Collections.Immutable;

namespace OpsConsole.Engine.ProvingGround;

public enum GroundRole
{
    /// <summary>Stateless: speaks S3, keeps nothing.</summary>
    Web,

    /// <summary>Keeps shards of objects on its own disk.</summary>
    Storage,

    /// <summary>A member of the quorum that keeps what the store knows of buckets, objects and uploads; one in each AZ.</summary>
    Index,

    /// <summary>The front door: spreads customers' requests over the web hosts by weight.</summary>
    Router,

    /// <summary>The customers: a traffic generator outside the console, so that a console restart does not hide what they see.</summary>
    Customers,
}

/// <summary>One process of the proving ground.</summary>
/// <param name="Slot">Its place within its AZ, from 0.</param>
/// <param name="Port">On loopback; kept over restarts.</param>
/// <param name="Validator">A web host that no customer is routed to.</param>
public sealed record GroundHost(string Id, GroundRole Role, string Az, int Slot, int Port, bool Validator = false)
{
    /// <summary>Of an index host: the incarnation it began with when the ground was made; null for the others.</summary>
    public Guid? Founder { get; init; }

    public Uri Address => new($"http://127.0.0.1:{Port}");
}

/// <summary>What the ground consists of: written by the supervisor, read by every process of the ground.</summary>
public sealed record GroundPlan(string Partition, string Region, ImmutableArray<GroundHost> Hosts)
{
    /// <summary>As <see cref="GroundFolder.Layout"/>.</summary>
    public int Layout { get; init; }

    /// <summary>Requests the customers send each second, 0 to 2,000.</summary>
    public int CustomerRate { get; init; }

    /// <summary>Name of the profile they follow, as in <see cref="Customers.CustomerProfiles"/>; null in plans of before there were any.</summary>
    public string? CustomerProfile { get; init; }

    /// <summary>How long shards wait for a host that does not answer; null for the usual time.</summary>
    public TimeSpan? RepairDelay { get; init; }

    /// <summary>Seed of the customers' traffic.</summary>
    public int Seed { get; init; }

    public GroundHost this[string id] => Hosts.Single(host => host.Id == id);

    public GroundHost Router => Hosts.Single(host => host.Role == GroundRole.Router);

    public IEnumerable<GroundHost> Of(GroundRole role) => Hosts.Where(host => host.Role == role);

    public bool Has(string id) => Hosts.Any(host => host.Id == id);
}
