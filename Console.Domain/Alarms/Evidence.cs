using System.Globalization;
using OpsConsole.Domain.Alarms.Judge;

namespace OpsConsole.Domain.Alarms;

/// <summary>What was seen, as the drawer and the audit show it.</summary>
/// <param name="Gate">The gate, or the budget that was exceeded.</param>
/// <param name="Rule">The limit in words with its figure, <c>at most 0.02</c>; empty where no limit was compared.</param>
/// <param name="From">Start of the window, UTC.</param>
/// <param name="To">End of the window, UTC.</param>
public sealed record Evidence(Verdict Verdict, string Gate, string Metric, string Region, string Rule, DateTimeOffset From, DateTimeOffset To)
{
    public double? Value { get; init; }

    public double? Limit { get; init; }

    public double? Baseline { get; init; }

    public long Samples { get; init; }

    /// <summary>What a canary gate compared: both medians, the effect, the interval, how many points; null at other gates.</summary>
    public Comparison? Compared { get; init; }

    public string? Source { get; init; }

    public string? Host { get; init; }

    public string? Detail { get; init; }

    /// <summary>One sentence with all of it.</summary>
    public string Sentence
    {
        get
        {
            var seen = Verdict switch
            {
                Verdict.Missing when Compared is not null => $"{Gate}: {Metric} in {Region} cannot be told from the baseline's yet",
                Verdict.Missing => $"{Gate}: {Metric} in {Region} had too little data, {Samples} samples",
                Verdict.Error => $"{Gate}: {Metric} in {Region} could not be read",
                _ => $"{Gate}: {Metric} in {Region} was {Figure(Value)}, {Rule}, over {Samples} samples",
            };
            var baseline = Baseline is null ? "" : $", baseline {Figure(Baseline)}";
            var host = Host is null ? "" : $", mostly {Host}";
            var detail = Detail is null ? "" : $": {Detail}";
            return string.Create(CultureInfo.InvariantCulture, $"{seen}{baseline}{host} ({From:HH:mm:ss} to {To:HH:mm:ss} UTC){detail}");
        }
    }

    /// <summary>As many digits as a person compares by; shares keep four decimals, and what is smaller three digits.</summary>
    internal static string Figure(double? value) =>
        value is not { } number ? "nothing" : number.ToString(Math.Abs(number) switch { >= 100 => "0", >= 1 => "0.##", > 0 and < 0.001 => "G3", _ => "0.####" }, CultureInfo.InvariantCulture);
}
