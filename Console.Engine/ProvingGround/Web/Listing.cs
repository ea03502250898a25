using System.Collections.Immutable;
using OpsConsole.Domain.ProvingGround.Index;
using OpsConsole.Engine.ProvingGround.Store;

namespace OpsConsole.Engine.ProvingGround.Web;

/// <param name="Take">0 to 1,000: keys and common prefixes together.</param>
internal sealed record ListingQuery(string Bucket, string Prefix, string Delimiter, string After, int Take);

/// <param name="Next">The last key or common prefix given, where there is more; null at the end.</param>
internal sealed record Listing(ImmutableArray<IndexEntry> Objects, ImmutableArray<string> CommonPrefixes, string? Next)
{
    /// <summary>Pages through the store until the answer is full: keys under one common prefix count as one and are skipped in one step.</summary>
    public static async Task<Listing> ReadAsync(IObjectStore store, ListingQuery query, CancellationToken cancel)
    {
        var objects = ImmutableArray.CreateBuilder<IndexEntry>();
        var prefixes = ImmutableArray.CreateBuilder<string>();
        var last = query.After;
        var after = query.Delimiter.Length > 0 && CommonPrefix(query, query.After) is { } reached && reached == query.After ? Beyond(reached) : query.After;
        while (query.Take > 0)
        {
            var page = await store.ListAsync(query.Bucket, query.Prefix, after, 1_000, cancel).ConfigureAwait(false);
            foreach (var entry in page.Entries)
            {
                if (after.Length > 0 && KeyOrder.Instance.Compare(entry.Key, after) <= 0)
                {
                    continue;
                }

                if (objects.Count + prefixes.Count == query.Take)
                {
                    return new Listing(objects.ToImmutable(), prefixes.ToImmutable(), last);
                }

                if (CommonPrefix(query, entry.Key) is { } common)
                {
                    prefixes.Add(common);
                    (last, after) = (common, Beyond(common));
                }
                else
                {
                    objects.Add(entry);
                    (last, after) = (entry.Key, entry.Key);
                }
            }

            if (page.Next is null)
            {
                break;
            }

            after = KeyOrder.Instance.Compare(after, page.Next) > 0 ? after : page.Next;
        }

        return new Listing(objects.ToImmutable(), prefixes.ToImmutable(), null);
    }

    private static string? CommonPrefix(ListingQuery query, string key)
    {
        if (query.Delimiter.Length == 0 || !key.StartsWith(query.Prefix, StringComparison.Ordinal))
        {
            return null;
        }

        var at = key.IndexOf(query.Delimiter, query.Prefix.Length, StringComparison.Ordinal);
        return at < 0 ? null : key[..(at + query.Delimiter.Length)];
    }

    /// <summary>After every key that begins so: U+10FFFF is the last character there is.</summary>
    private static string Beyond(string prefix) => prefix + "\U0010FFFF";
}
