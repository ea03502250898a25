using System.Text;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using OpsConsole.Domain.ProvingGround.S3;
using OpsConsole.Engine.ProvingGround.Store;

namespace OpsConsole.Engine.ProvingGround.Hosting;

/// <summary>The bounds of every connection to the ground; who sends or takes less than 1 KB a second for 10 seconds is cut off.</summary>
internal static class HostLimits
{
    private static readonly MinDataRate Slowest = new(1024, TimeSpan.FromSeconds(10));

    public static Action<KestrelServerOptions> For(GroundRole role) =>
        options =>
        {
            options.AddServerHeader = false;
            options.AllowSynchronousIO = false;

            // What customers name in UTF-8 is given back in UTF-8.
            options.ResponseHeaderEncodingSelector = _ => Encoding.UTF8;
            options.Limits.MaxConcurrentConnections = 1_000;
            options.Limits.MaxRequestHeaderCount = 100;
            options.Limits.MaxRequestHeadersTotalSize = 16 * 1024;
            options.Limits.MaxRequestLineSize = 8 * 1024;
            options.Limits.MaxRequestBodySize = role == GroundRole.Storage ? S3Limits.MaxObject + Envelope.MaxOverhead : S3Limits.MaxBody;
            options.Limits.MinRequestBodyDataRate = Slowest;
            options.Limits.MinResponseDataRate = Slowest;
            options.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(10);
            options.Limits.KeepAliveTimeout = TimeSpan.FromMinutes(2);
        };
}
