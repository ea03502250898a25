using System.Collections.Immutable;
using System.Net;
using System.Net.Sockets;
using OpsConsole.Engine.ProvingGround.Customers;

namespace OpsConsole.Engine.ProvingGround.Supervision;

/// <summary>Lays the ground out by its options; hosts that were there before keep their ports.</summary>
internal static class GroundPlanner
{
    private const int MostHostsPerAz = 8;

    private static readonly string[] Azs = ["a", "b", "c"];

    public static GroundPlan Make(GroundOptions options, GroundPlan? before)
    {
        if (options.WebHostsPerAz is < 1 or > MostHostsPerAz || options.StorageHostsPerAz is < 1 or > MostHostsPerAz || options.CustomerRate is < 0 or > 2_000)
        {
            throw new ArgumentException($"A proving ground has 1 to {MostHostsPerAz} web and storage hosts in each AZ and 0 to 2000 customers' requests a second.", nameof(options));
        }

        if (options.RepairDelay is { } delay && (delay <= TimeSpan.Zero || delay > TimeSpan.FromDays(1)))
        {
            throw new ArgumentException($"Shards wait for a host for over 0 and up to a day, not {delay}.", nameof(options));
        }

        var profile = CustomerProfiles.Find(options.CustomerProfile) ?? throw new ArgumentException($"There is no customers' profile '{options.CustomerProfile}'; there are {string.Join(", ", CustomerProfiles.All.Select(one => one.Name))}.", nameof(options));
        var ports = new FreePorts(before?.Hosts.ToDictionary(host => host.Id, host => host.Port) ?? []);
        GroundHost Host(string name, GroundRole role, string az, int slot = 0, bool validator = false) => new(name, role, az, slot, ports.For(name), validator);
        var hosts = ImmutableArray.CreateBuilder<GroundHost>();
        foreach (var az in Azs.Select(letter => options.Region + letter))
        {
            var index = Host($"{az}-index-1", GroundRole.Index, az);
            hosts.Add(index with { Founder = before?.Hosts.SingleOrDefault(host => host.Id == index.Id)?.Founder ?? Guid.NewGuid() });
            hosts.AddRange(Enumerable.Range(0, options.StorageHostsPerAz).Select(slot => Host($"{az}-storage-{slot + 1}", GroundRole.Storage, az, slot)));
            hosts.AddRange(Enumerable.Range(0, options.WebHostsPerAz).Select(slot => Host($"{az}-web-{slot + 1}", GroundRole.Web, az, slot)));
        }

        var first = options.Region + Azs[0];
        hosts.Add(Host($"{first}-validator", GroundRole.Web, first, options.WebHostsPerAz, validator: true));
        var router = Host($"{options.Region}-router", GroundRole.Router, first);
        hosts.Add(options.RouterPort > 0 ? router with { Port = options.RouterPort } : router);
        hosts.Add(Host($"{options.Region}-customers", GroundRole.Customers, first));
        return new GroundPlan(options.Partition, options.Region, hosts.ToImmutable()) { Layout = GroundFolder.Layout, CustomerProfile = profile.Name, CustomerRate = options.CustomerRate ?? profile.Rate, Seed = options.Seed, RepairDelay = options.RepairDelay };
    }

    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private sealed class FreePorts(Dictionary<string, int> before)
    {
        private readonly HashSet<int> _given = [.. before.Values];

        public int For(string host)
        {
            if (before.TryGetValue(host, out var kept))
            {
                return kept;
            }

            int port;
            do
            {
                port = FreePort();
            }
            while (!_given.Add(port));
            return port;
        }
    }
}
