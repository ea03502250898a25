using OpsConsole.Domain.Access;
using OpsConsole.Domain.Alarms.Rules;
using OpsConsole.Domain.Alarms.Streams;
using OpsConsole.Engine.Alarms.Watch;

namespace OpsConsole.Tests.Alarms.Watch;

public sealed class AlarmTickTests
{
    private static readonly MetricStream Errors = new("errors") { Service = "web", Region = "eu", Az = "eu-1", Host = "h1" };
    private static readonly AlarmDefinition Quick = new("errors", Scope.OfRegion("eu"))
    {
        Rule = new([new("m", new StreamSelector("errors") { Region = "eu" }, Statistic.Sum)], Comparison.GreaterThan, 5) { Period = TimeSpan.FromSeconds(10), Of = 3, Bad = 2 },
    };

    private readonly AlarmEngine _engine = new();

    [Fact]
    public async Task An_alarm_goes_off_comes_back_and_each_change_is_journaled_once()
    {
        await _engine.PutAsync("web", Quick);
        await _engine.PassAsync(60, Give(0));
        Assert.Equal(AlarmState.Ok, _engine.Alarm("web", "errors").State);
        await _engine.PassAsync(40, Give(3));
        var alarm = _engine.Alarm("web", "errors");
        Assert.Equal(AlarmState.Alarm, alarm.State);
        Assert.Contains("30", alarm.Reason, StringComparison.Ordinal);
        Assert.Equal(5, alarm.History[^1].Evidence!.Values.Length);
        await _engine.PassAsync(60, Give(0));
        Assert.Equal([AlarmState.Ok, AlarmState.Alarm, AlarmState.Ok], _engine.Alarm("web", "errors").History.Select(change => change.To));
        Assert.Equal(3, _engine.Events.Count(recorded => recorded.Event is AlarmChanged));
        Assert.Equal(3, _engine.Events.Count(recorded => recorded.Event is AlarmActed { Told: true }));
    }

    /// <summary>Law 8: after a restart the store is empty. That is not silence, and it is not good.</summary>
    [Theory]
    [InlineData(MissingTreatment.Missing)]
    [InlineData(MissingTreatment.NotBreaching)]
    [InlineData(MissingTreatment.Breaching)]
    [InlineData(MissingTreatment.Ignore)]
    public async Task A_restart_neither_forgets_an_alarm_nor_makes_one(MissingTreatment treatment)
    {
        await _engine.PutAsync("web", Quick with { Rule = Quick.Rule! with { Missing = treatment } }, Quick with { Name = "calm", Rule = Quick.Rule! with { Missing = treatment, Threshold = 1_000 } });
        await _engine.PassAsync(60, Give(3));
        Assert.Equal((AlarmState.Alarm, AlarmState.Ok), (_engine.Alarm("web", "errors").State, _engine.Alarm("web", "calm").State));
        await _engine.RestartAsync();
        await _engine.PassAsync(30);
        Assert.Equal((AlarmState.Alarm, AlarmState.Ok), (_engine.Alarm("web", "errors").State, _engine.Alarm("web", "calm").State));
        Assert.False(_engine.Get<AlarmBook>().Find(new("web", "errors"))!.Judged);
        await _engine.PassAsync(90, Give(0));
        Assert.Equal((AlarmState.Ok, AlarmState.Ok), (_engine.Alarm("web", "errors").State, _engine.Alarm("web", "calm").State));
        Assert.True(_engine.Get<AlarmBook>().Find(new("web", "errors"))!.Judged);
    }

    [Fact]
    public async Task Each_treatment_decides_what_silence_is()
    {
        await _engine.PassAsync(120);
        await _engine.PutAsync("web", [.. Enum.GetValues<MissingTreatment>().Select(treatment => Quick with { Name = treatment.ToString(), Rule = Quick.Rule! with { Missing = treatment } })]);
        await _engine.PassAsync(60, Give(0));
        Assert.All(Enum.GetValues<MissingTreatment>(), treatment => Assert.Equal(AlarmState.Ok, _engine.Alarm("web", treatment.ToString()).State));
        await _engine.PassAsync(70);
        Assert.Equal(
            [AlarmState.InsufficientData, AlarmState.Ok, AlarmState.Alarm, AlarmState.Ok],
            Enum.GetValues<MissingTreatment>().Select(treatment => _engine.Alarm("web", treatment.ToString()).State));
    }

    [Fact]
    public async Task A_ratio_a_percentile_and_a_composite_over_them_follow_the_streams()
    {
        await _engine.PutAsync(
            "web",
            Quick with { Name = "rate", Rule = new([new("e", new StreamSelector("errors"), Statistic.Sum), new("r", new StreamSelector("requests"), Statistic.Sum)], Comparison.GreaterThan, 0.1) { Expression = "fill(e, 0) / r", Period = TimeSpan.FromSeconds(10) } },
            Quick with { Name = "slow", Rule = new([new("m", new StreamSelector("request-ms"), Statistic.Percentile(90))], Comparison.GreaterThan, 200) { Period = TimeSpan.FromSeconds(10), MinSamples = 10 } },
            new AlarmDefinition("both", Scope.OfRegion("eu")) { Composite = new("ALARM(web/rate) AND ALARM(web/slow)") });
        void Give(DateTimeOffset at, int errors, double ms)
        {
            _engine.Store.Add(Errors with { Metric = "requests" }, 10, at);
            _engine.Store.Add(Errors with { Metric = "request-ms" }, ms, at, 10);
            if (errors > 0)
            {
                _engine.Store.Add(Errors, errors, at);
            }
        }

        await _engine.PassAsync(30, at => Give(at, 0, 50));
        Assert.Equal("Ok Ok Ok", States("rate", "slow", "both"));
        await _engine.PassAsync(30, at => Give(at, 5, 50));
        Assert.Equal("Alarm Ok Ok", States("rate", "slow", "both"));
        await _engine.PassAsync(30, at => Give(at, 5, 500));
        Assert.Equal("Alarm Alarm Alarm", States("rate", "slow", "both"));
    }

    [Fact]
    public async Task The_live_topic_holds_what_is_not_ok()
    {
        await _engine.PutAsync("web", Quick);
        var topic = _engine.Get<IEnumerable<Engine.Live.ITopicSource>>().OfType<AlarmsTopic>().Single();
        Assert.Equal(["web/errors"], topic.Keys("alarms"));
        Assert.Equal("INSUFFICIENT_DATA", Assert.IsType<AlarmItem>(topic.Item("alarms", "web/errors")).State);
        await _engine.PassAsync(60, Give(0));
        Assert.Empty(topic.Keys("alarms"));
        Assert.Null(topic.Item("alarms", "web/errors"));
        Assert.Equal("OK", Assert.IsType<AlarmItem>(topic.Item("alarms/web", "web/errors")).State);
    }

    private string States(params string[] alarms) => string.Join(' ', alarms.Select(alarm => _engine.Alarm("web", alarm).State));

    private Action<DateTimeOffset> Give(double value) => at => _engine.Store.Add(Errors, value, at);
}
