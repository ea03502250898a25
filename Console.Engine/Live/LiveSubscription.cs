using System.Collections.Immutable;
using System.Threading.Channels;
using OpsConsole.Domain.Journal;

namespace OpsConsole.Engine.Live;

/// <summary>
/// One listener's own buffer of events, at most <see cref="Capacity"/>: when it is full the oldest is dropped and <see cref="TakeResync"/> says so, and the
/// listener reads the whole state anew instead of the changes.
/// </summary>
public sealed class LiveSubscription : IDisposable
{
    public const int Capacity = 256;

    private readonly ImmutableArray<string> _families;
    private readonly Action<LiveSubscription> _gone;
    private readonly Channel<Recorded> _events;
    private int _dropped;

    internal LiveSubscription(ImmutableArray<string> families, Action<LiveSubscription> gone)
    {
        (_families, _gone) = (families, gone);
        _events = Channel.CreateBounded<Recorded>(new BoundedChannelOptions(Capacity) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true }, _ => Interlocked.Exchange(ref _dropped, 1));
    }

    public ChannelReader<Recorded> Events => _events.Reader;

    /// <summary>Whether events were dropped since this was last asked.</summary>
    public bool TakeResync() => Interlocked.Exchange(ref _dropped, 0) == 1;

    /// <summary>Takes all that waits and says whether anything did.</summary>
    public bool Drain()
    {
        var any = TakeResync();
        while (_events.Reader.TryRead(out _))
        {
            any = true;
        }

        return any;
    }

    public void Dispose() => _gone(this);

    internal void Offer(ImmutableArray<Recorded> events)
    {
        foreach (var recorded in events)
        {
            if (_families.IsEmpty || _families.Contains(recorded.Stream.Family))
            {
                _events.Writer.TryWrite(recorded);
            }
        }
    }
}
