using System.Collections.Concurrent;
using System.Collections.Immutable;
using OpsConsole.Engine.ProvingGround.Store;

namespace OpsConsole.Engine.ProvingGround.Web;

/// <summary>
/// Which buckets there are: each is an empty object in a bucket of the ground's own, with a name no customer's bucket can have. At most <see cref="Most"/>.
/// Object requests believe for up to 5 seconds that a bucket seen is still there; that one is missing is never remembered.
/// </summary>
internal sealed class Buckets(IObjectStore store, TimeProvider clock)
{
    public const int Most = 1_000;

    private const string Directory = ".buckets";
    private static readonly TimeSpan Remembered = TimeSpan.FromSeconds(5);

    private readonly ConcurrentDictionary<string, long> _seen = new();

    public async Task<bool> ExistsAsync(string bucket, CancellationToken cancel)
    {
        if (_seen.TryGetValue(bucket, out var at) && clock.GetElapsedTime(at) < Remembered)
        {
            return true;
        }

        return await LookAsync(bucket, cancel).ConfigureAwait(false);
    }

    /// <summary>Asks the store, whatever is remembered.</summary>
    public async Task<bool> LookAsync(string bucket, CancellationToken cancel)
    {
        if (await store.GetAsync(Directory, bucket, cancel).ConfigureAwait(false) is null)
        {
            _seen.TryRemove(bucket, out _);
            return false;
        }

        _seen[bucket] = clock.GetTimestamp();
        return true;
    }

    public async Task CreateAsync(string bucket, CancellationToken cancel) =>
        await store.PutAsync(new NewObject(Directory, bucket, "", null, ImmutableSortedDictionary<string, string>.Empty), default, cancel).ConfigureAwait(false);

    public async Task DeleteAsync(string bucket, CancellationToken cancel)
    {
        await store.DeleteAsync(Directory, bucket, cancel).ConfigureAwait(false);
        _seen.TryRemove(bucket, out _);
    }

    public async Task<IReadOnlyList<IndexEntry>> AllAsync(CancellationToken cancel)
    {
        var all = new List<IndexEntry>();
        var after = "";
        while (all.Count < Most)
        {
            var page = await store.ListAsync(Directory, "", after, Most, cancel).ConfigureAwait(false);
            all.AddRange(page.Entries);
            if (page.Next is null)
            {
                break;
            }

            after = page.Next;
        }

        return all;
    }
}
