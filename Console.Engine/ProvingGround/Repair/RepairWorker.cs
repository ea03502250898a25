using System.Collections.Immutable;
using OpsConsole.Domain.ProvingGround.Index;
using OpsConsole.Domain.ProvingGround.Placement;
using OpsConsole.Domain.ProvingGround.Repair;
using OpsConsole.Engine.ProvingGround.Storage;
using OpsConsole.Engine.ProvingGround.Store;

namespace OpsConsole.Engine.ProvingGround.Repair;

/// <summary>
/// Keeps placement groups whole. Runs on every storage host; a group is kept by the host of its first position that answers, so it is kept as long as any does.
/// Where two believe themselves keeper for a moment they do the same work twice: a shard's bytes are always the same, and a move names the epoch it was decided at.
/// </summary>
internal sealed class RepairWorker(string me, IIndex index, Func<string, IShardHost?> hosts, Func<ImmutableArray<ShardHome>> homes, RepairPolicy policy, TimeProvider clock)
{
    private const int Page = 500;
    private const int PagesATick = 20;
    private const int MendsATick = 64;
    private const int MendsAtOnce = 4;
    private const int ReportsATick = 100;
    private const int MostQueued = 10_000;

    private readonly HostWatch _watch = new(hosts, clock);
    private readonly Dictionary<int, GroupCare> _groups = [];
    private readonly RepairQueue _queue = new(MostQueued);
    private readonly ReportInbox _inbox = new(clock);
    private readonly Mender _mender = new(hosts, clock);
    private readonly Lock _lock = new();
    private long _repaired;
    private long _failed;
    private long _moves;
    private RepairStats? _stats;
    private bool _idle;

    private Inventory Inventory => field ??= new Inventory(hosts, _watch, clock);

    public RepairStats Stats => Volatile.Read(ref _stats) ?? new RepairStats(me, 0, [.. new int[RepairStats.Places]], 0, 0, 0, 0, 0);

    /// <summary>Whether the last round found nothing to do, and nothing has been reported since.</summary>
    public bool Idle => _idle && _inbox.IsEmpty;

    public void Report(ShardName name, int group) => _inbox.Report(name, group);

    /// <summary>One round: who answers, what is missing, what can be mended, who has to be replaced. Throws <see cref="StoreUnavailableException"/> where the index does not answer.</summary>
    public async Task TickAsync(CancellationToken cancel)
    {
        _idle = false;
        var map = await index.PlacementAsync(cancel).ConfigureAwait(false);
        await _watch.LookAsync(map.Groups.SelectMany(group => group.Hosts).Concat(homes().Select(home => home.Host)), cancel).ConfigureAwait(false);
        var mine = map.Groups.Where(group => group.Hosts.FirstOrDefault(host => host == me || _watch.Answers(host)) == me).ToList();
        Forget(mine.Select(group => group.Number).ToHashSet());
        var pages = PagesATick;
        foreach (var group in mine.OrderBy(group => _groups.TryGetValue(group.Number, out var care) ? care.Begun : 0))
        {
            pages = await InventoryAsync(group, pages, cancel).ConfigureAwait(false);
        }

        // After the inventory, which does not read shards and would take a corrupt one for good.
        await HearReportsAsync(map, cancel).ConfigureAwait(false);
        await MendAsync(map, cancel).ConfigureAwait(false);
        await ReplaceAsync(map, mine, cancel).ConfigureAwait(false);
        Publish(mine.Count);
        _idle = _queue.Count == 0 && _watch.AllAnswer && _groups.Values.All(care => care.At is null);
    }

    private void Forget(HashSet<int> mine)
    {
        foreach (var gone in _groups.Keys.Where(number => !mine.Contains(number)).ToList())
        {
            _groups.Remove(gone);
        }

        // Reports are repaired by whoever got them; what inventory finds, by the keeper.
        _queue.KeepOnly(mine);
    }

    private async Task HearReportsAsync(PlacementMap map, CancellationToken cancel)
    {
        foreach (var (blob, group) in _inbox.Peek(ReportsATick))
        {
            if (group < 0 || group >= map.Groups.Length)
            {
                _inbox.Done(blob, group);
                continue;
            }

            var page = await index.ExtentsAsync(group, BlobOrder.Before(blob), 1, cancel).ConfigureAwait(false);
            if (page.Extents is [var extent] && extent.Blob == blob)
            {
                var item = (await Inventory.TakeAsync(map.Groups[group], [extent], verify: true, cancel).ConfigureAwait(false))[0];
                _inbox.Done(blob, group);
                Note(item);
            }
        }
    }

    private async Task<int> InventoryAsync(PlacementGroup group, int pages, CancellationToken cancel)
    {
        var standing = string.Concat(group.Hosts.Select(host => _watch.Answers(host) ? '1' : '0'));
        if (!_groups.TryGetValue(group.Number, out var care))
        {
            _groups.Add(group.Number, care = new GroupCare());
        }

        if (care.At is null && care.IsDue(group.Epoch, standing, clock))
        {
            care.Begin(group.Epoch, standing, clock);
        }

        while (care.At is { } at && pages-- > 0)
        {
            var page = await index.ExtentsAsync(group.Number, at, Page, cancel).ConfigureAwait(false);
            foreach (var item in await Inventory.TakeAsync(group, page.Extents, verify: false, cancel).ConfigureAwait(false))
            {
                care.Found(item);
                Note(item);
            }

            care.Turn(page.Next);
            if (page.Next is null)
            {
                _queue.KeepFound(group.Number, care.Wanting);
            }
        }

        return pages;
    }

    private void Note(RepairItem item)
    {
        if (item.Missing == 0)
        {
            _queue.Remove(item.Extent);
        }
        else
        {
            _queue.Put(item);
        }
    }

    private async Task MendAsync(PlacementMap map, CancellationToken cancel)
    {
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = MendsAtOnce, CancellationToken = cancel };
        await Parallel.ForEachAsync(_queue.Next(MendsATick), parallel, async (item, token) =>
        {
            var mended = await _mender.MendAsync(item, map.Groups[item.Extent.Group], token).ConfigureAwait(false);
            lock (_lock)
            {
                _repaired += uint.PopCount(mended);
                _failed += uint.PopCount(item.Mendable & ~mended);
                Note(item with { Missing = item.Missing & ~mended });
            }
        }).ConfigureAwait(false);
    }

    private async Task ReplaceAsync(PlacementMap map, List<PlacementGroup> mine, CancellationToken cancel)
    {
        foreach (var group in mine)
        {
            var worst = _groups.TryGetValue(group.Number, out var care) ? care.WorstSlack : 0;
            for (var position = 0; position < PlacementMap.Positions; position++)
            {
                var host = group.Hosts[position];
                var here = homes();
                var az = here.FirstOrDefault(home => home.Host == host)?.Az ?? AzOf(group, position, here);
                if (host == me || policy.Judge(_watch.Unanswered(host), worst) != HostStanding.Lost || az is null)
                {
                    continue;
                }

                if (ShardPlacing.Choose(map, group.Number, az, here.Where(home => _watch.Answers(home.Host))) is { } better)
                {
                    var answer = await index.ApplyAsync(Guid.NewGuid(), new MovePosition(group.Number, position, better, group.Epoch), cancel).ConfigureAwait(false);
                    _moves += answer.Done ? 1 : 0;

                    // The epoch has moved on; the group's other positions are judged by the next round's map.
                    break;
                }
            }
        }
    }

    /// <summary>The AZ of a host that is in no plan any more: that of the group's other positions of the same kind.</summary>
    private static string? AzOf(PlacementGroup group, int position, ImmutableArray<ShardHome> here) =>
        group.Hosts.Where((_, other) => other % 3 == position % 3).Select(host => here.FirstOrDefault(home => home.Host == host)?.Az).FirstOrDefault(az => az is not null);

    private void Publish(int groups)
    {
        var slack = Enumerable.Range(0, RepairStats.Places).Select(place => _groups.Values.Sum(care => care.Counted[place])).ToImmutableArray();
        var oldest = _queue.Oldest is { } since ? (clock.GetUtcNow() - since).TotalSeconds : 0;
        Volatile.Write(ref _stats, new RepairStats(me, groups, slack, _queue.Count, _repaired, _failed, _moves, oldest));
    }
}
