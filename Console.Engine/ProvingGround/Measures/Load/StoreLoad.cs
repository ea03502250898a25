using System.Collections.Concurrent;
using System.Globalization;
using OpsConsole.Engine.ProvingGround.S3;

namespace OpsConsole.Engine.ProvingGround.Measures.Load;

/// <summary>Puts and gets of one bucket with signed requests, and the same requests to a plain echo. Every answer is checked: its status, and the bytes of a get against what was put.</summary>
internal sealed class StoreLoad(SignedClient client, Uri host, Uri router, Uri echo, StoreMeasureOptions options)
{
    public const int Small = 4 << 10;
    public const int Big = 1 << 20;

    private const string Bucket = "bench";
    private const int HotKeys = 256;
    private const int BigKeys = 16;

    private readonly byte[] _small = Bytes(Small);
    private readonly byte[] _big = Bytes(Big);
    private readonly ConcurrentQueue<string> _unread = new();
    private long _puts;

    /// <summary>In the order they run in each round: what is compared stands side by side, and cold gets follow the puts of what they read.</summary>
    public IReadOnlyList<LoadPhase> Phases =>
    [
        new("echo_get_4k", Small, options.Connections, (_, _, cancel) => GetAsync(echo, $"/echo/{Small}", Small, null, cancel)),
        new("get_4k", Small, options.Connections, (worker, turn, cancel) => GetAsync(host, Hot(worker, turn), Small, _small, cancel)),
        new("get_4k_routed", Small, options.Connections, (worker, turn, cancel) => GetAsync(router, Hot(worker, turn), Small, _small, cancel)),
        new("echo_put_4k", Small, options.Connections, (_, _, cancel) => PutAsync(echo, "/echo/put", _small, cancel)),
        new("put_4k", Small, options.Connections, PutNewAsync),
        new("get_4k_cold", Small, options.Connections, GetUnreadAsync),
        new("echo_get_1m", Big, options.BigConnections, (_, _, cancel) => GetAsync(echo, $"/echo/{Big}", Big, null, cancel)),
        new("get_1m", Big, options.BigConnections, (worker, turn, cancel) => GetAsync(host, BigKey(worker + turn), Big, _big, cancel)),
        new("echo_put_1m", Big, options.BigConnections, (_, _, cancel) => PutAsync(echo, "/echo/put", _big, cancel)),
        new("put_1m", Big, options.BigConnections, (worker, turn, cancel) => PutAsync(host, BigKey(worker + turn), _big, cancel)),
    ];

    /// <summary>The bucket and what gets read.</summary>
    public async Task PrepareAsync(CancellationToken cancel)
    {
        await PutAsync(host, $"/{Bucket}", [], cancel).ConfigureAwait(false);
        for (var key = 0; key < HotKeys; key++)
        {
            await PutAsync(host, HotKey(key), _small, cancel).ConfigureAwait(false);
            await GetAsync(host, HotKey(key), Small, _small, cancel).ConfigureAwait(false);
        }

        for (var key = 0; key < BigKeys; key++)
        {
            await PutAsync(host, BigKey(key), _big, cancel).ConfigureAwait(false);
        }
    }

    /// <summary>What the round before left unread is nobody's to read: the next cold gets read what the next puts put.</summary>
    public void BeginRound() => _unread.Clear();

    private async Task<bool> PutNewAsync(int worker, int turn, CancellationToken cancel)
    {
        var path = string.Create(CultureInfo.InvariantCulture, $"/{Bucket}/new/{Interlocked.Increment(ref _puts)}");
        await PutAsync(host, path, _small, cancel).ConfigureAwait(false);
        _unread.Enqueue(path);
        return true;
    }

    /// <summary>Each object is read once, by a host that has read it never before.</summary>
    private async Task<bool> GetUnreadAsync(int worker, int turn, CancellationToken cancel) =>
        _unread.TryDequeue(out var path) && await GetAsync(host, path, Small, _small, cancel).ConfigureAwait(false);

    private async Task<bool> GetAsync(Uri from, string path, int length, byte[]? expected, CancellationToken cancel)
    {
        var answer = await client.SendAsync(from, "GET", path, cancel).ConfigureAwait(false);
        return answer.Status == 200 && answer.Body.Length == length && (expected is null || expected.AsSpan().SequenceEqual(answer.Body)) ? true : throw Wrong("GET", path, answer);
    }

    private async Task<bool> PutAsync(Uri to, string path, byte[] body, CancellationToken cancel)
    {
        var answer = await client.SendAsync(to, "PUT", path, cancel, body).ConfigureAwait(false);
        return answer.Status == 200 ? true : throw Wrong("PUT", path, answer);
    }

    private static InvalidOperationException Wrong(string method, string path, S3Answer answer) => new($"{method} {path} was answered {answer.Status} {answer.ErrorCode} with {answer.Body.Length} bytes");

    private static string Hot(int worker, int turn) => HotKey(((worker * 31) + turn) % HotKeys);

    private static string HotKey(int key) => string.Create(CultureInfo.InvariantCulture, $"/{Bucket}/hot/{key}");

    private static string BigKey(int key) => string.Create(CultureInfo.InvariantCulture, $"/{Bucket}/big/{key % BigKeys}");

    private static byte[] Bytes(int size)
    {
        var bytes = new byte[size];
        new Random(size).NextBytes(bytes);
        return bytes;
    }
}
