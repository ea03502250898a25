using System.Globalization;
using OpsConsole.Engine.ProvingGround.Checksums;
using OpsConsole.Engine.ProvingGround.Hosting;
using OpsConsole.Engine.ProvingGround.S3;

namespace OpsConsole.Engine.ProvingGround.Customers;

/// <summary>An open loop of customers through the router: they come at their rate whether or not earlier ones were served, and check all they read.</summary>
internal sealed class CustomerTraffic(RoleContext context) : IDisposable
{
    private const string Bucket = "customers";
    private const string Checksum = "x-amz-meta-checksum";
    private const int MostOpen = 200;
    private const int TroublesKept = 20;

    private readonly HttpClient _http = GroundHttp.Make(limit: TimeSpan.FromSeconds(20));
    private readonly KeyMemory[] _keys = [.. Enumerable.Range(0, TrafficMix.Keys).Select(_ => new KeyMemory())];
    private readonly TrafficMix _mix = new(context.Plan.Current.Seed);
    private readonly Lock _lock = new();
    private readonly Queue<string> _troubles = new();
    private long _sent;
    private long _failed;
    private long _wrong;
    private long _missed;
    private int _open;

    private Uri Door => context.Plan.Current.Router.Address;

    private SignedClient Client => field ??= new SignedClient(_http, context.Folder.Accounts().Customers, context.Plan.Current.Region, context.Clock);

    public CustomersReport Report()
    {
        lock (_lock)
        {
            return new CustomersReport(_sent, _failed, _wrong, _missed, [.. _troubles]);
        }
    }

    public void Dispose() => _http.Dispose();

    public async Task RunAsync(CancellationToken stop)
    {
        try
        {
            await MakeBucketAsync(stop).ConfigureAwait(false);
            var due = context.Clock.GetUtcNow();
            while (true)
            {
                var rate = context.Plan.Current.CustomerRate;
                due += rate > 0 ? _mix.Pause(rate) : TimeSpan.FromSeconds(1);
                if (due - context.Clock.GetUtcNow() is { Ticks: > 0 } wait)
                {
                    await Task.Delay(wait, context.Clock, stop).ConfigureAwait(false);
                }

                if (rate > 0)
                {
                    Begin(stop);
                }
            }
        }
        catch (OperationCanceledException)
        {
            // Told to stop.
        }
    }

    private void Begin(CancellationToken stop)
    {
        var next = _mix.Next();
        if (Volatile.Read(ref _open) >= MostOpen)
        {
            Interlocked.Increment(ref _missed);
            return;
        }

        Interlocked.Increment(ref _open);
        _ = Task.Run(
            async () =>
            {
                try
                {
                    await OneAsync(next.Operation, next.Key, next.Size, next.Content, stop).ConfigureAwait(false);
                }
                finally
                {
                    Interlocked.Decrement(ref _open);
                }
            },
            CancellationToken.None);
    }

    private async Task OneAsync(CustomerOperation operation, int key, int size, int content, CancellationToken stop)
    {
        var path = $"/{Bucket}/{key % 8}/{key}";
        lock (_lock)
        {
            _sent++;
        }

        try
        {
            await (operation switch
            {
                CustomerOperation.Put => PutAsync(path, _keys[key], size, content, stop),
                CustomerOperation.Delete => DeleteAsync(path, _keys[key], stop),
                CustomerOperation.List => ListAsync(key % 8, stop),
                CustomerOperation.Head => HeadAsync(path, stop),
                _ => GetAsync(path, _keys[key], stop),
            }).ConfigureAwait(false);
        }
        catch (Exception e) when (e is HttpRequestException or OperationCanceledException && !stop.IsCancellationRequested)
        {
            Trouble(ref _failed, $"{operation} {path}: {e.Message}");
        }
        catch (OperationCanceledException)
        {
            // Told to stop.
        }
    }

    private async Task PutAsync(string path, KeyMemory key, int size, int content, CancellationToken stop)
    {
        var body = new byte[size];
        new Random(content).NextBytes(body);
        var checksum = Crc64Nvme.Compute(body);
        var acknowledged = false;
        key.WriteBegins();
        try
        {
            var answer = await Client.SendAsync(Door, "PUT", path, stop, body, [(Checksum, checksum.ToString("x16", CultureInfo.InvariantCulture))]).ConfigureAwait(false);
            acknowledged = Expect(answer, path, "PUT", 200);
        }
        finally
        {
            key.WriteEnds(acknowledged, checksum);
        }
    }

    private async Task DeleteAsync(string path, KeyMemory key, CancellationToken stop)
    {
        var acknowledged = false;
        key.WriteBegins();
        try
        {
            acknowledged = Expect(await Client.SendAsync(Door, "DELETE", path, stop).ConfigureAwait(false), path, "DELETE", 204);
        }
        finally
        {
            key.WriteEnds(acknowledged, null);
        }
    }

    private async Task GetAsync(string path, KeyMemory key, CancellationToken stop)
    {
        var begun = key.ReadBegins();
        var answer = await Client.SendAsync(Door, "GET", path, stop).ConfigureAwait(false);
        if (!Expect(answer, path, "GET", 200, 404))
        {
            return;
        }

        ulong? read = answer.Status == 404 ? null : Crc64Nvme.Compute(answer.Body);
        if (read is { } checksum && answer.Header(Checksum) != checksum.ToString("x16", CultureInfo.InvariantCulture))
        {
            Trouble(ref _wrong, $"GET {path}: the bytes are not the ones that were put");
        }
        else if (!key.Fits(begun, read))
        {
            Trouble(ref _wrong, $"GET {path}: {(read is null ? "404 for an object that was acknowledged" : "not the object that was acknowledged last")}");
        }
    }

    private async Task HeadAsync(string path, CancellationToken stop) => Expect(await Client.SendAsync(Door, "HEAD", path, stop).ConfigureAwait(false), path, "HEAD", 200, 404);

    private async Task ListAsync(int folder, CancellationToken stop) =>
        Expect(await Client.SendAsync(Door, "GET", $"/{Bucket}", stop, query: [("list-type", "2"), ("prefix", $"{folder}/"), ("max-keys", "50")]).ConfigureAwait(false), Bucket, "LIST", 200);

    private bool Expect(S3Answer answer, string path, string operation, params int[] statuses)
    {
        if (statuses.Contains(answer.Status))
        {
            return true;
        }

        Trouble(ref _failed, $"{operation} {path}: {answer.Status} {answer.ErrorCode}");
        return false;
    }

    private async Task MakeBucketAsync(CancellationToken stop)
    {
        while (true)
        {
            try
            {
                if ((await Client.SendAsync(Door, "PUT", $"/{Bucket}", stop, []).ConfigureAwait(false)).Status is 200 or 409)
                {
                    return;
                }
            }
            catch (HttpRequestException)
            {
                // The ground is still starting.
            }

            await Task.Delay(TimeSpan.FromMilliseconds(500), context.Clock, stop).ConfigureAwait(false);
        }
    }

    private void Trouble(ref long counter, string words)
    {
        lock (_lock)
        {
            counter++;
            _troubles.Enqueue($"{context.Clock.GetUtcNow():HH:mm:ss} {words}");
            if (_troubles.Count > TroublesKept)
            {
                _troubles.Dequeue();
            }
        }
    }
}
