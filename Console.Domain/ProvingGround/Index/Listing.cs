using System.Collections.Immutable;

namespace OpsConsole.Domain.ProvingGround.Index;

internal static class Listing
{
    /// <summary>Greater than whatever a key may go on with: no key holds half a surrogate pair.</summary>
    private const string BeyondAll = "\uDFFF";

    /// <summary>Keys under one common prefix count as one and are passed over in one step.</summary>
    public static ListPage Page(ObjectTable objects, ListQuery query)
    {
        var found = ImmutableArray.CreateBuilder<ObjectEntry>();
        var prefixes = ImmutableArray.CreateBuilder<string>();
        var last = "";
        var at = Math.Max(objects.From(query.Prefix), query.After.Length == 0 ? 0 : objects.After(query.After));
        while (at < objects.Count && objects[at].Key.StartsWith(query.Prefix, StringComparison.Ordinal))
        {
            var entry = objects[at];
            var common = CommonPrefix(entry.Key, query.Prefix, query.Delimiter);
            if (common is not null && common == query.After)
            {
                at = objects.From(common + BeyondAll);
                continue;
            }

            if (found.Count + prefixes.Count >= query.Take)
            {
                return new ListPage(found.ToImmutable(), prefixes.ToImmutable(), query.Take > 0 ? last : null);
            }

            if (common is null)
            {
                found.Add(entry);
                at++;
            }
            else
            {
                prefixes.Add(common);
                at = objects.From(common + BeyondAll);
            }

            last = common ?? entry.Key;
        }

        return new ListPage(found.ToImmutable(), prefixes.ToImmutable(), null);
    }

    public static string? CommonPrefix(string key, string prefix, string delimiter)
    {
        var ends = delimiter.Length == 0 ? -1 : key.IndexOf(delimiter, prefix.Length, StringComparison.Ordinal);
        return ends < 0 ? null : key[..(ends + delimiter.Length)];
    }
}
