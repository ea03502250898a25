using System.Globalization;
using OpsConsole.Domain.ProvingGround.Index;
using OpsConsole.Domain.ProvingGround.S3;
using OpsConsole.Engine.ProvingGround.S3;

namespace OpsConsole.Engine.ProvingGround.Front;

/// <summary>Both ways to list what is in a bucket.</summary>
internal sealed class Listings(FrontParts parts)
{
    public async Task FirstAsync(Admitted request)
    {
        var call = request.Call;
        var marker = call.Parameter("marker") ?? "";
        var (query, page) = await AskAsync(request, Beyond(call, marker)).ConfigureAwait(false);
        await request.Request.AnswerXmlAsync(ListingXml.First(call, query, page, marker)).ConfigureAwait(false);
    }

    public async Task SecondAsync(Admitted request)
    {
        var call = request.Call;
        var token = call.Parameter("continuation-token");
        if (token is "")
        {
            throw new S3Exception(S3Error.InvalidArgument("The continuation token provided is incorrect."));
        }

        var after = token is null ? Beyond(call, call.Parameter("start-after") ?? "") : Resume(ContinuationToken.Read(token));
        var (query, page) = await AskAsync(request, after).ConfigureAwait(false);
        await request.Request.AnswerXmlAsync(ListingXml.Second(call, query, page, token, page.Next is null ? null : ContinuationToken.Write(parts.Life, page.Next), request.It.Bucket!.Owner)).ConfigureAwait(false);
    }

    private string Resume((string Writer, string Last) token) => parts.Behaviour.Resume(token.Writer, parts.Life, token.Last);

    private async Task<(ListQuery Query, ListPage Page)> AskAsync(Admitted request, string after)
    {
        var call = request.Call;
        var take = call.Parameter("max-keys") is { Length: > 0 } stated ? (int)Math.Min(S3Limits.MaxKeys, long.Parse(stated, CultureInfo.InvariantCulture)) : S3Limits.MaxKeys;
        var query = new ListQuery(call.Bucket, call.Parameter("prefix") ?? "", call.Parameter("delimiter") ?? "", after, take);
        var page = take == 0 ? new ListPage([], [], null) : await parts.Index.ListAsync(query, request.Gone).ConfigureAwait(false) ?? throw new S3Exception(S3Error.NoSuchBucket);
        return (query, page);
    }

    /// <summary>A customer who goes on after a common prefix has had all that is under it: U+10FFFF is the last character there is.</summary>
    private static string Beyond(S3Call call, string after)
    {
        var (prefix, delimiter) = (call.Parameter("prefix") ?? "", call.Parameter("delimiter") ?? "");
        return delimiter.Length > 0 && after.Length > prefix.Length && after.StartsWith(prefix, StringComparison.Ordinal) && after.EndsWith(delimiter, StringComparison.Ordinal)
            && after.IndexOf(delimiter, prefix.Length, StringComparison.Ordinal) == after.Length - delimiter.Length
                ? after + "\U0010FFFF"
                : after;
    }
}
