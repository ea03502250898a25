using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;

namespace OpsConsole.Engine.ProvingGround.Hosting;

/// <summary>What the operating system says of processes, by pid and start: a pid alone may have become another's.</summary>
internal static class ProcessTable
{
    /// <summary>When the process started, in ticks that only this machine understands; null where there is no such process, or only its remains.</summary>
    public static long? StartOf(int pid)
    {
        try
        {
            if (!OperatingSystem.IsLinux())
            {
                using var process = Process.GetProcessById(pid);
                return process.StartTime.Ticks;
            }

            var stat = File.ReadAllText($"/proc/{pid}/stat");
            var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
            return fields[0] is "Z" or "X" ? null : long.Parse(fields[19], CultureInfo.InvariantCulture);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or InvalidOperationException)
        {
            return null;
        }
    }

    public static bool Lives(RunningHost running) => StartOf(running.Pid) == running.Started;

    /// <summary>Resident memory in bytes; null where the process is gone.</summary>
    public static long? ResidentBytes(int pid)
    {
        try
        {
            if (!OperatingSystem.IsLinux())
            {
                using var process = Process.GetProcessById(pid);
                return process.WorkingSet64;
            }

            return long.Parse(File.ReadAllText($"/proc/{pid}/statm").Split(' ')[1], CultureInfo.InvariantCulture) * Environment.SystemPageSize;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return null;
        }
    }

    /// <summary>Asks it to end in its own time; ends it at once where the system has no such thing.</summary>
    public static void AskToEnd(RunningHost running)
    {
        if (!OperatingSystem.IsLinux())
        {
            Kill(running);
        }
        else
        {
            ProcessSignals.AskToEnd(running);
        }
    }

    /// <summary>Ends it at once. Does nothing where the pid has become another's.</summary>
    public static void Kill(RunningHost running)
    {
        if (!Lives(running))
        {
            return;
        }

        try
        {
            using var process = Process.GetProcessById(running.Pid);
            process.Kill();
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException or Win32Exception)
        {
            // It ended by itself between the two looks.
        }
    }
}
