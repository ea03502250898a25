using Microsoft.Extensions.Hosting;
using OpsConsole.Domain.Durability;
using OpsConsole.Domain.Fleet;
using OpsConsole.Domain.Journal;
using OpsConsole.Domain.ProvingGround.Placement;
using OpsConsole.Domain.ProvingGround.Repair;
using OpsConsole.Engine.Durability;
using OpsConsole.Engine.ProvingGround.Gauges;
using OpsConsole.Engine.ProvingGround.Hosting;
using OpsConsole.Engine.ProvingGround.Index.Client;
using OpsConsole.Engine.ProvingGround.Store;
using OpsConsole.Engine.ProvingGround.Supervision;
using RedundancyCode = OpsConsole.Domain.Placement.RedundancyCode;

namespace OpsConsole.Engine.ProvingGround.Assurance;

/// <summary>
/// The ground's own placement, asked from its index members every two seconds: each placement group is a set of nine shards, and every extent of the group lies as
/// the group does. A host that does not answer, or is in a visit's hands, counts as gone.
/// </summary>
public sealed class GroundPlacement(GroundSupervisor supervisor, GroundFolder folder, GroundGauges gauges, IStates states, TimeProvider clock) : BackgroundService, IPlacementSource
{
    private static readonly RedundancyCode Code = RedundancyCode.ReedSolomon(PlacementMap.Needed, PlacementMap.Positions - PlacementMap.Needed);

    /// <summary>A host's shards wait so long for it before they are rebuilt; the rebuilding itself is short beside it.</summary>
    private static readonly FailureAssumptions Assumed = new() { MeanRepair = new RepairPolicy().Delay + TimeSpan.FromMinutes(5) };

    private readonly RepairMeter _meter = new(clock);
    private StorePlacement? _now;
    private StorePlacement? _index;

    public IEnumerable<StoreName> Stores => _now is null ? [] : [new("storage", supervisor.Plan.Region)];

    public StorePlacement? Now(StoreName store) =>
        store.Region != supervisor.Plan.Region ? null : store.Service switch
        {
            "storage" => Volatile.Read(ref _now),
            "index" => Volatile.Read(ref _index),
            _ => null,
        };

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await supervisor.Ready.WaitAsync(stoppingToken).ConfigureAwait(false);
        using var http = GroundHttp.Make(folder.Secret());
        using var index = new IndexClient(() => supervisor.Plan.Of(GroundRole.Index).ToDictionary(host => host.Id, host => host.Address), http, clock);
        using var timer = new PeriodicTimer(GroundGauges.Round, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken).ConfigureAwait(false))
        {
            try
            {
                Show(await index.PlacementAsync(stoppingToken).ConfigureAwait(false));
            }
            catch (Exception e) when (e is StoreUnavailableException or HttpRequestException || (e is OperationCanceledException && !stoppingToken.IsCancellationRequested))
            {
                // What is shown stays and grows old, and says so.
            }
        }
    }

    private void Show(PlacementMap map)
    {
        var (plan, before) = (supervisor.Plan, _now);
        var placement = GroundSets.Of(map, plan, Code);
        if (before is not null && GroundSets.Same(before.Placement, placement))
        {
            placement = before.Placement;
        }

        var fleet = states.Get<RegionFleet>(FleetStreams.Of(plan.Region));
        var gone = GroundSets.Gone(placement, gauges.Now, fleet);
        ShowIndex(plan, fleet);
        var shards = gauges.Now?.Shards;
        Volatile.Write(ref _now, new StorePlacement(placement, before is not null && before.Gone.SetEquals(gone) ? before.Gone : gone, plan.Partition, Simulated: false, clock.GetUtcNow(), Assumed)
        {
            Integrity = shards is null ? null : GroundSets.Integrity(shards),
            Power = shards is null ? before?.Power : _meter.Look(shards.Repaired),
        });
    }

    /// <summary>The index's members are one set: a majority of them must be there. With three of them that leaves room for one, and none for an AZ besides.</summary>
    private void ShowIndex(GroundPlan plan, RegionFleet fleet)
    {
        var before = _index;
        var placement = GroundSets.IndexOf(plan);
        if (before is not null && GroundSets.Same(before.Placement, placement))
        {
            placement = before.Placement;
        }

        var gone = GroundSets.Gone(placement, gauges.Now, fleet);
        Volatile.Write(ref _index, new StorePlacement(placement, before is not null && before.Gone.SetEquals(gone) ? before.Gone : gone, plan.Partition, Simulated: false, clock.GetUtcNow(), Assumed) { Survive = [new(AzLost: false, ExtraFailures: 0)] });
    }
}
