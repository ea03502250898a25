using System.Collections.Immutable;
using OpsConsole.Domain.ProvingGround.Index;
using OpsConsole.Domain.ProvingGround.S3;
using OpsConsole.Engine.ProvingGround.S3;

namespace OpsConsole.Engine.ProvingGround.Front;

/// <summary>Deletes up to 1,000 keys; each is answered for itself.</summary>
internal sealed class MultiDelete(FrontParts parts)
{
    public async Task RunAsync(Admitted request)
    {
        var call = request.Call;
        if (call.Header("Content-MD5").Length == 0 && !request.Body.Named)
        {
            throw new S3Exception(S3Error.InvalidRequest("Missing required header for this request: Content-MD5 OR x-amz-checksum-*"));
        }

        var document = XmlIn.Read(request.Body.Content, "Delete");
        var named = XmlIn.Children(document, "Object").ToList();
        if (named.Count is 0 or > S3Limits.MaxDeletes)
        {
            throw new S3Exception(S3Error.MalformedXml("1 to 1,000 keys are deleted at once."));
        }

        var keys = named.Select(one => (Key: XmlIn.Text(one, "Key"), ETag: XmlIn.Child(one, "ETag")?.Value.Trim('"'), Version: XmlIn.Child(one, "VersionId")?.Value)).ToList();
        var wrong = keys.Select(one => WrongKey(one.Key, one.Version)).ToList();
        var asked = keys.Where((_, at) => wrong[at] is null).Select(one => new KeyToDelete(one.Key, new WriteCondition(one.ETag))).ToImmutableArray();
        var each = asked.IsEmpty ? [] : (await parts.ApplyAsync(new DeleteObjects(call.Bucket, asked), request.Gone).ConfigureAwait(false)).Each;
        var quiet = string.Equals(XmlIn.Child(document, "Quiet")?.Value.Trim(), "true", StringComparison.OrdinalIgnoreCase);
        var next = 0;
        var outcomes = keys.Select((one, at) => (one.Key, Error: wrong[at] ?? (each[next++] is var refusal and not IndexRefusal.None ? Refusals.Of(refusal) : null))).ToList();
        await request.Request.AnswerXmlAsync(S3Xml.Write("DeleteResult", xml =>
        {
            foreach (var (key, error) in outcomes)
            {
                if (error is not null)
                {
                    xml.Inside("Error", () =>
                    {
                        xml.Text("Key", key);
                        xml.Text("Code", error.Code);
                        xml.Text("Message", error.Message);
                    });
                }
                else if (!quiet)
                {
                    xml.Inside("Deleted", () => xml.Text("Key", key));
                }
            }
        })).ConfigureAwait(false);
    }

    private static S3Error? WrongKey(string key, string? version) =>
        key.Length == 0 ? S3Error.UserKeyMustBeSpecified
        : version is not (null or "" or "null") ? S3Error.NotImplemented("A version of an object")
        : S3Names.WrongKey(key);
}
