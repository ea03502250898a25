namespace OpsConsole.Engine.Journal;

/// <summary>
/// Collects young garbage early while many events are committed, so that each pause is short. What a command leaves behind costs the collector about as much whenever it comes; left to itself it comes after some
/// 300 MB, and all that arrive meanwhile wait 60 to 150 ms at once. Each second time the generation above is collected too, before much has gathered there.
/// Work that allocates much for few events, such as a rollout over a simulated fleet, is left to the collector's own times: there early collections cost more than they spare.
/// </summary>
internal sealed class EarlyCollection(Func<int> collections, Func<long> allocated, Action<int> collect)
{
    /// <summary>Bytes from one collection to the next.</summary>
    public const long Bytes = 16L << 20;

    /// <summary>Events from one to the next, at least; one with all that belongs to it takes some 7 KB.</summary>
    public const int Events = 1_024;

    private int _events;
    private int _collections;
    private long _allocated;
    private bool _older;

    public EarlyCollection()
        : this(() => GC.CollectionCount(0), () => GC.GetTotalAllocatedBytes(), Collect)
    {
    }

    /// <summary>After a commit.</summary>
    public void Committed(int events)
    {
        _events += events;
        if (collections() != _collections)
        {
            // The collector was there by itself.
            Begin();
        }
        else if (allocated() - _allocated >= Bytes)
        {
            if (_events >= Events)
            {
                collect(_older ? 1 : 0);
                _older = !_older;
            }

            Begin();
        }
    }

    /// <summary>Young generations are always collected while all stand still; a call that asks for that would first wait until a collection in the background is over, half a second and more.</summary>
    private static void Collect(int generation) => GC.Collect(generation, GCCollectionMode.Forced, blocking: false);

    private void Begin() => (_events, _collections, _allocated) = (0, collections(), allocated());
}
