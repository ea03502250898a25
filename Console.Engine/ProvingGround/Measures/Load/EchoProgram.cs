using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace OpsConsole.Engine.ProvingGround.Measures.Load;

/// <summary>A plain Kestrel and nothing behind it: <c>GET /echo/BYTES</c> answers so many, everything else is read to its end. Ends when its standard input does.</summary>
public static class EchoProgram
{
    private const int MostBytes = 4 << 20;

    public static async Task<int> RunAsync(int port, CancellationToken cancel)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(options =>
        {
            options.AddServerHeader = false;
            options.Listen(System.Net.IPAddress.Loopback, port);
            options.Limits.MaxRequestBodySize = MostBytes;
        });
        await using var app = builder.Build();
        var bytes = new byte[MostBytes];
        app.Run(context => AnswerAsync(context, bytes));
        await app.StartAsync(cancel).ConfigureAwait(false);
        await System.Console.In.ReadToEndAsync(cancel).ConfigureAwait(false);
        await app.StopAsync(CancellationToken.None).ConfigureAwait(false);
        return 0;
    }

    private static async Task AnswerAsync(HttpContext context, byte[] bytes)
    {
        if (HttpMethods.IsGet(context.Request.Method))
        {
            var asked = int.Parse(context.Request.Path.Value.AsSpan("/echo/".Length), NumberStyles.None, CultureInfo.InvariantCulture);
            context.Response.ContentLength = asked;
            await context.Response.Body.WriteAsync(bytes.AsMemory(0, asked), context.RequestAborted).ConfigureAwait(false);
        }
        else
        {
            await context.Request.Body.CopyToAsync(Stream.Null, context.RequestAborted).ConfigureAwait(false);
        }
    }
}
