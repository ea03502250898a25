using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using OpsConsole.Engine.ProvingGround.Behaviours;
using OpsConsole.Engine.ProvingGround.Hosting;

namespace OpsConsole.Engine.ProvingGround.Storage;

/// <summary>
/// A storage host: <c>shard</c> (put, get, head), <c>states</c>, <c>remove-probes</c>, <c>shards</c> (a page of names), <c>storage</c> (figures), <c>read-back</c> (a sample of shards, read and checked), <c>patient</c> (drills) and <c>report</c> and
/// <c>repair</c> of <see cref="HostCare"/>, for the ground's own processes only.
/// </summary>
internal sealed class ShardHostRole(string host, ShardStore store, HostCare care, TimeProvider clock) : IHostRole
{
    private readonly ShardPatient _patient = new(store, clock);
    private long _requests;

    public ShardKeeping Keeping { get; init; } = new();

    public long Requests => Interlocked.Read(ref _requests);

    public Task WarmUpAsync(CancellationToken cancel)
    {
        care.Begin();
        return Task.CompletedTask;
    }

    public Task HandleAsync(HttpContext context)
    {
        context.Response.StatusCode = StatusCodes.Status403Forbidden;
        return Task.CompletedTask;
    }

    public async Task<bool> HandleControlAsync(HttpContext context, string what)
    {
        Interlocked.Increment(ref _requests);
        switch (what)
        {
            case "shard" when HttpMethods.IsPut(context.Request.Method):
                await PutAsync(context).ConfigureAwait(false);
                return true;
            case "shard":
                await GetAsync(context).ConfigureAwait(false);
                return true;
            case "states" when HttpMethods.IsPost(context.Request.Method):
                await StatesAsync(context).ConfigureAwait(false);
                return true;
            case "remove-probes" when HttpMethods.IsPost(context.Request.Method):
                await RemoveProbesAsync(context).ConfigureAwait(false);
                return true;
            case "shards":
                var take = int.TryParse(context.Request.Query["take"], CultureInfo.InvariantCulture, out var asked) ? Math.Clamp(asked, 1, ShardWire.MostNames) : ShardWire.MostNames;
                await context.Response.Body.WriteAsync(ShardWire.Pack([.. store.After(ShardName.Parse(context.Request.Query["after"].ToString()), take).Select(one => one.Name)])).ConfigureAwait(false);
                return true;
            case "storage":
                await context.Response.Body.WriteAsync(JsonSerializer.SerializeToUtf8Bytes(care.Stats(host), GroundJson.Default.ShardStats)).ConfigureAwait(false);
                return true;
            case "read-back":
                var back = ReadBack.Of(store, int.TryParse(context.Request.Query["shards"], CultureInfo.InvariantCulture, out var wished) ? Math.Clamp(wished, 1, ReadBack.Most) : ReadBack.Most, Guid.NewGuid());
                await context.Response.Body.WriteAsync(JsonSerializer.SerializeToUtf8Bytes(back, GroundJson.Default.ReadBack)).ConfigureAwait(false);
                return true;
            case "patient" when HttpMethods.IsPost(context.Request.Method):
                Treat(context);
                return true;
            case "report" when HttpMethods.IsPost(context.Request.Method):
                await ReportAsync(context).ConfigureAwait(false);
                return true;
            case "repair":
                await context.Response.Body.WriteAsync(JsonSerializer.SerializeToUtf8Bytes(care.RepairStats(), GroundJson.Default.RepairStats)).ConfigureAwait(false);
                return true;
            default:
                return false;
        }
    }

    public Task<string?> TroubleAsync(CancellationToken cancel) => Task.FromResult(store.Trouble);

    public async ValueTask DisposeAsync()
    {
        await care.DisposeAsync().ConfigureAwait(false);
        await store.DisposeAsync().ConfigureAwait(false);
    }

    private async Task PutAsync(HttpContext context)
    {
        var request = context.Request;
        if (request.ContentLength is not (>= 0 and <= Shard.MaxBytes and var length) || ShardName.Parse(request.Query["name"].ToString()) is not { } name
            || !uint.TryParse(request.Headers[ShardWire.Crc], NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var crc) || !int.TryParse(request.Headers[ShardWire.Group], CultureInfo.InvariantCulture, out var group))
        {
            context.Response.StatusCode = StatusCodes.Status400BadRequest;
            return;
        }

        var bytes = GC.AllocateUninitializedArray<byte>((int)length);
        await request.Body.ReadExactlyAsync(bytes, context.RequestAborted).ConfigureAwait(false);
        await _patient.BeforeDiskAsync(context.RequestAborted).ConfigureAwait(false);
        var shard = new Shard(name, group, crc, bytes);
        context.Response.StatusCode = (Keeping.Keeps(shard) ? await store.PutAsync(shard, context.RequestAborted).ConfigureAwait(false) : ShardPut.Kept) switch
        {
            ShardPut.Kept => StatusCodes.Status200OK,
            ShardPut.Full => StatusCodes.Status507InsufficientStorage,
            _ => StatusCodes.Status422UnprocessableEntity,
        };
    }

    private async Task GetAsync(HttpContext context)
    {
        if (ShardName.Parse(context.Request.Query["name"].ToString()) is not { } name)
        {
            context.Response.StatusCode = StatusCodes.Status400BadRequest;
            return;
        }

        await _patient.BeforeDiskAsync(context.RequestAborted).ConfigureAwait(false);
        if (HttpMethods.IsHead(context.Request.Method))
        {
            context.Response.StatusCode = store.State(name, verify: false) == ShardState.Good ? StatusCodes.Status200OK : StatusCodes.Status404NotFound;
            return;
        }

        var read = store.Read(name);
        if (read.Shard is not { } shard)
        {
            context.Response.StatusCode = read.State == ShardState.Missing ? StatusCodes.Status404NotFound : StatusCodes.Status410Gone;
            return;
        }

        context.Response.Headers[ShardWire.Crc] = shard.Crc.ToString("x8", CultureInfo.InvariantCulture);
        context.Response.Headers[ShardWire.Group] = shard.Group.ToString(CultureInfo.InvariantCulture);
        context.Response.ContentLength = shard.Bytes.Length;
        await context.Response.Body.WriteAsync(shard.Bytes, context.RequestAborted).ConfigureAwait(false);
    }

    private async Task StatesAsync(HttpContext context)
    {
        if (await NamesAsync(context).ConfigureAwait(false) is { } names)
        {
            var verify = context.Request.Query.ContainsKey("verify");
            await context.Response.Body.WriteAsync(names.Select(name => (byte)store.State(name, verify)).ToArray(), context.RequestAborted).ConfigureAwait(false);
        }
    }

    /// <summary>Nobody may have a shard of an object taken away by name: what nothing names any more the host finds itself.</summary>
    private async Task RemoveProbesAsync(HttpContext context)
    {
        if (await NamesAsync(context).ConfigureAwait(false) is not { } names)
        {
            return;
        }

        if (!names.All(name => name.IsProbe))
        {
            context.Response.StatusCode = StatusCodes.Status400BadRequest;
            return;
        }

        foreach (var name in names)
        {
            store.Remove(name);
        }
    }

    /// <summary>Null where there are none that can be read: the request is refused then.</summary>
    private async Task<ImmutableArray<ShardName>?> NamesAsync(HttpContext context)
    {
        if (context.Request.ContentLength is >= 0 and <= ShardWire.MostNames * ShardWire.NameBytes and var length)
        {
            var bytes = new byte[length];
            await context.Request.Body.ReadExactlyAsync(bytes, context.RequestAborted).ConfigureAwait(false);
            await _patient.BeforeDiskAsync(context.RequestAborted).ConfigureAwait(false);
            if (ShardWire.Unpack(bytes) is { } names)
            {
                return names;
            }
        }

        context.Response.StatusCode = StatusCodes.Status400BadRequest;
        return null;
    }

    private async Task ReportAsync(HttpContext context)
    {
        var bytes = new byte[ShardWire.NameBytes + 4];
        var read = await context.Request.Body.ReadAtLeastAsync(bytes, bytes.Length, throwOnEndOfStream: false, context.RequestAborted).ConfigureAwait(false);
        if (ShardWire.UnpackReport(bytes.AsSpan(0, read)) is { } report)
        {
            care.Report(report.Name, report.Group);
        }
        else
        {
            context.Response.StatusCode = StatusCodes.Status400BadRequest;
        }
    }

    /// <summary><c>?slow=MS</c>, <c>?fill=true|false</c>, <c>?corrupt=COUNT[&amp;after=NAME][&amp;at=BYTE]</c>.</summary>
    private void Treat(HttpContext context)
    {
        int? Number(string name) => int.TryParse(context.Request.Query[name], CultureInfo.InvariantCulture, out var number) ? number : null;
        if (Number("slow") is { } slow)
        {
            _patient.Delay = TimeSpan.FromMilliseconds(slow);
        }
        else if (Number("corrupt") is { } count)
        {
            var done = _patient.Corrupt(ShardName.Parse(context.Request.Query["after"].ToString()), count, Math.Max(0, Number("at") ?? 0));
            context.Response.StatusCode = done.Count > 0 ? StatusCodes.Status200OK : StatusCodes.Status404NotFound;
        }
        else if (context.Request.Query["fill"].ToString() is "true" or "false")
        {
            _patient.Fill(context.Request.Query["fill"] == "true");
        }
        else
        {
            context.Response.StatusCode = StatusCodes.Status400BadRequest;
        }
    }
}
