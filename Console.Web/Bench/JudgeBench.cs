using System.CommandLine;
using OpsConsole.Domain.Alarms;
using OpsConsole.Domain.Alarms.Judge;
using OpsConsole.Domain.Alarms.Judge.Kayenta;

namespace OpsConsole.Web.Bench;

/// <summary>
/// <c>bench judge</c>: what the canary judge finds, how often it is wrong and how fast it is, on seeded data: a doubling at the scale of error rates, equals of
/// several shapes and sizes, the same data in other units. Kayenta's rules judge the same data beside it.
/// </summary>
internal static class JudgeBench
{
    private static readonly Option<int> Trials = new("--trials") { Description = "Pairs of samples a figure.", DefaultValueFactory = _ => 4_000 };
    private static readonly Option<int> Seed = new("--seed") { Description = "Of the data.", DefaultValueFactory = _ => 1 };
    private static readonly TimeSpan Timed = TimeSpan.FromSeconds(2);
    private static readonly int[] Sizes = [4, 6, 10, 20, 30, 60];

    public static Command Create() =>
        BenchVerb.Bench("judge", "The canary judge: power, false alarms, independence of units, judgements a second.", [Trials, Seed], (parsed, cancel) =>
            Task.FromResult(Run(Math.Clamp(parsed.GetValue(Trials), 100, 1_000_000), parsed.GetValue(Seed), cancel)));

    private static BenchReport Run(int trials, int seed, CancellationToken cancel)
    {
        var (ours, kayenta) = Power(new JudgeSamples(seed), trials, cancel);
        var alarms = Sizes.SelectMany(size => JudgeSamples.Shapes.Select(shape => FalseAlarms(new JudgeSamples(seed + size), size, shape, trials, cancel))).ToArray();
        return new("judge", new Dictionary<string, double>
        {
            ["power_at_1e5"] = ours,
            ["kayenta_power_at_1e5"] = kayenta,
            ["false_alarm"] = alarms.Max(),
            ["false_alarm_mean"] = Math.Round(alarms.Average(), 5),
            ["scale_flips"] = Flips(new JudgeSamples(seed), trials / 8, cancel),
            ["judgements_per_s"] = Math.Round(Speed(new JudgeSamples(seed), cancel)),
            ["trials"] = trials,
        });
    }

    private static (double Ours, double Kayenta) Power(JudgeSamples samples, int trials, CancellationToken cancel)
    {
        var (ours, kayenta) = (0, 0);
        for (var trial = 0; trial < trials; trial++)
        {
            cancel.ThrowIfCancellationRequested();
            // The same spread on both sides, as in the measurements of Kayenta that this is held against.
            var (candidate, baseline) = (samples.Normal(60, 2e-5, 0.075), samples.Normal(60, 1e-5, 0.15));
            ours += Judged(candidate, baseline) == Verdict.Bad ? 1 : 0;
            kayenta += KayentaClassifier.Classify(new(), candidate, baseline).Label == KayentaLabel.High ? 1 : 0;
        }

        return ((double)ours / trials, (double)kayenta / trials);
    }

    /// <summary>Two samples of one shape, and a sample against itself.</summary>
    private static double FalseAlarms(JudgeSamples samples, int size, SampleShape shape, int trials, CancellationToken cancel)
    {
        var bad = 0;
        for (var trial = 0; trial < trials; trial++)
        {
            cancel.ThrowIfCancellationRequested();
            var baseline = samples.Of(shape, size);
            bad += Judged(samples.Of(shape, size), baseline) == Verdict.Bad || Judged([.. baseline.Reverse()], baseline) == Verdict.Bad ? 1 : 0;
        }

        return (double)bad / trials;
    }

    /// <summary>Verdicts that another unit changes, of pairs that differ by chance, clearly, or by just about the floor.</summary>
    private static double Flips(JudgeSamples samples, int pairs, CancellationToken cancel)
    {
        var flips = 0;
        for (var pair = 0; pair < pairs; pair++)
        {
            cancel.ThrowIfCancellationRequested();
            var (size, shape, times) = (Sizes[pair % Sizes.Length], JudgeSamples.Shapes[pair % JudgeSamples.Shapes.Length], 1 + (pair % 5 * 0.05));
            double[] baseline = samples.Of(shape, size);
            double[] candidate = [.. samples.Of(shape, size).Select(value => value * times)];
            var verdict = Judged(candidate, baseline);
            flips += Enumerable.Range(-9, 19).Count(power => Judged(Scaled(candidate, power), Scaled(baseline, power)) != verdict);
        }

        return flips;
    }

    private static double Speed(JudgeSamples samples, CancellationToken cancel)
    {
        var pairs = Enumerable.Range(0, 64).Select(_ => (samples.Normal(60, 1, 0.15), samples.Normal(60, 1, 0.15))).ToArray();
        var (judged, clock) = (0, TimeProvider.System);
        for (var began = clock.GetTimestamp(); ;)
        {
            cancel.ThrowIfCancellationRequested();
            foreach (var (candidate, baseline) in pairs)
            {
                Judged(candidate, baseline);
            }

            judged += pairs.Length;
            if (clock.GetElapsedTime(began) is var took && took > Timed)
            {
                return judged / took.TotalSeconds;
            }
        }
    }

    private static double[] Scaled(double[] values, int power) => [.. values.Select(value => value * Math.Pow(10, power))];

    private static Verdict Judged(double[] candidate, double[] baseline) => MetricJudge.Judge(new("metric", new(), [.. candidate], [.. baseline])).Verdict;
}
