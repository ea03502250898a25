using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using OpsConsole.Domain.Noodles.Running;
using OpsConsole.Tests.World;
using Xunit.Abstractions;

namespace OpsConsole.Tests.Noodles;

/// <summary>The shipped features, unchanged, against a server nobody here wrote: npm's s3rver. What it does not do is known by name and reason; the test fails when that changes, either way.</summary>
[Trait("Category", "Integration")]
public sealed class S3rverTests(ITestOutputHelper output)
{
    [Fact]
    public async Task Does_what_it_is_known_to_do_and_no_more()
    {
        var folder = Directory.CreateTempSubdirectory("s3rver").FullName;
        var port = ConsoleProcess.FreePort();
        using var stop = new CancellationTokenSource();
        // Some requests end its process; it is started again, and the scenario that ended it is known by name.
        var (kept, deaths) = (KeepAsync(folder, port, stop.Token), 0);
        try
        {
            await UntilAsync(port);
            using var bench = NoodleBench.Shipped();
            var target = new NoodleTarget("s3rver", new Uri($"http://127.0.0.1:{port}"), "us-east-1", [new("s3rver", "S3RVER", "S3RVER")]) { KnownDifferences = S3rverProfile.Differences };
            var result = await bench.Runner.RunAsync(new NoodleSelection(), target, new NoodleRunOptions(1), CancellationToken.None);
            NoodleBench.DiffersAsKnown(result, S3rverProfile.Differences, output);
        }
        finally
        {
            await stop.CancelAsync();
            deaths = await kept;
            output.WriteLine($"it died {deaths} times");
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<int> KeepAsync(string folder, int port, CancellationToken stop)
    {
        for (var deaths = 0; ; deaths++)
        {
            using var server = Start(folder, port);
            try
            {
                await server.WaitForExitAsync(stop);
            }
            catch (OperationCanceledException)
            {
                server.Kill(entireProcessTree: true);
                await server.WaitForExitAsync(CancellationToken.None);
                return deaths;
            }

            if (deaths > 20)
            {
                return deaths;
            }
        }
    }

    private static Process Start(string folder, int port)
    {
        var program = Repository.At("Console.Web/Npm/node_modules/s3rver/bin/s3rver.js");
        Assert.True(File.Exists(program), $"{program} is missing: run npm ci in Console.Web/Npm.");
        var start = new ProcessStartInfo("node", [program, "-d", folder, "-a", "127.0.0.1", "-p", $"{port}", "--no-vhost-buckets", "--silent"]) { RedirectStandardOutput = true, RedirectStandardError = true };
        var server = Process.Start(start)!;
        server.OutputDataReceived += static (_, _) => { };
        server.ErrorDataReceived += static (_, _) => { };
        server.BeginOutputReadLine();
        server.BeginErrorReadLine();
        return server;
    }

    private static async Task UntilAsync(int port)
    {
        for (var tries = 0; ; tries++)
        {
            try
            {
                using var client = new TcpClient();
                await client.ConnectAsync(IPAddress.Loopback, port);
                return;
            }
            catch (SocketException) when (tries < 100)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System);
            }
        }
    }
}
