using System.Diagnostics;

namespace OpsConsole.Tests.Fleet.Agent;

/// <summary>Real scripts and processes for tests, and waiting for what they do.</summary>
internal static class AgentProcesses
{
    public static void Script(string folder, string name, string text)
    {
        var path = Path.Combine(folder, name);
        File.WriteAllText(path, $"#!/bin/sh\n{text}\n");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }

    public static Process Start(params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true };
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "Console.Web.dll"));
        Array.ForEach(arguments, start.ArgumentList.Add);
        return Process.Start(start)!;
    }

    public static async Task<string> TextOfAsync(string path)
    {
        await UntilAsync(() => File.Exists(path) && new FileInfo(path).Length > 0);
        return (await File.ReadAllTextAsync(path)).Trim();
    }

    public static bool Lives(int process)
    {
        var stat = $"/proc/{process}/stat";
        try
        {
            return File.Exists(stat) && File.ReadAllText(stat).Split(')')[^1].Trim()[0] != 'Z';
        }
        catch (IOException)
        {
            return false;
        }
    }

    public static async Task UntilAsync(Func<bool> holds)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (!holds())
        {
            await Task.Delay(50, limit.Token);
        }
    }
}
