using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;

namespace OpsConsole.Tests.World;

/// <summary>The real executable as a newcomer starts it: own process, own data folder, a free port on loopback. Ended by its id, never by name.</summary>
internal sealed partial class ConsoleProcess : IAsyncDisposable
{
    private readonly Process _process;
    private readonly ConcurrentQueue<string> _lines = new();
    private readonly bool _ownsData;

    private ConsoleProcess(Process process, string url, string data, bool ownsData) => (_process, Url, DataFolder, _ownsData) = (process, url, data, ownsData);

    public string Url { get; }

    public string DataFolder { get; }

    public string Output => string.Join('\n', _lines);

    public int Id => _process.Id;

    /// <summary>The link printed for the first sign-in; null where none was.</summary>
    public string? SignInLink => SignIn().Match(Output) is { Success: true } match ? match.Value : null;

    public static string Executable { get; } = FindExecutable();

    public static async Task<ConsoleProcess> StartAsync(string world, string? data = null, int? port = null)
    {
        var folder = data ?? Path.Combine(Path.GetTempPath(), $"opsconsole-{Guid.NewGuid():n}");
        var url = $"http://127.0.0.1:{port ?? FreePort()}";
        var start = new ProcessStartInfo("dotnet", [Executable, "serve", "--urls", url, "--data", folder, "--world", world])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Path.GetTempPath(),
        };
        var console = new ConsoleProcess(Process.Start(start)!, url, folder, data is null);
        console._process.OutputDataReceived += (_, line) => console.Keep(line.Data);
        console._process.ErrorDataReceived += (_, line) => console.Keep(line.Data);
        console._process.BeginOutputReadLine();
        console._process.BeginErrorReadLine();
        await console.UntilHealthyAsync();
        return console;
    }

    /// <summary>SIGKILL: no goodbye, no flush.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    /// <summary>SIGTERM, as a service manager does it.</summary>
    public async Task StopAsync()
    {
        if (!_process.HasExited)
        {
            using var kill = Process.Start("kill", ["-TERM", $"{_process.Id}"]);
            await kill.WaitForExitAsync();
            using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(40));
            await _process.WaitForExitAsync(patience.Token);
        }
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            await StopAsync();
        }
        catch (OperationCanceledException)
        {
            await KillAsync();
        }

        _process.Dispose();
        if (_ownsData && Directory.Exists(DataFolder))
        {
            Directory.Delete(DataFolder, recursive: true);
        }
    }

    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private async Task UntilHealthyAsync()
    {
        using var http = new HttpClient { Timeout = TimeSpan.FromSeconds(2) };
        var started = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(started) < TimeSpan.FromSeconds(60))
        {
            if (_process.HasExited)
            {
                throw new InvalidOperationException($"The console ended with {_process.ExitCode}:\n{Output}");
            }

            try
            {
                if ((await http.GetAsync($"{Url}/health")).IsSuccessStatusCode)
                {
                    return;
                }
            }
            catch (Exception e) when (e is HttpRequestException or TaskCanceledException)
            {
                // Not listening yet.
            }

            await Task.Delay(100);
        }

        throw new TimeoutException($"The console did not answer within 60 s:\n{Output}");
    }

    private void Keep(string? line)
    {
        if (line is null)
        {
            return;
        }

        _lines.Enqueue(line);
        while (_lines.Count > 2_000)
        {
            _lines.TryDequeue(out _);
        }
    }

    /// <summary>Built beside these tests, in the same configuration.</summary>
    private static string FindExecutable()
    {
        var parts = AppContext.BaseDirectory.TrimEnd('/').Split('/');
        return Repository.At(Path.Combine("Console.Web", "bin", parts[^2], parts[^1], "Console.Web.dll"));
    }

    [GeneratedRegex(@"http://\S+/sign-in/once/\S+")]
    private static partial Regex SignIn();
}
