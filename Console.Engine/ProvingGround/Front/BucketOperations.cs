using System.Globalization;
using Microsoft.AspNetCore.Http;
using OpsConsole.Domain.ProvingGround.Index;
using OpsConsole.Domain.ProvingGround.S3;
using OpsConsole.Engine.ProvingGround.S3;

namespace OpsConsole.Engine.ProvingGround.Front;

/// <summary>Create, head, delete, locate and list buckets.</summary>
internal sealed class BucketOperations(FrontParts parts)
{
    /// <summary>A bucket's name is its owner's alone, so listing shows an account its own.</summary>
    public async Task ListAsync(Admitted request)
    {
        var (prefix, most) = (request.Call.Parameter("prefix") ?? "", int.Parse(request.Call.Parameter("max-buckets") is { Length: > 0 } stated ? stated : "10000", CultureInfo.InvariantCulture));
        var after = request.Call.Parameter("continuation-token") is { Length: > 0 } token ? ContinuationToken.Read(token).Last : "";
        var mine = (await parts.Index.BucketsAsync(request.Gone).ConfigureAwait(false))
            .Where(bucket => bucket.Owner == request.Account && bucket.Name.StartsWith(prefix, StringComparison.Ordinal) && string.CompareOrdinal(bucket.Name, after) > 0)
            .ToList();
        await request.Request.AnswerXmlAsync(S3Xml.Write("ListAllMyBucketsResult", xml =>
        {
            xml.Inside("Owner", () =>
            {
                xml.Text("ID", request.Account);
                xml.Text("DisplayName", request.Account);
            });
            xml.Inside("Buckets", () =>
            {
                foreach (var bucket in mine.Take(most))
                {
                    xml.Inside("Bucket", () =>
                    {
                        xml.Text("Name", bucket.Name);
                        xml.Time("CreationDate", bucket.Created);
                    });
                }
            });
            if (mine.Count > most && most > 0)
            {
                xml.Text("ContinuationToken", ContinuationToken.Write(parts.Life, mine[most - 1].Name));
            }
        })).ConfigureAwait(false);
    }

    public async Task CreateAsync(Admitted request)
    {
        if (request.Body.Content.Length > 0 && XmlIn.Child(XmlIn.Read(request.Body.Content, "CreateBucketConfiguration"), "LocationConstraint")?.Value is { Length: > 0 } place && place != parts.Region)
        {
            throw new S3Exception(S3Error.InvalidLocationConstraint);
        }

        var name = request.Call.Bucket;
        var answer = await parts.Index.ApplyAsync(Guid.NewGuid(), new CreateBucket(name, request.Account, CannedAcl.Of(request.Call)), request.Gone).ConfigureAwait(false);
        if (answer.Refusal == IndexRefusal.BucketExists && (await parts.Index.BucketAsync(name, request.Gone).ConfigureAwait(false))?.Owner == request.Account)
        {
            throw new S3Exception(S3Error.BucketAlreadyOwnedByYou);
        }

        if (!answer.Done)
        {
            throw new S3Exception(Refusals.Of(answer.Refusal));
        }

        request.Request.Response.Headers.Location = $"/{name}";
    }

    public Task HeadAsync(Admitted request)
    {
        request.Request.Response.Headers["x-amz-bucket-region"] = parts.Region;
        return Task.CompletedTask;
    }

    public async Task DeleteAsync(Admitted request)
    {
        await parts.ApplyAsync(new DeleteBucket(request.Call.Bucket), request.Gone).ConfigureAwait(false);
        request.Request.Response.StatusCode = StatusCodes.Status204NoContent;
    }

    public Task LocateAsync(Admitted request) => request.Request.AnswerXmlAsync(S3Xml.Write("LocationConstraint", xml => xml.WriteString(parts.Region)));
}
