using OpsConsole.Domain.Access;
using OpsConsole.Domain.Alarms.Maintenance;
using OpsConsole.Domain.Alarms.Rules;
using OpsConsole.Domain.Alarms.Rules.Composites;
using OpsConsole.Domain.Alarms.Streams;

namespace OpsConsole.Tests.Alarms.Rules;

public sealed class AlarmDeciderTests
{
    private readonly AlarmWorld _world = new();

    [Fact]
    public void Alarms_are_put_all_or_none_and_the_same_again_changes_nothing()
    {
        Assert.Equal("alarms.invalid", _world.Send(new PutAlarms("web", [AlarmWorld.Metric("a"), AlarmWorld.Metric("b") with { Rule = AlarmWorld.Rule with { Bad = 4, Of = 3 } }]))?.Code);
        Assert.Empty(_world.Group("web").Alarms);
        Assert.Null(_world.Send(new PutAlarms("web", [AlarmWorld.Metric("a"), AlarmWorld.Metric("b")])));
        var before = _world.Events;
        Assert.Null(_world.Send(new PutAlarms("web", [AlarmWorld.Metric("a")])));
        Assert.Equal(before, _world.Events);
        Assert.Null(_world.Send(new PutAlarms("web", [AlarmWorld.Metric("a")]) { Replace = true }));
        Assert.Equal(["a"], _world.Group("web").Alarms.Keys);
    }

    [Fact]
    public void What_a_canary_owns_only_the_canary_changes()
    {
        Assert.Null(_world.Send(new PutAlarms("canary.checkout", [AlarmWorld.Metric("failed")]) { Owner = "canary:checkout" }));
        Assert.Equal("alarms.owned", _world.Send(new RemoveAlarms("canary.checkout", []))?.Code);
        Assert.Equal("alarms.owned", _world.Send(new PutAlarms("canary.checkout", [AlarmWorld.Metric("more")]))?.Code);
        Assert.Null(_world.Send(new RemoveAlarms("canary.checkout", []) { Owner = "canary:checkout" }));
        Assert.Null(_world.Send(new PutAlarms("canary.checkout", [AlarmWorld.Metric("mine")])));
    }

    [Fact]
    public void A_composite_follows_its_alarms_and_one_that_it_names_stays()
    {
        _world.Send(new PutAlarms("web", [AlarmWorld.Metric("a"), AlarmWorld.Metric("b")]));
        Assert.Equal("alarms.unknown-child", _world.Send(new PutAlarms("all", [AlarmWorld.Composite("both", "ALARM(web/a) AND ALARM(web/nobody)")]))?.Code);
        _world.Send(new PutAlarms("all", [AlarmWorld.Composite("both", "ALARM(web/a) AND ALARM(web/b)")]));
        _world.Send(new PutAlarms("all", [AlarmWorld.Composite("top", "ALARM(all/both)")]));
        _world.Find("web", "a", AlarmState.Alarm);
        _world.Find("web", "b", AlarmState.Alarm);
        _world.Send(new AdvanceAlarms("all", []));
        Assert.Equal(AlarmState.Alarm, _world.Group("all").Alarms["both"].State);
        Assert.Equal(AlarmState.Alarm, _world.Group("all").Alarms["top"].State);
        Assert.Equal("alarms.in-use", _world.Send(new RemoveAlarms("web", ["a"]))?.Code);
        Assert.Contains("all/both", _world.Send(new RemoveAlarms("web", ["a"]))!.Why, StringComparison.Ordinal);
    }

    [Fact]
    public void A_cycle_is_refused_with_its_way()
    {
        _world.Send(new PutAlarms("g", [AlarmWorld.Composite("a", "FALSE"), AlarmWorld.Composite("b", "ALARM(g/a)"), AlarmWorld.Composite("c", "ALARM(g/b)")]));
        var cycle = _world.Send(new PutAlarms("g", [AlarmWorld.Composite("a", "OK(g/c)")]));
        Assert.Equal("alarms.cycle", cycle?.Code);
        Assert.Contains("g/a → g/c → g/b → g/a", cycle!.Why, StringComparison.Ordinal);
        Assert.Equal("alarms.cycle", _world.Send(new PutAlarms("g", [AlarmWorld.Composite("a", "FALSE") with { Composite = new("FALSE") { Suppressor = "g/c" } }]))?.Code);
    }

    [Fact]
    public void A_finding_about_an_older_definition_is_dropped_and_a_change_is_told_once()
    {
        _world.Send(new PutAlarms("web", [AlarmWorld.Metric("a")]));
        _world.Send(new PutAlarms("web", [AlarmWorld.Metric("a") with { Description = "changed" }]));
        _world.Send(new AdvanceAlarms("web", [new("a", 1, AlarmState.Alarm, "old", null)]));
        Assert.Equal(AlarmState.InsufficientData, _world.Group("web").Alarms["a"].State);
        _world.Find("web", "a", AlarmState.Alarm);
        _world.Send(new AdvanceAlarms("web", []));
        var action = Assert.Single(_world.Group("web").Actions);
        Assert.Equal((1, "a", AlarmState.Alarm), (action.Number, action.Alarm, action.State));
    }

    [Fact]
    public void During_maintenance_nobody_is_told_and_afterwards_of_the_state_it_is_in()
    {
        _world.Send(new PutAlarms("web", [AlarmWorld.Metric("a")]));
        Assert.Null(_world.Send(new PutMaintenance("m1", Scope.OfRegion("eu"), null, _world.Now, _world.Now.AddHours(1))));
        _world.Find("web", "a", AlarmState.Alarm);
        Assert.Equal(HoldPhase.Muted, _world.Group("web").Alarms["a"].Hold?.Phase);
        Assert.Equal(AlarmState.Alarm, _world.Group("web").Alarms["a"].State);
        Assert.Empty(_world.Group("web").Actions);
        _world.Now = _world.Now.AddHours(1);
        _world.Send(new AdvanceAlarms("web", []));
        Assert.Equal(AlarmState.Alarm, Assert.Single(_world.Group("web").Actions).State);
    }

    [Fact]
    public void A_person_says_what_was_right_and_may_change_their_mind()
    {
        _world.Send(new PutAlarms("web", [AlarmWorld.Metric("a")]));
        Assert.Equal("alarms.no-such-change", _world.Send(new JudgeAlarm("web", "a", 1, true, ""))?.Code);
        _world.Find("web", "a", AlarmState.Alarm);
        Assert.Null(_world.Send(new JudgeAlarm("web", "a", 1, true, "customers saw errors")));
        Assert.Null(_world.Send(new JudgeAlarm("web", "a", 1, false, "a test")));
        var alarm = _world.Group("web").Alarms["a"];
        Assert.Equal((1, 0, 1), (alarm.Fired, alarm.Right, alarm.Wrong));
        Assert.Null(_world.Send(new RecordMissedHarm("web", Scope.OfRegion("eu"), "uploads hung for ten minutes", _world.Now.AddHours(-1), null)));
        Assert.Equal(1, _world.Group("web").Missed);
    }

    [Fact]
    public void Whoever_changes_alarms_reaches_where_they_hold_before_and_after()
    {
        _world.Send(new PutAlarms("web", [AlarmWorld.Metric("a")]));
        var moved = AlarmWorld.Metric("a") with { Scope = Scope.OfRegion("us", "commercial") };
        var reach = new AlarmDecider().Reach(_world.Group("web"), new PutAlarms("web", [moved]));
        Assert.Equal(["region:eu", "region:us"], reach.Select(scope => scope.ToString()).Order(StringComparer.Ordinal));
        Assert.Equal(Scope.Global, Assert.Single(new AlarmDecider().Reach(new AlarmGroup("none"), new RemoveAlarms("none", []))));
    }

    /// <summary>Each of these could only fail or mislead later; the path says where it is wrong.</summary>
    [Fact]
    public void What_can_never_work_is_refused_with_its_place()
    {
        (AlarmDefinition Alarm, string Path)[] wrong =
        [
            (AlarmWorld.Metric("a b"), "name"),
            (AlarmWorld.Metric("a") with { Rule = null }, "rule"),
            (AlarmWorld.Metric("a") with { Rule = AlarmWorld.Rule with { Of = 2, Bad = 3 } }, "rule.bad"),
            (AlarmWorld.Metric("a") with { Rule = AlarmWorld.Rule with { Threshold = double.NaN } }, "rule.threshold"),
            (AlarmWorld.Metric("a") with { Rule = AlarmWorld.Rule with { Period = TimeSpan.FromMilliseconds(500) } }, "rule.period"),
            (AlarmWorld.Metric("a") with { Rule = AlarmWorld.Rule with { Period = TimeSpan.FromHours(2), Of = 12 } }, "rule.period"),
            (AlarmWorld.Metric("a") with { Rule = AlarmWorld.Rule with { Inputs = [new("m", new StreamSelector("requests"), Statistic.Percentile(99))] } }, "rule.inputs[0].statistic"),
            (AlarmWorld.Metric("a") with { Rule = AlarmWorld.Rule with { Inputs = [new("m", new StreamSelector("Bad Name"), Statistic.Sum)] } }, "rule.inputs[0].streams"),
            (AlarmWorld.Metric("a") with { Rule = AlarmWorld.Rule with { Expression = "m / n" } }, "rule.expression"),
            (AlarmWorld.Composite("a", "ALARM(x"), "composite.expression"),
        ];
        foreach (var (alarm, path) in wrong)
        {
            Assert.Contains(path, AlarmRules.Check(alarm).Select(error => error.Path));
        }

        Assert.Empty(AlarmRules.Check(AlarmWorld.Metric("a")));
    }
}
