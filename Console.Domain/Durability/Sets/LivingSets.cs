namespace OpsConsole.Domain.Durability.Sets;

/// <summary>
/// How many shards of each set live in each AZ, packed in 16 bits a set, with the histogram of these states kept along: a host that goes or comes costs as much
/// as it has sets, and durability is read off the histogram. Belongs to one thread at a time.
/// </summary>
public sealed class LivingSets
{
    private readonly ushort[] _states;
    private readonly int[] _histogram = new int[StateTable.States];

    /// <summary>Sets of host h: from _first[h] to _first[h + 1].</summary>
    private readonly int[] _first;
    private readonly int[] _sets;
    private readonly bool[] _gone;

    public LivingSets(SetPlacement placement)
    {
        if (placement.Fault is { } fault)
        {
            throw new ArgumentException(fault, nameof(placement));
        }

        Placement = placement;
        (_states, _gone, _first) = (new ushort[placement.Sets], new bool[placement.Hosts.Length], new int[placement.Hosts.Length + 1]);
        foreach (var host in placement.Members)
        {
            _first[host + 1] += host >= 0 ? 1 : 0;
        }

        for (var host = 0; host < placement.Hosts.Length; host++)
        {
            _first[host + 1] += _first[host];
        }

        (_sets, var filled) = (new int[_first[^1]], _first.ToArray());
        for (var set = 0; set < _states.Length; set++)
        {
            foreach (var host in placement.HostsOf(set))
            {
                if (host >= 0)
                {
                    _sets[filled[host]++] = set;
                    _states[set] += Unit(placement.Hosts[host].Az);
                }
            }

            _histogram[_states[set]]++;
        }
    }

    public SetPlacement Placement { get; }

    /// <summary>Sets by state, 4,096 of them.</summary>
    public ReadOnlySpan<int> Histogram => _histogram;

    public int StateOf(int set) => _states[set];

    public bool IsGone(int host) => _gone[host];

    /// <summary>Sets that have a shard on the host; one that has two there is named twice.</summary>
    public ReadOnlySpan<int> SetsOf(int host) => _sets.AsSpan(_first[host].._first[host + 1]);

    /// <summary>Counts the host's shards as gone, or as alive again.</summary>
    public void Turn(int host, bool gone)
    {
        if (_gone[host] == gone)
        {
            return;
        }

        _gone[host] = gone;
        var unit = Unit(Placement.Hosts[host].Az);
        foreach (var set in SetsOf(host))
        {
            _histogram[_states[set]]--;
            _states[set] = (ushort)(_states[set] + (gone ? -unit : unit));
            _histogram[_states[set]]++;
        }
    }

    /// <summary>Exactly these are gone.</summary>
    public void TurnTo(IReadOnlySet<int> gone)
    {
        for (var host = 0; host < _gone.Length; host++)
        {
            Turn(host, gone.Contains(host));
        }
    }

    private static ushort Unit(int az) => (ushort)(1 << (az * 4));
}
