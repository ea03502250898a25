using System.Globalization;
using OpsConsole.Engine.ProvingGround.Checksums;
using OpsConsole.Engine.ProvingGround.Hosting;
using OpsConsole.Engine.ProvingGround.S3;

namespace OpsConsole.Engine.ProvingGround.Customers;

/// <summary>
/// An open loop of customers through the router: they come at their rate whether or not earlier ones were served, wait as long as it takes, and check all they
/// read against the checksum of what was acknowledged.
/// </summary>
internal sealed class CustomerTraffic : IDisposable
{
    private const string Bucket = "customers";
    private const string Checksum = "x-amz-meta-checksum";
    private const int MostOpen = 200;
    private const int TroublesKept = 20;

    /// <summary>Of bodies under way.</summary>
    private const long MostBytesOpen = 48 << 20;

    private readonly RoleContext _context;
    private readonly CustomerProfile _profile;
    private readonly HttpClient _http = GroundHttp.Make(limit: TimeSpan.FromSeconds(20));
    private readonly KeyMemory[] _keys;
    private readonly TrafficMix _mix;
    private readonly CustomerTimes _times;
    private readonly Lock _lock = new();
    private readonly Queue<string> _troubles = new();
    private long _sent;
    private long _failed;
    private long _wrong;
    private long _missed;
    private int _open;
    private long _bytesOpen;

    public CustomerTraffic(RoleContext context)
    {
        _context = context;
        _profile = CustomerProfiles.Find(context.Plan.Current.CustomerProfile) ?? CustomerProfiles.Usual;
        _keys = [.. Enumerable.Range(0, _profile.Keys).Select(_ => new KeyMemory())];
        _mix = new TrafficMix(_profile, context.Plan.Current.Seed);
        _times = new CustomerTimes(context.Clock);
    }

    private Uri Door => _context.Plan.Current.Router.Address;

    private SignedClient Client => field ??= new SignedClient(_http, _context.Folder.Accounts().Customers, _context.Plan.Current.Region, _context.Clock);

    public CustomersReport Report()
    {
        lock (_lock)
        {
            return new CustomersReport(_sent, _failed, _wrong, _missed, [.. _troubles])
            {
                Profile = _profile.Name,
                Rate = _context.Plan.Current.CustomerRate,
                Lately = _times.Lately(),
                Remembered = _keys.Count(key => key.Remembers),
            };
        }
    }

    public void Dispose() => _http.Dispose();

    public async Task RunAsync(CancellationToken stop)
    {
        try
        {
            await MakeBucketAsync(stop).ConfigureAwait(false);
            await new OpenLoop(_context.Clock).RunAsync(() => _context.Plan.Current.CustomerRate is > 0 and var rate ? _mix.Pause(rate) : null, due => Begin(due, stop), stop).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // Told to stop.
        }
    }

    private void Begin(long due, CancellationToken stop)
    {
        var next = _mix.Next();
        var bytes = next.Operation switch { CustomerOperation.Put => next.Size, CustomerOperation.Get => _keys[next.Key].Size, _ => 0 };
        if (Volatile.Read(ref _open) >= MostOpen || Interlocked.Read(ref _bytesOpen) + bytes > MostBytesOpen)
        {
            Interlocked.Increment(ref _missed);
            return;
        }

        Interlocked.Increment(ref _open);
        Interlocked.Add(ref _bytesOpen, bytes);
        _ = Task.Run(
            async () =>
            {
                try
                {
                    await OneAsync(next, due, stop).ConfigureAwait(false);
                }
                finally
                {
                    Interlocked.Decrement(ref _open);
                    Interlocked.Add(ref _bytesOpen, -bytes);
                }
            },
            CancellationToken.None);
    }

    private async Task OneAsync(CustomerRequest request, long due, CancellationToken stop)
    {
        var path = $"/{Bucket}/{request.Key % 8}/{request.Key}";
        lock (_lock)
        {
            _sent++;
        }

        try
        {
            var key = _keys[request.Key];
            var sent = _context.Clock.GetTimestamp();
            var bytes = await (request.Operation switch
            {
                CustomerOperation.Put => PutAsync(path, key, CustomerBody.Make(request.Size, request.Content, _profile.Compressible), stop),
                CustomerOperation.Delete => DeleteAsync(path, key, stop),
                CustomerOperation.List => ListAsync(request.Key % 8, stop),
                CustomerOperation.Head => HeadAsync(path, stop),
                _ => GetAsync(path, key, stop),
            }).ConfigureAwait(false);
            _times.Count(due, sent, bytes);
        }
        catch (Exception e) when (e is HttpRequestException or OperationCanceledException && !stop.IsCancellationRequested)
        {
            Trouble(ref _failed, $"{request.Operation} {path}: {e.Message}");
        }
        catch (OperationCanceledException)
        {
            // Told to stop.
        }
    }

    private async Task<long> PutAsync(string path, KeyMemory key, byte[] body, CancellationToken stop)
    {
        var checksum = Crc64Nvme.Compute(body);
        var acknowledged = false;
        key.WriteBegins();
        try
        {
            var answer = await Client.SendAsync(Door, "PUT", path, stop, body, [(Checksum, checksum.ToString("x16", CultureInfo.InvariantCulture))]).ConfigureAwait(false);
            acknowledged = Expect(answer, path, "PUT", 200);
            return body.Length;
        }
        finally
        {
            key.WriteEnds(acknowledged, checksum, body.Length);
        }
    }

    private async Task<long> DeleteAsync(string path, KeyMemory key, CancellationToken stop)
    {
        var acknowledged = false;
        key.WriteBegins();
        try
        {
            acknowledged = Expect(await Client.SendAsync(Door, "DELETE", path, stop).ConfigureAwait(false), path, "DELETE", 204);
            return 0;
        }
        finally
        {
            key.WriteEnds(acknowledged, null);
        }
    }

    private async Task<long> GetAsync(string path, KeyMemory key, CancellationToken stop)
    {
        var begun = key.ReadBegins();
        var answer = await Client.SendAsync(Door, "GET", path, stop).ConfigureAwait(false);
        if (!Expect(answer, path, "GET", 200, 404))
        {
            return 0;
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

        return read is null ? 0 : answer.Body.Length;
    }

    private async Task<long> HeadAsync(string path, CancellationToken stop)
    {
        Expect(await Client.SendAsync(Door, "HEAD", path, stop).ConfigureAwait(false), path, "HEAD", 200, 404);
        return 0;
    }

    private async Task<long> ListAsync(int folder, CancellationToken stop)
    {
        Expect(await Client.SendAsync(Door, "GET", $"/{Bucket}", stop, query: [("list-type", "2"), ("prefix", $"{folder}/"), ("max-keys", "50")]).ConfigureAwait(false), Bucket, "LIST", 200);
        return 0;
    }

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

            await Task.Delay(TimeSpan.FromMilliseconds(500), _context.Clock, stop).ConfigureAwait(false);
        }
    }

    private void Trouble(ref long counter, string words)
    {
        lock (_lock)
        {
            counter++;
            _troubles.Enqueue($"{_context.Clock.GetUtcNow():HH:mm:ss} {words}");
            if (_troubles.Count > TroublesKept)
            {
                _troubles.Dequeue();
            }
        }
    }
}
