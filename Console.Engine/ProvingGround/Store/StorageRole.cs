using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using OpsConsole.Domain.ProvingGround.S3;
using OpsConsole.Engine.ProvingGround.Hosting;

namespace OpsConsole.Engine.ProvingGround.Store;

/// <summary>A storage host: <c>object</c> (put, get, head) and <c>list</c>, for the ground's own processes only.</summary>
internal sealed class StorageRole(DiskStore disk) : IHostRole
{
    private long _requests;

    public long Requests => Interlocked.Read(ref _requests);

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
            case "object" when HttpMethods.IsPut(context.Request.Method):
                await KeepAsync(context).ConfigureAwait(false);
                return true;
            case "object":
                await ReadAsync(context, StorageName.Decode(context.Request.Headers[StorageName.Header].ToString())).ConfigureAwait(false);
                return true;
            case "list":
                var query = context.Request.Query;
                var page = disk.List(query["bucket"].ToString(), query["prefix"].ToString(), query["after"].ToString(), Math.Clamp(int.Parse(query["take"].ToString(), CultureInfo.InvariantCulture), 1, 1_000));
                await context.Response.Body.WriteAsync(JsonSerializer.SerializeToUtf8Bytes(page, GroundJson.Default.IndexPage)).ConfigureAwait(false);
                return true;
            default:
                return false;
        }
    }

    public Task<string?> TroubleAsync(CancellationToken cancel) => Task.FromResult(disk.Bytes >= disk.MaxBytes || disk.Objects >= DiskStore.MaxObjects ? "the disk allotted is full" : null);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private async Task KeepAsync(HttpContext context)
    {
        if (context.Request.ContentLength is not (> 0 and <= S3Limits.MaxObject + Envelope.MaxOverhead and var length))
        {
            context.Response.StatusCode = StatusCodes.Status400BadRequest;
            return;
        }

        var envelope = GC.AllocateUninitializedArray<byte>((int)length);
        await context.Request.Body.ReadExactlyAsync(envelope, context.RequestAborted).ConfigureAwait(false);
        var result = disk.Keep(envelope);
        context.Response.Headers[StorageName.Version] = result.Version.ToString(CultureInfo.InvariantCulture);
        context.Response.StatusCode = result.Kept switch
        {
            Kept.Yes => StatusCodes.Status200OK,
            Kept.Superseded => StatusCodes.Status409Conflict,
            Kept.Full => StatusCodes.Status507InsufficientStorage,
            _ => StatusCodes.Status400BadRequest,
        };
    }

    private async Task ReadAsync(HttpContext context, (string Bucket, string Key) name)
    {
        var version = disk.VersionOf(name.Bucket, name.Key);
        context.Response.Headers[StorageName.Version] = version.ToString(CultureInfo.InvariantCulture);
        if (version == 0 || HttpMethods.IsHead(context.Request.Method))
        {
            return;
        }

        if (disk.Read(name.Bucket, name.Key) is { } envelope)
        {
            context.Response.ContentLength = envelope.Length;
            await context.Response.Body.WriteAsync(envelope, context.RequestAborted).ConfigureAwait(false);
        }
    }
}
