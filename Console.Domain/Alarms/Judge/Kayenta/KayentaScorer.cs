using System.Collections.Immutable;

namespace OpsConsole.Domain.Alarms.Judge.Kayenta;

/// <summary>A metric's part in the score.</summary>
/// <param name="Critical">As classified: whether its failure is the canary's.</param>
public sealed record KayentaResult(string Name, KayentaLabel Label, bool Critical, ImmutableArray<string> Groups)
{
    public bool Muted { get; init; }
}

public enum ForcedZero
{
    None,
    CriticalFailure,

    /// <summary>Half of the metrics or more had no data.</summary>
    TooLittleData,
}

/// <param name="Summary">0 to 100, two decimals.</param>
/// <param name="Groups">Unrounded.</param>
public sealed record KayentaScore(double Summary, ImmutableSortedDictionary<string, double> Groups, ForcedZero Forced);

/// <summary>Kayenta's weighted sum. Keeps its traps: metrics without data leave the denominator, and a group without any counts in full.</summary>
public static class KayentaScorer
{
    private const double TooLittle = 50;

    /// <param name="weights">Percent by group; groups without one share what is left of 100.</param>
    public static KayentaScore Score(IEnumerable<KayentaResult> results, IReadOnlyDictionary<string, double> weights)
    {
        var counted = results.Where(result => !result.Muted).ToArray();
        var labels = counted.SelectMany(result => result.Groups.Select(group => (group, result.Label))).GroupBy(one => one.group, one => one.Label).ToArray();
        var groups = labels.ToImmutableSortedDictionary(group => group.Key, group => OfGroup([.. group]) ?? 0, StringComparer.Ordinal);
        if (counted.Any(result => result.Critical && result.Label != KayentaLabel.Pass))
        {
            return new(0, groups, ForcedZero.CriticalFailure);
        }

        if (counted.Length > 0 && counted.Count(result => result.Label == KayentaLabel.Nodata) * 100.0 / counted.Length >= TooLittle)
        {
            return new(0, groups, ForcedZero.TooLittleData);
        }

        var unnamed = labels.Count(group => !weights.ContainsKey(group.Key));
        var rest = unnamed == 0 ? 0 : (100 - weights.Values.Sum()) / unnamed;
        var sum = labels.Sum(group => (OfGroup([.. group]) ?? 100) * (weights.TryGetValue(group.Key, out var weight) ? weight : rest) / 100);
        return new(Rounded(sum), groups, ForcedZero.None);
    }

    /// <summary>Share of passes, 0 to 100; null where no metric has data.</summary>
    private static double? OfGroup(KayentaLabel[] labels)
    {
        var judged = labels.Count(label => label is KayentaLabel.Pass or KayentaLabel.High or KayentaLabel.Low or KayentaLabel.NodataFailMetric);
        return judged == 0 ? null : labels.Count(label => label == KayentaLabel.Pass) / (double)judged * 100;
    }

    /// <summary>Two decimals, halves up, of the number as it is written.</summary>
    private static double Rounded(double score) => Math.Abs(score) < 1e15 ? (double)Math.Round((decimal)score, 2, MidpointRounding.AwayFromZero) : score;
}
