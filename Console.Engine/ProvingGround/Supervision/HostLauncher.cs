using System.ComponentModel;
using System.Diagnostics;
using OpsConsole.Engine.ProvingGround.Hosting;

namespace OpsConsole.Engine.ProvingGround.Supervision;

/// <summary>Starts one process of the ground and sees it through to its first answer, or to why it gave none.</summary>
internal sealed class HostLauncher(GroundOptions options, GroundFolder folder, GroundClient client, TimeProvider clock)
{
    /// <summary>A process that has not answered by then is ended.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan Between = TimeSpan.FromMilliseconds(40);

    /// <summary>
    /// Small, quiet processes: one heap, little of it, no profiling for hot code that is never hot, and threads that wait for work asleep: twenty processes that
    /// look for it in turns take a quarter of two processors from those that have some. Numbers are hexadecimal.
    /// </summary>
    private static readonly Dictionary<string, string> Frugal = new()
    {
        ["DOTNET_gcServer"] = "0",
        ["DOTNET_gcConcurrent"] = "0",
        ["DOTNET_GCHeapHardLimit"] = "0x18000000",
        ["DOTNET_GCgen0size"] = "0x400000",
        ["DOTNET_GCConserveMemory"] = "5",
        ["DOTNET_TieredPGO"] = "0",
        ["DOTNET_ThreadPool_UnfairSemaphoreSpinLimit"] = "0",
        ["DOTNET_EnableDiagnostics"] = "0",
        ["DOTNET_NOLOGO"] = "1",
    };

    /// <summary>An index host has a million objects in memory, about 1 KB each, and must not stand still while it looks for garbage among them.</summary>
    private static readonly Dictionary<string, string> Roomy = new()
    {
        ["DOTNET_gcConcurrent"] = "1",
        ["DOTNET_GCHeapHardLimit"] = "0x80000000",
    };

    public async Task<LaunchResult> StartAsync(GroundHost host, CancellationToken cancel)
    {
        Directory.CreateDirectory(folder.Of(host.Id));
        File.Delete(folder.RunningFile(host.Id));
        using var process = Process.Start(Command(options.Program, folder.Of(host.Id), ["host", "--ground", folder.Root, "--id", host.Id], roomy: host.Role == GroundRole.Index)) ?? throw new Win32Exception("no process was started");
        try
        {
            return await WatchAsync(host, process, cancel).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // Nobody waits for it any more, so nobody would look after it.
            process.Kill();
            throw;
        }
    }

    private async Task<LaunchResult> WatchAsync(GroundHost host, Process process, CancellationToken cancel)
    {
        var began = clock.GetTimestamp();
        while (!process.HasExited)
        {
            cancel.ThrowIfCancellationRequested();
            if (File.Exists(folder.RunningFile(host.Id)) && folder.ReadRunning(host.Id) is { } running && running.Pid == process.Id && await client.HealthAsync(host, deep: false, cancel).ConfigureAwait(false) is { } health && health.Id == host.Id)
            {
                return new LaunchResult(running, null, 0);
            }

            if (clock.GetElapsedTime(began) > Limit)
            {
                process.Kill();
                return new LaunchResult(null, $"it did not answer within {Limit.TotalSeconds} s and was ended. {LastWords(host)}", -1);
            }

            await Task.Delay(Between, clock, cancel).ConfigureAwait(false);
        }

        return new LaunchResult(null, $"it ended with exit code {process.ExitCode} before it answered. {LastWords(host)}", process.ExitCode);
    }

    /// <summary>Asks it to end, and ends it when it has not after 6 seconds.</summary>
    public async Task StopAsync(RunningHost running, CancellationToken cancel)
    {
        ProcessTable.AskToEnd(running);
        var began = clock.GetTimestamp();
        while (ProcessTable.Lives(running))
        {
            if (clock.GetElapsedTime(began) > TimeSpan.FromSeconds(6))
            {
                ProcessTable.Kill(running);
            }

            await Task.Delay(Between, clock, cancel).ConfigureAwait(false);
        }
    }

    /// <summary>How a process of the ground is started.</summary>
    /// <param name="program">As <see cref="GroundOptions.Program"/>.</param>
    /// <param name="roomy">With a heap for millions of objects, as index hosts have it.</param>
    public static ProcessStartInfo Command(string program, string folder, string[] arguments, bool roomy = false)
    {
        var viaDotnet = program.EndsWith(".dll", StringComparison.OrdinalIgnoreCase);
        var start = new ProcessStartInfo(viaDotnet ? DotnetHost() : program) { UseShellExecute = false, WorkingDirectory = folder };
        Array.ForEach(viaDotnet ? [program, .. arguments] : arguments, start.ArgumentList.Add);
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("ASPNETCORE_", StringComparison.Ordinal) || name is "DOTNET_STARTUP_HOOKS" or "DOTNET_URLS").ToArray())
        {
            start.Environment.Remove(name);
        }

        foreach (var (name, value) in roomy ? Frugal.Where(one => !Roomy.ContainsKey(one.Key)).Concat(Roomy) : Frugal)
        {
            start.Environment[name] = value;
        }

        return start;
    }

    private static string DotnetHost()
    {
        var name = OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet";
        if (Path.GetFileName(Environment.ProcessPath) == name)
        {
            return Environment.ProcessPath!;
        }

        var beside = Path.GetFullPath(Path.Combine(System.Runtime.InteropServices.RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..", name));
        return File.Exists(beside) ? beside : name;
    }

    private string LastWords(GroundHost host)
    {
        var log = Path.Combine(folder.Of(host.Id), "log.txt");
        if (!File.Exists(log))
        {
            return "";
        }

        var lines = File.ReadLines(log).Select(line => line.Trim()).Where(line => line.Length > 0).Take(3);
        var words = string.Join(' ', lines);
        return words.Length > 300 ? words[..300] : words;
    }
}

/// <param name="Running">Null where it did not come up.</param>
/// <param name="Trouble">Why not, in words.</param>
internal sealed record LaunchResult(RunningHost? Running, string? Trouble, int ExitCode);
