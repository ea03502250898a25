using System.Globalization;

namespace OpsConsole.Engine.ProvingGround.Hosting;

/// <summary>What a process has used since it started, as the operating system counts it.</summary>
/// <param name="Cpu">Time on the processors, user and system.</param>
/// <param name="Resident">Bytes of memory now.</param>
/// <param name="Read">Bytes read from disk.</param>
/// <param name="Written">Bytes written to disk.</param>
internal sealed record ProcessUsage(TimeSpan Cpu, long Resident, long Read, long Written)
{
    /// <summary>Ticks of <c>/proc</c> in a second: 100 on every Linux there is.</summary>
    private const double TicksPerSecond = 100;

    /// <summary>Null where the process is gone, or the system does not say.</summary>
    public static ProcessUsage? Of(int pid)
    {
        try
        {
            var stat = File.ReadAllText($"/proc/{pid}/stat");
            var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
            var ticks = Number(fields[11]) + Number(fields[12]);
            var io = File.ReadLines($"/proc/{pid}/io").Select(line => line.Split(": ")).ToDictionary(pair => pair[0], pair => Number(pair[1]), StringComparer.Ordinal);
            return ProcessTable.ResidentBytes(pid) is { } resident
                ? new ProcessUsage(TimeSpan.FromSeconds(ticks / TicksPerSecond), resident, io.GetValueOrDefault("read_bytes"), io.GetValueOrDefault("write_bytes"))
                : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or FormatException or IndexOutOfRangeException)
        {
            return null;
        }
    }

    private static long Number(string text) => long.Parse(text, CultureInfo.InvariantCulture);
}
