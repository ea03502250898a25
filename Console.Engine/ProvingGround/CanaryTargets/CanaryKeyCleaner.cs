using OpsConsole.Engine.ProvingGround.S3;

namespace OpsConsole.Engine.ProvingGround.CanaryTargets;

/// <summary>Finds and deletes canaries' keys as a customer would, at the front door: a host that is in doubt must not be what cleans up after the doubt.</summary>
/// <param name="door">Where to ask now.</param>
internal sealed class CanaryKeyCleaner(SignedClient client, Func<Uri> door)
{
    /// <summary>Of one listing, and so of one look: what is more comes at the next.</summary>
    public const int MostKeys = 1_000;

    /// <summary>The first keys of a bucket with this prefix; none where there is no such bucket or no answer.</summary>
    public async Task<string[]> FindAsync(string bucket, string prefix, CancellationToken cancel)
    {
        try
        {
            var answer = await client.SendAsync(door(), "GET", $"/{bucket}", cancel, query: [("list-type", "2"), ("max-keys", $"{MostKeys}"), ("prefix", prefix)]).ConfigureAwait(false);
            return answer.Status == 200 ? [.. XmlIn.Children(XmlIn.Read(answer.Body, "ListBucketResult"), "Contents").Select(one => XmlIn.Text(one, "Key"))] : [];
        }
        catch (Exception e) when (IsNoAnswer(e, cancel))
        {
            return [];
        }
    }

    /// <summary>True where the ground said that it did as asked; what it did not do is found at a later look.</summary>
    public async Task<bool> DeleteAsync(string bucket, string[] keys, CancellationToken cancel)
    {
        if (keys.Length == 0)
        {
            return true;
        }

        var body = S3Xml.Write("Delete", xml =>
        {
            xml.Text("Quiet", "true");
            foreach (var key in keys)
            {
                xml.WriteStartElement("Object", S3Xml.Namespace);
                xml.Text("Key", key);
                xml.WriteEndElement();
            }
        });
        try
        {
            return (await client.SendAsync(door(), "POST", $"/{bucket}", cancel, body, [("Content-MD5", Convert.ToBase64String(ETag.Md5(body)))], [("delete", "")]).ConfigureAwait(false)).Status == 200;
        }
        catch (Exception e) when (IsNoAnswer(e, cancel))
        {
            return false;
        }
    }

    private static bool IsNoAnswer(Exception e, CancellationToken cancel) => e is HttpRequestException or IOException or S3Exception || (e is OperationCanceledException && !cancel.IsCancellationRequested);
}
