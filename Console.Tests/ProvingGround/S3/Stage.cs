using OpsConsole.Engine.ProvingGround.S3;
using OpsConsole.Tests.ProvingGround.Front;

namespace OpsConsole.Tests.ProvingGround.S3;

/// <summary>What a scenario plays on: a bucket of its own with the object <c>k</c> in it, and every answer it gets written down.</summary>
internal sealed class Stage(FrontHost host, string bucket)
{
    public FrontHost Host => host;

    public string Bucket => bucket;

    public List<(int Status, string Code)> Seen { get; } = [];

    public string ETag { get; private set; } = "";

    public static async Task<Stage> MakeAsync(FrontHost host, int number)
    {
        var stage = new Stage(host, $"stage-{number}");
        await host.SendAsync("PUT", $"/{stage.Bucket}");
        stage.ETag = (await host.SendAsync("PUT", $"/{stage.Bucket}/k", "0123456789")).Header("ETag");
        return stage;
    }

    /// <summary>To the object <c>k</c>, or the path given after the bucket's name; a path that begins with a slash is whole.</summary>
    public async Task<S3Answer> AskAsync(string method, string key = "k", string body = "", (string, string)[]? headers = null, (string, string)[]? query = null, bool stranger = false, bool wrongKey = false)
    {
        var path = key.StartsWith('/') ? key : key.Length == 0 ? $"/{bucket}" : $"/{bucket}/{key}";
        return Note(await host.SendAsync(method, path, body, headers, query, wrongKey ? host.Accounts.Guest with { Secret = "wrong" } : stranger ? host.Accounts.Neighbour : null));
    }

    public async Task<S3Answer> UnsignedAsync(string method, string key = "k") => Note(await host.UnsignedAsync(method, key.Length == 0 ? $"/{bucket}" : $"/{bucket}/{key}"));

    /// <summary>A begun upload's id.</summary>
    public async Task<string> BeginAsync((string, string)[]? headers = null)
    {
        var text = System.Text.Encoding.UTF8.GetString((await AskAsync("POST", "k", headers: headers, query: [("uploads", "")])).Body);
        return text[(text.IndexOf("<UploadId>", StringComparison.Ordinal) + 10)..text.IndexOf("</UploadId>", StringComparison.Ordinal)];
    }

    public Task<S3Answer> PartAsync(string id, int number, string body) => AskAsync("PUT", "k", body, query: [("partNumber", $"{number}"), ("uploadId", id)]);

    public Task<S3Answer> CompleteAsync(string id, params (int Number, string ETag)[] parts) =>
        AskAsync("POST", "k", $"<CompleteMultipartUpload>{string.Concat(parts.Select(part => $"<Part><PartNumber>{part.Number}</PartNumber><ETag>{part.ETag}</ETag></Part>"))}</CompleteMultipartUpload>", query: [("uploadId", id)]);

    private S3Answer Note(S3Answer answer)
    {
        Seen.Add((answer.Status, answer.ErrorCode));
        return answer;
    }
}
