using System.Globalization;
using System.Net;
using System.Text.Json;
using OpsConsole.Engine.ProvingGround.Hosting;

namespace OpsConsole.Engine.ProvingGround.Store;

/// <summary>A storage host over loopback. Nothing takes longer than 3 seconds: a host that hangs is a host that is gone.</summary>
internal sealed class HttpReplica(string host, Func<Uri> address, HttpClient http, TimeProvider clock) : IReplica
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(3);

    public string Host => host;

    public Task<KeepResult> KeepAsync(byte[] envelope, CancellationToken cancel) =>
        AskAsync(HttpMethod.Put, "object", null, new ByteArrayContent(envelope), answer => Task.FromResult(new KeepResult(
            answer.StatusCode switch
            {
                HttpStatusCode.OK => Kept.Yes,
                HttpStatusCode.Conflict => Kept.Superseded,
                HttpStatusCode.InsufficientStorage => Kept.Full,
                HttpStatusCode.BadRequest => Kept.Corrupt,
                _ => throw new HttpRequestException($"answered {(int)answer.StatusCode}"),
            },
            VersionIn(answer))), cancel);

    public Task<long> VersionAsync(string bucket, string key, CancellationToken cancel) =>
        AskAsync(HttpMethod.Head, "object", StorageName.Encode(bucket, key), null, answer => Task.FromResult(VersionIn(answer.EnsureSuccessStatusCode())), cancel);

    public Task<ReplicaRead> ReadAsync(string bucket, string key, CancellationToken cancel) =>
        AskAsync(HttpMethod.Get, "object", StorageName.Encode(bucket, key), null, async answer =>
        {
            var version = VersionIn(answer.EnsureSuccessStatusCode());
            var bytes = await answer.Content.ReadAsByteArrayAsync(cancel).ConfigureAwait(false);
            return new ReplicaRead(version, bytes.Length > 0 && Envelope.Unpack(bytes) is not null ? bytes : null);
        }, cancel);

    public Task<IndexPage> ListAsync(string bucket, string prefix, string after, int take, CancellationToken cancel) =>
        AskAsync(
            HttpMethod.Get,
            $"list?bucket={Uri.EscapeDataString(bucket)}&prefix={Uri.EscapeDataString(prefix)}&after={Uri.EscapeDataString(after)}&take={take}",
            null,
            null,
            async answer => JsonSerializer.Deserialize(await answer.EnsureSuccessStatusCode().Content.ReadAsByteArrayAsync(cancel).ConfigureAwait(false), GroundJson.Default.IndexPage)!,
            cancel);

    public Task PingAsync(CancellationToken cancel) => AskAsync(HttpMethod.Get, "health", null, null, answer => Task.FromResult(answer.EnsureSuccessStatusCode().StatusCode), cancel);

    private async Task<T> AskAsync<T>(HttpMethod method, string what, string? name, HttpContent? body, Func<HttpResponseMessage, Task<T>> read, CancellationToken cancel)
    {
        using var limit = new CancellationTokenSource(Limit, clock);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancel);
        using var request = new HttpRequestMessage(method, new Uri(address(), GroundSecret.ControlPrefix + what)) { Content = body };
        if (name is not null)
        {
            request.Headers.TryAddWithoutValidation(StorageName.Header, name);
        }

        try
        {
            using var answer = await http.SendAsync(request, HttpCompletionOption.ResponseContentRead, both.Token).ConfigureAwait(false);
            return await read(answer).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested && !cancel.IsCancellationRequested)
        {
            throw new TimeoutException($"no answer within {Limit.TotalSeconds} s");
        }
    }

    private static long VersionIn(HttpResponseMessage answer) =>
        answer.Headers.TryGetValues(StorageName.Version, out var values) && long.TryParse(values.First(), CultureInfo.InvariantCulture, out var version)
            ? version
            : throw new HttpRequestException("the answer names no version");
}
