using OpsConsole.Domain.Alarms.Rules;
using OpsConsole.Domain.Alarms.Streams;
using OpsConsole.Engine.Alarms.Streams;
using OpsConsole.Tests.World;

namespace OpsConsole.Tests.Alarms.Streams;

public sealed class MetricStoreTests
{
    private readonly ManualClock _clock = new();
    private readonly MetricStore _store;

    public MetricStoreTests() => _store = new(_clock);

    private DateTimeOffset Minute => new(_clock.GetUtcNow().Ticks / TimeSpan.TicksPerMinute * TimeSpan.TicksPerMinute, TimeSpan.Zero);

    [Fact]
    public void Every_statistic_is_that_of_the_numbers_handed_in_at_each_resolution()
    {
        var stream = new MetricStream("requests") { Service = "web", Host = "h1" };
        foreach (var (second, value) in new[] { (0, 4.0), (1, 2), (1, 6), (59, 8), (61, 100) })
        {
            Assert.True(_store.Add(stream, value, Minute.AddMinutes(-5).AddSeconds(second)));
        }

        foreach (var period in new[] { TimeSpan.FromSeconds(30), TimeSpan.FromMinutes(1) })
        {
            Assert.Equal(period.TotalSeconds < 60 ? 12 : 20, Read("requests", Statistic.Sum, Minute.AddMinutes(-5), period, 3)[0]);
        }

        var from = Minute.AddMinutes(-6);
        Assert.Equal([double.NaN, 20, 100], Read("requests", Statistic.Sum, from, TimeSpan.FromMinutes(1), 3));
        Assert.Equal([double.NaN, 5, 100], Read("requests", Statistic.Average, from, TimeSpan.FromMinutes(1), 3));
        Assert.Equal([double.NaN, 2, 100], Read("requests", Statistic.Minimum, from, TimeSpan.FromMinutes(1), 3));
        Assert.Equal([double.NaN, 8, 100], Read("requests", Statistic.Maximum, from, TimeSpan.FromMinutes(1), 3));
        Assert.Equal([double.NaN, 4, 1], Read("requests", Statistic.Samples, from, TimeSpan.FromMinutes(1), 3));
        Assert.Equal([double.NaN, 20, double.NaN], Read("requests", Statistic.Sum, from, TimeSpan.FromMinutes(1), 3, least: 4));
    }

    /// <summary>Against sorting, on values over six decades.</summary>
    [Theory]
    [InlineData(50)]
    [InlineData(90)]
    [InlineData(99)]
    [InlineData(99.9)]
    public void A_quantile_is_wrong_by_what_the_scale_says_at_most(double percent)
    {
        var random = new Random(7);
        double[] values = [.. Enumerable.Range(0, 20_000).Select(_ => Math.Pow(10, (random.NextDouble() * 6) - 1))];
        foreach (var value in values)
        {
            _store.Add(new MetricStream("request-ms") { Host = value > 30 ? "h1" : "h2" }, value, Minute.AddSeconds(-30));
        }

        var exact = values.Order().ElementAt((int)Math.Ceiling(values.Length * percent / 100) - 1);
        var told = Read("request-ms", Statistic.Percentile(percent), Minute.AddMinutes(-1), TimeSpan.FromMinutes(1), 1)[0];
        Assert.InRange(Math.Abs(told - exact) / exact, 0, LatencyScale.RelativeError);
    }

    [Fact]
    public void A_region_is_its_zones_and_those_their_hosts_and_nothing_counts_twice()
    {
        foreach (var (az, host, count) in new[] { ("a", "h1", 1), ("a", "h2", 2), ("b", "h3", 4) })
        {
            _store.Add(new MetricStream("requests") { Service = "web", Region = "eu", Az = az, Host = host }, count, Minute.AddSeconds(-5));
        }

        _store.Add(new MetricStream("requests") { Service = "web", Region = "eu", Canary = "c", Vantage = "outside" }, 50, Minute.AddSeconds(-5));
        Assert.Equal(7, Sum("requests{region=eu}"));
        Assert.Equal(3, Sum("requests{az=a}"));
        Assert.Equal(2, Sum("requests{host=h2}"));
        Assert.Equal(50, Sum("requests{canary=*,region=eu}"));

        // The same requests, counted by AZ already: from here on that is the region's count.
        _store.Add(new MetricStream("requests") { Service = "web", Region = "eu", Az = "a" }, 3, Minute.AddSeconds(-5));
        _store.Add(new MetricStream("requests") { Service = "web", Region = "eu", Az = "b" }, 4, Minute.AddSeconds(-5));
        Assert.Equal(7, Sum("requests{region=eu}"));
    }

    [Fact]
    public void What_is_dropped_is_counted_and_memory_stays_within_its_bound()
    {
        var store = new MetricStore(_clock, new MetricStoreOptions { MostStreams = 3, MostBytes = 20_000 });
        Assert.False(store.Add(new MetricStream("requests"), double.NaN, _clock.GetUtcNow()));
        Assert.False(store.Add(new MetricStream("No Name"), 1, _clock.GetUtcNow()));
        Assert.False(store.Add(new MetricStream("requests"), 1, _clock.GetUtcNow().AddMinutes(2)));
        Assert.False(store.Add(new MetricStream("requests"), 1, _clock.GetUtcNow().AddDays(-1)));
        for (var i = 0; i < 5; i++)
        {
            Assert.Equal(i < 3, store.Add(new MetricStream("requests") { Host = $"h{i}" }, 1, _clock.GetUtcNow()));
        }

        var dropped = 0;
        for (var second = 0; second < 900; second++)
        {
            dropped += store.Add(new MetricStream("requests") { Host = "h0" }, 1, _clock.GetUtcNow().AddSeconds(-899 + second)) ? 0 : 1;
        }

        var figures = store.Figures;
        Assert.Equal((2, 2, 2, dropped), (figures.Invalid, figures.OutOfTime, figures.TooManyStreams, figures.NoRoom));
        Assert.True(dropped > 0);
        Assert.InRange(figures.Bytes, 1, 20_000);
    }

    [Fact]
    public void A_stream_that_fell_silent_for_a_day_is_forgotten_and_makes_room()
    {
        _store.Add(new MetricStream("requests") { Host = "old" }, 1, _clock.GetUtcNow());
        _clock.Advance(TimeSpan.FromHours(23));
        _store.Add(new MetricStream("requests") { Host = "new" }, 1, _clock.GetUtcNow());
        _clock.Advance(TimeSpan.FromHours(2));
        Assert.Equal(1, _store.Sweep());
        Assert.Equal(["new"], _store.Find(new StreamSelector("requests")).Streams.Select(stream => stream.Host!));
        Assert.Equal(1, _store.Figures.Streams);
        var empty = new MetricStore(_clock);
        empty.Add(new MetricStream("requests") { Host = "new" }, 1, _clock.GetUtcNow().AddHours(-2));
        Assert.Equal(empty.Figures.Bytes, _store.Figures.Bytes);
    }

    /// <summary>Late and early, in any order, over more than the finest resolution keeps: each resolution against plain counting.</summary>
    [Fact]
    public void Numbers_may_come_in_any_order()
    {
        var random = new Random(11);
        var now = Minute;
        var seen = Enumerable.Range(0, 3_000).Select(_ => (At: now.AddSeconds(-random.Next(1, 10_000)), Value: (double)random.Next(100))).ToArray();
        foreach (var (at, value) in seen)
        {
            _store.Add(new MetricStream("requests"), value, at);
        }

        foreach (var (period, periods) in new[] { (TimeSpan.FromSeconds(10), 60), (TimeSpan.FromMinutes(1), 120) })
        {
            var from = now - (period * periods);
            var expected = Enumerable.Range(0, periods).Select(i => seen.Where(one => one.At >= from + (period * i) && one.At < from + (period * (i + 1))).ToArray()).Select(all => all.Length == 0 ? double.NaN : all.Sum(one => one.Value));
            Assert.Equal(expected, Read("requests", Statistic.Sum, from, period, periods));
        }
    }

    [Fact]
    public void Many_may_hand_in_at_once_and_nothing_is_lost()
    {
        var at = Minute.AddSeconds(-3);
        Parallel.For(0, 8, new ParallelOptions { MaxDegreeOfParallelism = 4 }, thread =>
        {
            for (var i = 0; i < 5_000; i++)
            {
                _store.Add(new MetricStream("requests") { Host = $"h{i % 7}" }, 1, at);
            }
        });
        Assert.Equal(40_000, Sum("requests"));
        Assert.Equal(7, _store.Figures.Streams);
    }

    [Theory]
    [InlineData("requests", "requests")]
    [InlineData("request-ms{ az=a , service=web }", "request-ms{service=web,az=a}")]
    [InlineData("Requests", null)]
    [InlineData("requests{colour=red}", null)]
    [InlineData("requests{az}", null)]
    [InlineData("requests{az=a", null)]
    [InlineData("requests{az=a b}", null)]
    public void A_selector_is_read_as_it_is_written(string text, string? expected)
    {
        var selector = StreamSelector.Parse(text, out var wrong);
        Assert.Equal(expected, selector?.ToString());
        Assert.Equal(expected is null, wrong is not null);
    }

    private double Sum(string selector) => Read(selector, Statistic.Sum, Minute.AddMinutes(-1), TimeSpan.FromMinutes(1), 1)[0];

    private double[] Read(string selector, Statistic statistic, DateTimeOffset from, TimeSpan period, int periods, long least = 1)
    {
        var values = new double[periods];
        new MetricQuery().Read(_store.Find(StreamSelector.Parse(selector, out _)!), statistic, from, period, values, least);
        return values;
    }
}
