using OpsConsole.Domain.Access;
using OpsConsole.Domain.Alarms.Maintenance;
using OpsConsole.Domain.Alarms.Rules;
using OpsConsole.Domain.Alarms.Rules.Bands;
using OpsConsole.Domain.Alarms.Streams;
using Xunit.Abstractions;

namespace OpsConsole.Tests.Alarms.Rules.Bands;

public sealed class BandLearningTests(ITestOutputHelper output)
{
    private static readonly AnomalyBand Four = new(4);
    private static readonly DateTimeOffset Start = new(2026, 1, 5, 12, 0, 0, TimeSpan.Zero);

    /// <summary>Another unit and another origin change the band as they change the values, and nothing else.</summary>
    [Fact]
    public void A_band_follows_scale_and_shift()
    {
        for (var seed = 0; seed < 200; seed++)
        {
            var random = new Random(seed);
            double[] past = [.. Enumerable.Range(0, random.Next(BandLearning.LeastKnown, 250)).Select(_ => random.Next(10) == 0 ? double.NaN : Normal(random))];
            var (scale, shift) = (Math.Exp(random.NextDouble() * 20 - 10), random.NextDouble() * 200 - 100);
            if (Learn(past) is not { } band)
            {
                Assert.True(past.Count(double.IsFinite) < BandLearning.LeastKnown, $"seed {seed}");
                continue;
            }

            var moved = Learn([.. past.Select(value => (value * scale) + shift)])!;
            Assert.True(Close(moved.Lower, (band.Lower * scale) + shift, scale) && Close(moved.Upper, (band.Upper * scale) + shift, scale) && moved.Known == band.Known, $"seed {seed}");
            var turned = Learn([.. past.Select(value => -value)])!;
            Assert.True(Close(turned.Lower, -band.Upper, 1) && Close(turned.Upper, -band.Lower, 1), $"seed {seed}");
        }
    }

    [Fact]
    public void A_constant_stream_breaks_at_any_change_unless_a_least_spread_is_given()
    {
        double[] past = [.. Enumerable.Repeat(7.3, 60)];
        var tight = Learn(past)!;
        Assert.False(Four.Breaks(7.3, tight));
        Assert.True(Four.Breaks(7.31, tight));
        var loose = Four with { LeastSpread = 0.5 };
        var wide = Learn(past, loose)!;
        Assert.False(loose.Breaks(9.2, wide));
        Assert.True(loose.Breaks(9.4, wide));
        Assert.False((loose with { Side = BandSide.Below }).Breaks(9.4, wide));
        Assert.True((loose with { Side = BandSide.Below }).Breaks(5.2, wide));
        Assert.False((loose with { Side = BandSide.Above }).Breaks(5.2, wide));

        // Mostly one value: the median deviation is 0, and the mean one stands in.
        double[] rare = [.. Enumerable.Range(0, 100).Select(i => i % 10 == 0 ? 5.0 : 0.0)];
        Assert.Equal(1.2533 * 0.5, Learn(rare)!.Spread, 3);
    }

    [Fact]
    public void A_step_breaks_until_half_the_past_is_at_the_new_level_and_a_slow_drift_never_does()
    {
        var random = new Random(7);
        double[] step = [.. Enumerable.Range(0, 400).Select(i => (i < 200 ? 100 : 130) + Normal(random))];
        Assert.All(Enumerable.Range(201, 60), i => Assert.True(Four.Breaks(step[i], Learn(step[Math.Max(0, i - 150)..i])!)));
        Assert.False(Four.Breaks(step[399], Learn(step[249..399])!));

        double[] drift = [.. Enumerable.Range(0, 600).Select(i => 100 + (0.05 * i) + Normal(random))];
        var broken = Enumerable.Range(150, 450).Count(i => Four.Breaks(drift[i], Learn(drift[(i - 150)..i])!));
        Assert.True(broken <= 2, $"{broken} of 450 periods of a drift lie outside");
    }

    [Fact]
    public void Gaps_are_not_values_and_too_little_is_no_band()
    {
        double[] known = [.. Enumerable.Range(0, BandLearning.LeastKnown).Select(i => (double)(i % 7))];
        var band = Learn(known)!;
        double[] gaps = [.. known.SelectMany(value => new[] { double.NaN, value, double.NaN })];
        Assert.Equal(band, Learn(gaps));
        Assert.Null(Learn(known[1..]));
        Assert.Null(Learn([]));
        Assert.Null(Learn([.. Enumerable.Repeat(double.NaN, 288)]));
    }

    /// <summary>
    /// What the width costs, on noise that is only noise: the share of periods in which 2 of 3 lie outside, with little known and with much. A long tail costs
    /// more than normal noise, which is why the width is the alarm's to give.
    /// </summary>
    [Theory]
    [InlineData("normal", 4, 30, 0.0008)]
    [InlineData("normal", 4, 178, 0.0001)]
    [InlineData("normal", 3, 178, 0.0010)]
    [InlineData("counts", 4, 178, 0.0010)]
    [InlineData("long tail", 6, 178, 0.0100)]
    public void False_alarms_on_noise_are_bounded(string shape, double width, int known, double most)
    {
        const int Rounds = 8_000;
        var (band, random, wrong) = (new AnomalyBand(width), new Random(20260105), 0);
        double Next() => shape switch { "normal" => 100 + (10 * Normal(random)), "counts" => Enumerable.Range(0, 40).Count(_ => random.Next(4) == 0), _ => Math.Exp(Normal(random)) };
        for (var round = 0; round < Rounds; round++)
        {
            double[] past = [.. Enumerable.Range(0, known).Select(_ => Next())];
            var limits = Learn(past, band)!;
            wrong += Enumerable.Range(0, 3).Count(_ => band.Breaks(Next(), limits)) >= 2 ? 1 : 0;
        }

        output.WriteLine(FormattableString.Invariant($"{shape}, {width} spreads, {known} known: {(double)wrong / Rounds:0.#####} of periods in ALARM at 2 of 3 (seed 20260105, at most {most})"));
        Assert.True(wrong <= most * Rounds, $"{shape}: {wrong} of {Rounds}");
    }

    [Fact]
    public void What_was_in_alarm_or_in_maintenance_is_not_learned()
    {
        var rule = new MetricRule([new("m", new StreamSelector("errors"), Statistic.Sum)], Comparison.GreaterThan, 0) { Band = Four };
        var alarm = new Alarm(new AlarmDefinition("a", Scope.OfRegion("eu")) { Rule = rule }, 1)
        {
            History = [new(1, AlarmState.InsufficientData, AlarmState.Ok, At(0), ""), new(2, AlarmState.Ok, AlarmState.Alarm, At(10.1), "") { Evidence = new(At(7), At(10), [], 0) }, new(3, AlarmState.Alarm, AlarmState.Ok, At(14.5), "")],
        };
        Assert.Equal([0, 1, 2, 3, 4, 5, 6, 15, 16, 17, 18, 19], Left(alarm, new()));

        var book = new MaintenanceBook { Windows = [new("w", Scope.OfRegion("eu"), null, At(17.5), At(18.2)), new("other", Scope.OfRegion("us"), null, At(0), At(20))], Past = [new("v", Scope.Global, "g", At(2), At(4))] };
        Assert.Equal([0, 1, 4, 5, 6, 15, 16, 19], Left(alarm, book));
        Assert.Equal([15, 16, 17, 18, 19], Left(alarm with { Definition = alarm.Definition with { Rule = rule with { Band = Four with { From = At(11) } } } }, new()));

        // It is in ALARM still; and of what was before the changes that are kept nothing is known.
        Assert.Equal([0, 1, 2, 3, 4, 5, 6], Left(alarm with { History = alarm.History.RemoveAt(2) }, new()));
        Assert.Equal([15, 16, 17, 18, 19], Left(alarm with { History = alarm.History[2..] }, new()));
    }

    private static int[] Left(Alarm alarm, MaintenanceBook book)
    {
        var past = new double[20];
        BandLearning.TakeOut(past, Start, alarm, "g", book);
        return [.. Enumerable.Range(0, past.Length).Where(i => !double.IsNaN(past[i]))];
    }

    private static DateTimeOffset At(double minutes) => Start.AddMinutes(minutes);

    private static BandLimits? Learn(double[] past, AnomalyBand? band = null) => BandLearning.Of(past, band ?? Four, new double[past.Length]);

    private static bool Close(double one, double other, double scale) => Math.Abs(one - other) <= 1e-6 * (scale + Math.Abs(other));

    private static double Normal(Random random) => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
