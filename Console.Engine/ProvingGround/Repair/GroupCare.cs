using OpsConsole.Domain.ProvingGround.Placement;
using OpsConsole.Domain.ProvingGround.Repair;

namespace OpsConsole.Engine.ProvingGround.Repair;

/// <summary>How far the inventory of one placement group is, and what the last whole one counted.</summary>
internal sealed class GroupCare
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(15);

    /// <summary>Extents found wanting that one look remembers; the rest waits for the next look.</summary>
    private const int MostWanting = 10_000;

    private readonly HashSet<Guid> _wanting = [];
    private int[] _counting = new int[RepairStats.Places];
    private long _epoch = -1;
    private string _standing = "";

    /// <summary>Page after this one; null while no inventory is under way.</summary>
    public Guid? At { get; private set; }

    /// <summary>When the last one began, as a timestamp.</summary>
    public long Begun { get; private set; }

    /// <summary>By slack, from unreadable to whole; of the last whole inventory.</summary>
    public int[] Counted { get; private set; } = new int[RepairStats.Places];

    /// <summary>Of all extents counted; that of a whole extent where there are none.</summary>
    public int WorstSlack => Array.FindIndex(Counted, count => count > 0) is var place and >= 0 ? place - 1 : PlacementMap.Positions - PlacementMap.Needed;

    /// <summary>After a move, when a host of the group goes or comes, and from time to time.</summary>
    public bool IsDue(long epoch, string standing, TimeProvider clock) => epoch != _epoch || standing != _standing || clock.GetElapsedTime(Begun) >= Every;

    public void Begin(long epoch, string standing, TimeProvider clock)
    {
        (_epoch, _standing, Begun, At) = (epoch, standing, clock.GetTimestamp(), Guid.Empty);
        _counting = new int[RepairStats.Places];
        _wanting.Clear();
    }

    /// <summary>What the look under way, or the last one, found wanting.</summary>
    public IReadOnlySet<Guid> Wanting => _wanting;

    public void Found(RepairItem item)
    {
        Count(item.Slack);
        if (item.Missing != 0 && _wanting.Count < MostWanting)
        {
            _wanting.Add(item.Extent.Blob);
        }
    }

    private void Count(int slack) => _counting[Math.Clamp(slack + 1, 0, RepairStats.Places - 1)]++;

    public void Turn(Guid? next)
    {
        At = next;
        if (next is null)
        {
            Counted = _counting;
        }
    }
}
