using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;
using OpsConsole.Engine.Journal;

namespace OpsConsole.Web.Bench;

/// <summary>What a benchmark measured. Its JSON line is the last thing a benchmark prints.</summary>
/// <param name="Figures">By name; the unit is in the name: <c>_per_s</c>, <c>_ms</c>, <c>_bytes</c>.</param>
internal sealed record BenchReport(string Bench, IReadOnlyDictionary<string, double> Figures)
{
    public BenchMachine Machine { get; } = BenchMachine.This();

    /// <summary>The middle of the rounds' figures; of an even number the upper of the two in the middle.</summary>
    public static double Median(IEnumerable<double> figures)
    {
        var sorted = figures.Order().ToArray();
        return sorted[sorted.Length / 2];
    }

    public void Print(TextWriter output, bool json)
    {
        if (json)
        {
            output.WriteLine(JsonSerializer.Serialize(this, EventTypes.Json));
            return;
        }

        foreach (var (name, value) in Figures)
        {
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name,-24} {value,16:N2}"));
        }
    }
}

/// <summary>The machine a figure was measured on.</summary>
internal sealed record BenchMachine(int Cores, long MemoryBytes, string Os, string Runtime, string Architecture)
{
    public static BenchMachine This() =>
        new(Environment.ProcessorCount, GC.GetGCMemoryInfo().TotalAvailableMemoryBytes, RuntimeInformation.OSDescription, RuntimeInformation.FrameworkDescription, RuntimeInformation.ProcessArchitecture.ToString());
}
