using System.Collections.Immutable;
using System.Globalization;
using System.Net;
using OpsConsole.Engine.ProvingGround.Checksums;
using OpsConsole.Engine.ProvingGround.Hosting;

namespace OpsConsole.Engine.ProvingGround.Storage;

/// <summary>A storage host over loopback. Nothing takes longer than 3 seconds: a host that hangs is a host that is gone.</summary>
internal sealed class HttpShardHost(string host, Uri address, HttpClient http, TimeProvider clock) : IShardHost
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(3);

    private readonly string _control = new Uri(address, GroundSecret.ControlPrefix).AbsoluteUri;

    public string Host => host;

    public Task<ShardPut> PutAsync(Shard shard, CancellationToken cancel) =>
        AskAsync(HttpMethod.Put, $"shard?name={shard.Name}", new ReadOnlyMemoryContent(shard.Bytes), request =>
        {
            request.Headers.TryAddWithoutValidation(ShardWire.Crc, shard.Crc.ToString("x8", CultureInfo.InvariantCulture));
            request.Headers.TryAddWithoutValidation(ShardWire.Group, shard.Group.ToString(CultureInfo.InvariantCulture));
        }, (answer, _) => Task.FromResult(answer.StatusCode switch
        {
            HttpStatusCode.OK => ShardPut.Kept,
            HttpStatusCode.InsufficientStorage => ShardPut.Full,
            HttpStatusCode.UnprocessableEntity => ShardPut.Corrupt,
            _ => throw new HttpRequestException($"answered {(int)answer.StatusCode}", null, answer.StatusCode),
        }), cancel);

    public Task<ShardRead> GetAsync(ShardName name, CancellationToken cancel) =>
        AskAsync(HttpMethod.Get, $"shard?name={name}", null, null, async (answer, token) =>
        {
            if (answer.StatusCode == HttpStatusCode.NotFound)
            {
                return new ShardRead(ShardState.Missing);
            }

            if (answer.StatusCode == HttpStatusCode.Gone)
            {
                return new ShardRead(ShardState.Corrupt);
            }

            answer.EnsureSuccessStatusCode();
            var bytes = await answer.Content.ReadAsByteArrayAsync(token).ConfigureAwait(false);
            return uint.TryParse(Header(answer, ShardWire.Crc), NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var crc) && int.TryParse(Header(answer, ShardWire.Group), CultureInfo.InvariantCulture, out var group) && Crc32.Castagnoli(bytes) == crc
                ? new ShardRead(ShardState.Good, new Shard(name, group, crc, bytes))
                : new ShardRead(ShardState.Corrupt);
        }, cancel);

    public Task<ImmutableArray<ShardState>> StatesAsync(ImmutableArray<ShardName> names, bool verify, CancellationToken cancel) =>
        AskAsync<ImmutableArray<ShardState>>(HttpMethod.Post, verify ? "states?verify" : "states", new ByteArrayContent(ShardWire.Pack(names)), null, async (answer, token) =>
        {
            answer.EnsureSuccessStatusCode();
            var states = await answer.Content.ReadAsByteArrayAsync(token).ConfigureAwait(false);
            return states.Length == names.Length ? [.. states.Select(state => (ShardState)state)] : throw new HttpRequestException($"answered {states.Length} states for {names.Length}");
        }, cancel);

    public Task<bool> RemoveProbesAsync(ImmutableArray<ShardName> names, CancellationToken cancel) =>
        AskAsync(HttpMethod.Post, "remove-probes", new ByteArrayContent(ShardWire.Pack(names)), null, (answer, _) => Task.FromResult(answer.IsSuccessStatusCode), cancel);

    private static string? Header(HttpResponseMessage answer, string name) => answer.Headers.TryGetValues(name, out var values) ? values.FirstOrDefault() : null;

    private async Task<T> AskAsync<T>(HttpMethod method, string what, HttpContent? content, Action<HttpRequestMessage>? prepare, Func<HttpResponseMessage, CancellationToken, Task<T>> read, CancellationToken cancel)
    {
        using var limit = new CancellationTokenSource(Limit, clock);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancel);
        using var request = new HttpRequestMessage(method, new Uri(_control + what)) { Content = content };
        prepare?.Invoke(request);
        using var answer = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, both.Token).ConfigureAwait(false);
        return await read(answer, both.Token).ConfigureAwait(false);
    }
}
