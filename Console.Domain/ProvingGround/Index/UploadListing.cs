using System.Collections.Immutable;

namespace OpsConsole.Domain.ProvingGround.Index;

internal static class UploadListing
{
    public static UploadPage Page(UploadTable uploads, UploadQuery query)
    {
        var found = ImmutableArray.CreateBuilder<Upload>();
        var prefixes = ImmutableArray.CreateBuilder<string>();
        for (var at = Begin(uploads, query); at < uploads.Count; at++)
        {
            var upload = uploads[at];
            var key = upload.Template.Key;
            if (!key.StartsWith(query.Prefix, StringComparison.Ordinal))
            {
                break;
            }

            var common = Listing.CommonPrefix(key, query.Prefix, query.Delimiter);
            if (common is not null && (common == query.AfterKey || (prefixes.Count > 0 && prefixes[^1] == common)))
            {
                continue;
            }

            if (found.Count + prefixes.Count >= query.Take)
            {
                return new UploadPage(found.ToImmutable(), prefixes.ToImmutable(), query.Take > 0);
            }

            if (common is null)
            {
                found.Add(upload);
            }
            else
            {
                prefixes.Add(common);
            }
        }

        return new UploadPage(found.ToImmutable(), prefixes.ToImmutable(), false);
    }

    /// <summary>A key marker without an id leaves out all uploads of that key.</summary>
    private static int Begin(UploadTable uploads, UploadQuery query)
    {
        var after = query.AfterKey.Length == 0 ? 0 : uploads.After(query.AfterKey, query.AfterId.Length == 0 ? "\uFFFF" : query.AfterId);
        return Math.Max(after, query.Prefix.Length == 0 ? 0 : uploads.After(query.Prefix, ""));
    }
}
