using System.Globalization;

namespace OpsConsole.Engine.Fleet.Agent;

/// <summary>CPU and memory of this machine, from Linux' <c>/proc</c>; nulls elsewhere.</summary>
internal sealed class ProcFigures
{
    private (long Busy, long All) _before;

    /// <returns>Share of all cores in use since the last call, 0 to 1, and bytes in use.</returns>
    public (double? Cpu, long? MemoryBytes) Read() => OperatingSystem.IsLinux() ? (Cpu(), Memory()) : (null, null);

    private double? Cpu()
    {
        var jiffies = File.ReadLines("/proc/stat").First().Split(' ', StringSplitOptions.RemoveEmptyEntries).Skip(1).Take(8).Select(Number).ToArray();
        var now = (Busy: jiffies.Sum() - jiffies[3] - jiffies[4], All: jiffies.Sum());
        var (busy, all) = (now.Busy - _before.Busy, now.All - _before.All);
        _before = now;
        return all > 0 ? Math.Clamp((double)busy / all, 0, 1) : null;
    }

    private static long? Memory()
    {
        var kib = File.ReadLines("/proc/meminfo").Take(5).Select(line => line.Split([':', ' '], StringSplitOptions.RemoveEmptyEntries)).ToDictionary(line => line[0], line => Number(line[1]));
        return kib.TryGetValue("MemTotal", out var total) && kib.TryGetValue("MemAvailable", out var free) ? (total - free) * 1_024 : null;
    }

    private static long Number(string text) => long.Parse(text, CultureInfo.InvariantCulture);
}
