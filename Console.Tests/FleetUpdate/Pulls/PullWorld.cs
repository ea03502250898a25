using System.Collections.Immutable;
using Microsoft.Extensions.DependencyInjection;
using OpsConsole.Domain.Cord;
using OpsConsole.Domain.Durability;
using OpsConsole.Domain.Durability.Sets;
using OpsConsole.Domain.Placement;
using OpsConsole.Domain.Reservations;
using OpsConsole.Domain.Reservations.Safety;
using OpsConsole.Engine.Durability;
using OpsConsole.Engine.Journal;
using OpsConsole.Tests.FleetUpdate.Running;

namespace OpsConsole.Tests.FleetUpdate.Pulls;

/// <summary>Maintenance of a store that the test lets lose hosts, and whose word the test lets grow old.</summary>
internal sealed class PullWorld : IPlacementSource, ISafetyAuthority
{
    private static readonly ImmutableArray<string> Azs = ["eua", "eub", "euc"];
    private StorePlacement? _now;

    private PullWorld()
    {
    }

    public MaintenanceWorld Maintenance { get; private set; } = null!;

    public CordState Cord => Maintenance.Scenario.States.Get<CordState>(CordStreams.Only);

    public string Name => "the test's store";

    public DateTimeOffset? ToldAt { get; set; }

    public IEnumerable<StoreName> Stores => [new("storage", MaintenanceWorld.Region)];

    public static async Task<PullWorld> StartedAsync(AutoPullPolicy? policy = null, int killAfter = 0)
    {
        var world = new PullWorld();
        world.Maintenance = await MaintenanceWorld.StartedAsync(
            killAfter, policy: new() { CasualtyBudget = 100, OfflineShare = 1, MaxPerRack = null, PlacementMaxAge = TimeSpan.FromSeconds(10), AutoPull = policy ?? new() }, authority: world,
            more: services => services.AddSingleton<IPlacementSource>(world).AddSingleton<ITickPart, LookPart>());
        world.Maintenance.Scenario.Step = TimeSpan.FromSeconds(2);
        world.Lose();
        return world;
    }

    /// <summary>So many hosts, of the first AZ first, do not answer their store. Every set has one shard on each of the nine, and needs five.</summary>
    public void Lose(int hosts = 0)
    {
        var placed = Azs.SelectMany((az, at) => Enumerable.Range(1, 3).Select(n => new PlacedHost($"{az[2..]}{n}", at, $"r{n}", n)));
        _now = new(_now?.Placement ?? new(RedundancyCode.ReedSolomon(5, 4), Azs, [.. placed], [.. Enumerable.Range(0, 9)], 1), [.. Enumerable.Range(0, hosts)], "commercial", Simulated: true, At: null, new FailureAssumptions());
    }

    public StorePlacement? Now(StoreName store) => store.Region == MaintenanceWorld.Region && store.Service == "storage" ? _now : null;

    public SafetyAnswer Ask(SafetyQuestion question) => SafetyAnswer.NoData;

    /// <summary>Outside the tests a service of its own looks at the stores.</summary>
    private sealed class LookPart(DurabilityBook book) : ITickPart
    {
        public ValueTask TickAsync(DateTimeOffset now, CancellationToken cancel)
        {
            book.Look();
            return ValueTask.CompletedTask;
        }
    }
}
