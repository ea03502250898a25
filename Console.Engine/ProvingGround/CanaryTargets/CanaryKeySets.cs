using System.Collections.Concurrent;
using System.Threading.Channels;
using OpsConsole.Engine.Canaries.Running;

namespace OpsConsole.Engine.ProvingGround.CanaryTargets;

/// <summary>
/// A set of keys for each attempt of a canary, its name unique by canary, place, turn and attempt: a turn by hand and one by the clock that meet must not change
/// what the other has just read, and call a good host lying. A set that is given back is deleted beside the turns, so that a turn is not longer for it; one that is
/// not, since its runner died with it, is found by <see cref="CanaryKeyUpkeep"/>.
/// </summary>
internal sealed class CanaryKeySets
{
    /// <summary>Keys of all sets begin with it; no other key of the ground does.</summary>
    public const string Prefix = "canary-";

    /// <summary>Sets that wait for being deleted; more are left to be found.</summary>
    private const int MostWaiting = 256;

    private readonly ConcurrentDictionary<string, bool> _taken = new(StringComparer.Ordinal);
    private readonly Channel<string> _given = Channel.CreateBounded<string>(new BoundedChannelOptions(MostWaiting) { FullMode = BoundedChannelFullMode.DropWrite });

    public ChannelReader<string> Given => _given.Reader;

    /// <summary>Keys of the set are <c>NAME/…</c>.</summary>
    public string Take(CanaryAttempt attempt)
    {
        var set = $"{Prefix}{attempt.Canary.Name}-{attempt.Target.Host ?? attempt.Text.Vantage}-{attempt.Text.Run}";
        _taken[set] = true;
        return set;
    }

    /// <summary>The attempt ended, whatever became of it: nobody asks for these keys any more.</summary>
    public void GiveBack(string set)
    {
        _taken.TryRemove(set, out _);
        _given.Writer.TryWrite(set);
    }

    /// <summary>Whether an attempt of this console has the key in its hands now.</summary>
    public bool IsTaken(string key) => _taken.ContainsKey(key.Split('/', 2)[0]);
}
