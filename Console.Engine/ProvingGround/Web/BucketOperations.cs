using System.Globalization;
using OpsConsole.Domain.ProvingGround.S3;
using OpsConsole.Engine.ProvingGround.S3;
using OpsConsole.Engine.ProvingGround.Store;

namespace OpsConsole.Engine.ProvingGround.Web;

/// <summary>Create, head, delete, locate and list buckets, and list what is in one.</summary>
internal sealed class BucketOperations(IObjectStore store, Buckets buckets, string region)
{
    /// <summary>Sub-resources of a bucket that are not served: answered as such, never taken for the bucket itself.</summary>
    private static readonly string[] NotServed = ["acl", "cors", "delete", "lifecycle", "logging", "notification", "policy", "tagging", "uploads", "versioning", "versions", "website", "encryption"];

    public async Task ListAllAsync(S3Request request)
    {
        var all = await buckets.AllAsync(request.Gone).ConfigureAwait(false);
        await request.AnswerXmlAsync(S3Xml.Write("ListAllMyBucketsResult", xml =>
        {
            xml.Inside("Owner", () => xml.Text("ID", "proving-ground"));
            xml.Inside("Buckets", () =>
            {
                foreach (var bucket in all)
                {
                    xml.Inside("Bucket", () =>
                    {
                        xml.Text("Name", bucket.Key);
                        xml.Time("CreationDate", bucket.Modified);
                    });
                }
            });
        })).ConfigureAwait(false);
    }

    public Task AnswerAsync(S3Request request, Signed signed)
    {
        if (request.Query.Select(pair => pair.Name).FirstOrDefault(NotServed.Contains) is { } sub)
        {
            throw new S3Exception(S3Error.NotImplemented($"The sub-resource ?{sub} of a bucket"));
        }

        return request.Method switch
        {
            "PUT" => CreateAsync(request, signed),
            "HEAD" => HeadAsync(request),
            "DELETE" => DeleteAsync(request),
            "GET" when request.Parameter("location") is not null => LocateAsync(request),
            "GET" when request.Parameter("list-type") == "2" => ListAsync(request),
            "GET" => throw new S3Exception(S3Error.NotImplemented("Listing without list-type=2")),
            _ => throw new S3Exception(S3Error.MethodNotAllowed),
        };
    }

    private async Task CreateAsync(S3Request request, Signed signed)
    {
        // The configuration in the body says a region, and there is only one.
        _ = signed;
        if (await buckets.LookAsync(request.Bucket, request.Gone).ConfigureAwait(false))
        {
            throw new S3Exception(S3Error.BucketAlreadyOwnedByYou);
        }

        await buckets.CreateAsync(request.Bucket, request.Gone).ConfigureAwait(false);
        request.Context.Response.Headers.Location = $"/{request.Bucket}";
    }

    private async Task HeadAsync(S3Request request)
    {
        await RequireAsync(request).ConfigureAwait(false);
        request.Context.Response.Headers["x-amz-bucket-region"] = region;
    }

    private async Task DeleteAsync(S3Request request)
    {
        await RequireAsync(request).ConfigureAwait(false);
        var any = await Listing.ReadAsync(store, new ListingQuery(request.Bucket, "", "", "", 1), request.Gone).ConfigureAwait(false);
        if (any.Objects.Length > 0)
        {
            throw new S3Exception(S3Error.BucketNotEmpty);
        }

        await buckets.DeleteAsync(request.Bucket, request.Gone).ConfigureAwait(false);
        request.Context.Response.StatusCode = 204;
    }

    private async Task LocateAsync(S3Request request)
    {
        await RequireAsync(request).ConfigureAwait(false);
        await request.AnswerXmlAsync(S3Xml.Write("LocationConstraint", xml => xml.WriteString(region))).ConfigureAwait(false);
    }

    private async Task ListAsync(S3Request request)
    {
        var take = S3Limits.MaxKeys;
        if (request.Parameter("max-keys") is { } stated && !int.TryParse(stated, NumberStyles.None, CultureInfo.InvariantCulture, out take))
        {
            throw new S3Exception(S3Error.InvalidArgument("max-keys must be a number from 0 to 2147483647."));
        }

        await RequireAsync(request).ConfigureAwait(false);
        var token = request.Parameter("continuation-token");
        var query = new ListingQuery(
            request.Bucket,
            request.Parameter("prefix") ?? "",
            request.Parameter("delimiter") ?? "",
            token is null ? request.Parameter("start-after") ?? "" : ContinuationToken.Decode(token),
            Math.Min(take, S3Limits.MaxKeys));
        var listing = await Listing.ReadAsync(store, query, request.Gone).ConfigureAwait(false);
        await request.AnswerXmlAsync(ListingXml.Write(request, query, listing, token)).ConfigureAwait(false);
    }

    private async Task RequireAsync(S3Request request)
    {
        if (!await buckets.LookAsync(request.Bucket, request.Gone).ConfigureAwait(false))
        {
            throw new S3Exception(S3Error.NoSuchBucket);
        }
    }
}
