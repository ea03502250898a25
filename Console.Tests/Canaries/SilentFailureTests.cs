using OpsConsole.Domain.Canaries;
using OpsConsole.Domain.Canaries.Silence;

namespace OpsConsole.Tests.Canaries;

/// <summary>Synthetic seasons: a day and a week of traffic with chance in it, and falls of known size at known times.</summary>
public sealed class SilentFailureTests
{
    private const int Week = TrafficHistory.WeekMinutes;

    /// <summary>Three times as busy by day as by night, and half as busy again in the middle of the week as at its ends.</summary>
    private static double Usual(long minute, double level) =>
        level * (1 + (0.5 * Math.Sin(2 * Math.PI * (minute % 1_440) / 1_440.0))) * (1 + (0.2 * Math.Sin(2 * Math.PI * (minute % Week) / Week)));

    /// <summary>About as many as chance makes of it, spread twice as wide as independent customers would be.</summary>
    private static double Seen(long minute, double level, Random random)
    {
        var mean = Usual(minute, level);
        var normal = Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
        return Math.Max(0, Math.Round(mean + (normal * Math.Sqrt(mean) * 2)));
    }

    [Theory]
    [InlineData(1, 1_000, 6)]
    [InlineData(2, 700, 4)]
    [InlineData(3, 5_000, 3)]
    [InlineData(4, 1_000, 0)]
    [InlineData(5, 800, 1)]
    public void A_fall_by_half_is_seen_within_five_minutes_and_a_whole_week_without_one_is_quiet(int seed, double level, int weeks)
    {
        var (random, history, first) = (new Random(seed), new TrafficHistory(), 2_900L * Week);
        var minute = first;
        for (; minute < first + (weeks * (long)Week) + 120; minute++)
        {
            Take(history, minute, Seen(minute, level, random));
        }

        var told = 0;
        for (var until = minute + Week; minute < until; minute++)
        {
            Take(history, minute, Seen(minute, level, random));
            var fall = TrafficFall.Of(history, minute);
            Assert.NotEqual(TrafficState.Missing, fall.State);
            told += fall.State == TrafficState.Fallen ? 1 : 0;
        }

        Assert.Equal(0, told);
        var began = minute;
        while (TrafficFall.Of(history, minute - 1).State != TrafficState.Fallen && minute < began + 30)
        {
            Take(history, minute, Seen(minute, level, random) * 0.5);
            minute++;
        }

        Assert.InRange(minute - began, 3, 5);

        // It goes on being told while it lasts: for hours where weeks are known; without them only as long as the hour before says what is usual.
        for (; minute < began + (weeks >= Season.FewestWeeks ? 180 : 45); minute++)
        {
            Take(history, minute, Seen(minute, level, random) * 0.5);
            Assert.Equal(TrafficState.Fallen, TrafficFall.Of(history, minute).State);
        }

        for (var well = 0; well < 6; well++, minute++)
        {
            Take(history, minute, Seen(minute, level, random));
        }

        Assert.Equal(TrafficState.Usual, TrafficFall.Of(history, minute - 1).State);
    }

    [Fact]
    public void What_nobody_measured_is_missing_and_neither_good_nor_bad()
    {
        var (random, history) = (new Random(9), new TrafficHistory());
        var minute = 1_000_000L;
        Assert.Equal(TrafficState.Missing, TrafficFall.Of(history, minute).State);
        for (var known = 0; known < Season.FewestMinutes; known++, minute++)
        {
            history.Set(minute, Seen(minute, 1_000, random));
            Assert.Equal(TrafficState.Missing, TrafficFall.Of(history, minute).State);
        }

        for (var known = 0; known < 15; known++, minute++)
        {
            history.Set(minute, Seen(minute, 1_000, random));
        }

        Assert.Equal(TrafficState.Usual, TrafficFall.Of(history, minute - 1).State);

        // The gauge is gone: not a fall.
        Assert.Equal(TrafficState.Missing, TrafficFall.Of(history, minute + 3).State);

        // Nobody came: a fall.
        for (var none = 0; none < 4; none++, minute++)
        {
            history.Set(minute, 0);
        }

        Assert.Equal(TrafficState.Fallen, TrafficFall.Of(history, minute - 1).State);
    }

    [Fact]
    public void Little_traffic_concludes_nothing()
    {
        var history = new TrafficHistory();
        for (var minute = 0L; minute < 200; minute++)
        {
            history.Set(500_000 + minute, minute < 190 ? 5 : 0);
        }

        Assert.Equal(TrafficState.Missing, TrafficFall.Of(history, 500_199).State);
    }

    /// <summary>The whole table: three lines together, every combination.</summary>
    [Theory]
    [InlineData(TrafficState.Fallen, "ok", "ok", false, SilenceFinding.CustomersSide)]
    [InlineData(TrafficState.Fallen, "bad", "ok", false, SilenceFinding.BeforeTheService)]
    [InlineData(TrafficState.Fallen, "ok", "bad", false, SilenceFinding.TheService)]
    [InlineData(TrafficState.Fallen, "bad", "bad", false, SilenceFinding.TheService)]
    [InlineData(TrafficState.Fallen, "none", "none", false, SilenceFinding.Blind)]
    [InlineData(TrafficState.Fallen, "bad", "none", false, SilenceFinding.TheService)]
    [InlineData(TrafficState.Fallen, "ok", "none", false, SilenceFinding.CustomersSide)]
    [InlineData(TrafficState.Fallen, "bad", "bad", true, SilenceFinding.AlarmKnows)]
    [InlineData(TrafficState.Usual, "ok", "ok", false, SilenceFinding.Nothing)]
    [InlineData(TrafficState.Usual, "bad", "ok", false, SilenceFinding.OneVantage)]
    [InlineData(TrafficState.Usual, "ok", "bad", false, SilenceFinding.OneVantage)]
    [InlineData(TrafficState.Usual, "bad", "bad", false, SilenceFinding.CanariesOnly)]
    [InlineData(TrafficState.Usual, "none", "none", false, SilenceFinding.Unknown)]
    [InlineData(TrafficState.Missing, "ok", "ok", false, SilenceFinding.Unknown)]
    [InlineData(TrafficState.Missing, "bad", "bad", false, SilenceFinding.CanariesOnly)]
    [InlineData(TrafficState.Missing, "bad", "ok", false, SilenceFinding.OneVantage)]
    [InlineData(TrafficState.Missing, "none", "none", false, SilenceFinding.Unknown)]
    public void Three_lines_together_say_where_it_breaks(TrafficState traffic, string outside, string inside, bool alarm, SilenceFinding expected)
    {
        static VantageView View(Vantage vantage, string how) => new(vantage, how == "ok" ? 10 : 0, how == "bad" ? 10 : 0);
        Assert.Equal(expected, SilentFailure.Of(traffic, [View(Vantage.Outside, outside), View(Vantage.Inside, inside)], alarm));
    }

    private static void Take(TrafficHistory history, long minute, double requests) => history.Set(minute, requests, TrafficFall.IsLow(history, minute, requests));
}
