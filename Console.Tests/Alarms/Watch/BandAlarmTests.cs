using OpsConsole.Domain.Access;
using OpsConsole.Domain.Alarms.Audit;
using OpsConsole.Domain.Alarms.Rules;
using OpsConsole.Domain.Alarms.Rules.Bands;
using OpsConsole.Domain.Alarms.Streams;
using OpsConsole.Engine.Alarms.Audit;
using OpsConsole.Engine.Alarms.Watch;

namespace OpsConsole.Tests.Alarms.Watch;

/// <summary>Alarms with a band, in the engine: what they learn, when they fire, and what they do not take for normal.</summary>
public sealed class BandAlarmTests
{
    private static readonly MetricStream Requests = new("requests") { Service = "web", Region = "eu" };
    private static readonly AlarmDefinition Odd = new("odd", Scope.OfRegion("eu"))
    {
        Rule = new([new("m", new StreamSelector("requests"), Statistic.Sum)], Comparison.GreaterThan, 0) { Period = TimeSpan.FromSeconds(10), Of = 3, Bad = 2, Band = new(5) },
    };

    private readonly AlarmEngine _engine = new();
    private readonly Random _random = new(3);

    [Fact]
    public async Task It_waits_until_it_has_learned_fires_at_a_step_and_does_not_take_the_step_for_normal()
    {
        await _engine.PutAsync("web", Odd, Odd with { Name = "fallen", Rule = Odd.Rule! with { Band = new(5, BandSide.Below) } });
        await _engine.PassAsync(300, Give(10));
        Assert.Equal(AlarmState.InsufficientData, State("odd"));
        await _engine.PassAsync(120, Give(10));
        Assert.Equal(AlarmState.Ok, State("odd"));
        await _engine.PassAsync(60, Give(15));
        var alarm = _engine.Alarm("web", "odd");
        Assert.Equal(AlarmState.Alarm, alarm.State);
        Assert.InRange(alarm.History[^1].Evidence!.Band!.Centre, 98, 102);
        Assert.Contains("the band is", alarm.Reason, StringComparison.Ordinal);
        Assert.Equal(AlarmState.Ok, State("fallen"));

        // Seven minutes later the store knows as much of the new level as of the old one; the alarm has learned nothing of it.
        await _engine.PassAsync(400, Give(15));
        Assert.Equal(AlarmState.Alarm, State("odd"));
        await _engine.PassAsync(50, Give(10));
        Assert.Equal(AlarmState.Ok, State("odd"));
    }

    /// <summary>A change that lasts is no harm for ever: when nothing of before is kept, the alarm has no data, learns anew, and is OK.</summary>
    [Fact]
    public async Task A_level_that_stays_is_learned_when_all_of_before_is_forgotten()
    {
        await _engine.PutAsync("web", Odd);
        await _engine.PassAsync(500, Give(10));
        await _engine.PassAsync(850, Give(15));
        Assert.NotEqual(AlarmState.Ok, State("odd"));
        await _engine.PassAsync(700, Give(15));
        Assert.Equal(AlarmState.Ok, State("odd"));
        Assert.Equal([AlarmState.Ok, AlarmState.Alarm, AlarmState.InsufficientData, AlarmState.Ok], _engine.Alarm("web", "odd").History.Select(change => change.To));
    }

    [Fact]
    public async Task After_a_restart_it_keeps_its_state_until_it_has_learned_again()
    {
        await _engine.PutAsync("web", Odd);
        await _engine.PassAsync(500, Give(10));
        await _engine.RestartAsync();
        await _engine.PassAsync(200, Give(30));
        Assert.Equal(AlarmState.Ok, State("odd"));
        Assert.False(_engine.Get<AlarmBook>().Find(new("web", "odd"))!.Judged);
        await _engine.PassAsync(250, Give(30));
        Assert.True(_engine.Get<AlarmBook>().Find(new("web", "odd"))!.Judged);
    }

    [Fact]
    public async Task The_look_shows_the_band_of_its_time_and_the_audit_names_one_that_cannot_fire()
    {
        var healthy = Requests with { Metric = "healthy" };
        await _engine.PutAsync("web", Odd, Odd with { Name = "down", Rule = Odd.Rule! with { Inputs = [new("m", new StreamSelector("healthy"), Statistic.Average)], Band = new(8, BandSide.Above) } });
        await _engine.PassAsync(600, at =>
        {
            Give(10)(at);
            _engine.Store.Add(healthy, _random.Next(4) == 0 ? 0 : 1, at);
        });
        var look = AlarmLook.At(_engine.Alarm("web", "odd"), "web", new(), _engine.Store, _engine.Clock.GetUtcNow())!;
        Assert.Equal(look.Values.Length, look.Bands.Length);
        Assert.Null(look.Bands[0]);
        Assert.InRange(look.Band!.Centre, 98, 102);
        Assert.Equal(AlarmState.Ok, RuleRehearsal.Of(Odd.Rule!, look.Values, look.Bands).Now);
        var finding = Assert.Single(_engine.Get<AlarmAuditor>().Audit(), finding => finding.Kind == AuditKind.NeverFires);
        Assert.Equal("web/down", finding.Alarm);
    }

    [Fact]
    public void A_band_that_could_never_learn_or_is_beside_a_threshold_is_refused()
    {
        (MetricRule Rule, string Path)[] wrong =
        [
            (Odd.Rule! with { Threshold = 5 }, "rule.threshold"),
            (Odd.Rule! with { Band = new(0.5) }, "rule.band.width"),
            (Odd.Rule! with { Band = new(double.NaN) }, "rule.band.width"),
            (Odd.Rule! with { Band = new(4) { LeastSpread = -1 } }, "rule.band.leastSpread"),
            (Odd.Rule! with { Period = TimeSpan.FromHours(1) }, "rule.period"),
        ];
        Assert.Empty(AlarmRules.Check(Odd));
        Assert.All(wrong, one => Assert.Contains(AlarmRules.Check(Odd with { Rule = one.Rule }), error => error.Path == one.Path));
    }

    private AlarmState State(string name) => _engine.Alarm("web", name).State;

    private Action<DateTimeOffset> Give(double value) => at => _engine.Store.Add(Requests, value + (_random.NextDouble() * 0.6) - 0.3, at);
}
