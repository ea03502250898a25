using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;

namespace OpsConsole.Domain.Placement;

/// <summary>
/// How many shards of every set are alive in every AZ, two bytes a set, kept along as hosts are charged (assumed never to come back) and discharged, with a histogram of the states.
/// A decision about a host reads one counter and one slack a set. One writer; nobody reads beside it.
/// </summary>
public sealed class SetCounters
{
    /// <summary>Counters that are on their way at a time.</summary>
    private const int Ahead = 32;

    private const int RowLines = 4;
    private const int IntsInLine = 16;

    private readonly ushort[] _alive;
    private readonly int[] _histogram = new int[SetState.Count];
    private readonly bool[] _charged;

    /// <summary>All hosts alive.</summary>
    /// <param name="table">The policy that must hold for every set of the map.</param>
    /// <exception cref="ArgumentException">A set has more than 15 shards in one AZ.</exception>
    public SetCounters(PlacementMap map, SlackTable table)
    {
        (Map, Table, _alive, _charged) = (map, table, new ushort[map.Sets], new bool[map.Hosts]);
        for (var host = 0; host < map.Hosts; host++)
        {
            var az = map.AzOf[host];
            foreach (var set in map.SetsOf(host))
            {
                if (SetState.Alive(_alive[set], az) == SetState.MostInAz)
                {
                    throw new ArgumentException($"Set {set} has more than {SetState.MostInAz} shards in AZ {az}. Spread it over more AZs.", nameof(map));
                }

                _alive[set] += SetState.One(az);
            }
        }

        foreach (var state in _alive)
        {
            _histogram[state]++;
        }
    }

    private SetCounters(SetCounters from) =>
        (Map, Table, _alive, _histogram, _charged) = (from.Map, from.Table, [.. from._alive], [.. from._histogram], [.. from._charged]);

    public PlacementMap Map { get; }

    public SlackTable Table { get; }

    /// <summary>How many sets are in each state.</summary>
    public ReadOnlySpan<int> Histogram => _histogram;

    public bool IsCharged(int host) => _charged[host];

    public int StateOf(int set) => _alive[set];

    /// <summary>A copy to try things on: the map is shared.</summary>
    public SetCounters Shadow() => new(this);

    /// <summary>The first of the host's sets that would break the policy were the host gone too; -1 where none would. A host that is charged already takes nothing more.</summary>
    public int Conflict(int host)
    {
        if (_charged[host])
        {
            return -1;
        }

        var sets = Map.SetsOf(host);
        var slack = Table.Slack;
        var (alive, one) = (_alive, SetState.One(Map.AzOf[host]));

        // What a decision costs is the wait for memory: counters are asked for well before they are looked at, and looked at four at a time.
        Ask(sets[..Math.Min(Ahead, sets.Length)]);
        var at = 0;
        for (; at + 4 <= sets.Length; at += 4)
        {
            Ask(sets.Slice(Math.Min(at + Ahead, sets.Length), Math.Clamp(sets.Length - at - Ahead, 0, 4)));
            int a = alive[sets[at]], b = alive[sets[at + 1]], c = alive[sets[at + 2]], d = alive[sets[at + 3]];
            if (Math.Min(Math.Min(slack[a - one], slack[b - one]), Math.Min(slack[c - one], slack[d - one])) < 0)
            {
                break;
            }
        }

        for (; at < sets.Length; at++)
        {
            if (slack[alive[sets[at]] - one] < 0)
            {
                return sets[at];
            }
        }

        return -1;
    }

    /// <summary>The host counts as gone for good; doing it twice is doing it once.</summary>
    public void Charge(int host) => Move(host, charged: true);

    public void Discharge(int host) => Move(host, charged: false);

    /// <summary>Sets whose policy is broken now.</summary>
    public long Broken()
    {
        var broken = 0L;
        for (var state = 0; state < SetState.Count; state++)
        {
            broken += Table.Slack[state] < 0 ? _histogram[state] : 0;
        }

        return broken;
    }

    /// <summary>Says which host is decided about next, so that its row is on its way meanwhile. Changes nothing.</summary>
    public void Expect(int host)
    {
        if (Sse.IsSupported)
        {
            ref var first = ref MemoryMarshal.GetReference(Map.SetsOf(host));
            unsafe
            {
                for (var line = 0; line < RowLines; line++)
                {
                    Sse.Prefetch0(Unsafe.AsPointer(ref Unsafe.Add(ref first, line * IntsInLine)));
                }
            }
        }
    }

    private void Ask(ReadOnlySpan<int> sets)
    {
        if (Sse.IsSupported)
        {
            ref var first = ref MemoryMarshal.GetArrayDataReference(_alive);
            foreach (var set in sets)
            {
                unsafe
                {
                    Sse.Prefetch0(Unsafe.AsPointer(ref Unsafe.Add(ref first, set)));
                }
            }
        }
    }

    private void Move(int host, bool charged)
    {
        if (_charged[host] == charged)
        {
            return;
        }

        _charged[host] = charged;
        var by = charged ? -SetState.One(Map.AzOf[host]) : SetState.One(Map.AzOf[host]);
        var sets = Map.SetsOf(host);
        Ask(sets[..Math.Min(Ahead, sets.Length)]);
        var (alive, run, state) = (_alive, 0, -1);
        for (var at = 0; at < sets.Length; at++)
        {
            Ask(sets.Slice(Math.Min(at + Ahead, sets.Length), at + Ahead < sets.Length ? 1 : 0));
            ref var counter = ref alive[sets[at]];
            int before = counter;
            counter = (ushort)(before + by);

            // Most sets are in one state: they are counted together, or each would wait for the one before it.
            if (before != state)
            {
                Count(state, by, run);
                (state, run) = (before, 0);
            }

            run++;
        }

        Count(state, by, run);
    }

    private void Count(int state, int by, int sets)
    {
        if (sets > 0)
        {
            _histogram[state] -= sets;
            _histogram[state + by] += sets;
        }
    }
}
