using OpsConsole.Domain.Access;
using OpsConsole.Domain.Alarms.Maintenance;
using OpsConsole.Domain.Alarms.Rules;
using OpsConsole.Domain.Canaries;
using OpsConsole.Domain.Canaries.OwnAlarms;
using OpsConsole.Domain.Canaries.Runs;
using OpsConsole.Domain.Journal;
using OpsConsole.Engine.Alarms.Streams;
using OpsConsole.Engine.Alarms.Watch;
using OpsConsole.Tests.World;

namespace OpsConsole.Tests.Canaries;

/// <summary>The alarms a canary owns: that they can be, that they tell faults apart, and that they come and go with it.</summary>
public sealed class CanaryAlarmsTests
{
    private static readonly AlarmPlace Place = new("test", "test-1", Vantage.Outside, false);

    private readonly ManualClock _clock = new();
    private readonly AlarmDecider _alarms = new();

    [Theory]
    [InlineData(10)]
    [InlineData(60)]
    [InlineData(299)]
    [InlineData(900)]
    [InlineData(3_600)]
    public void Whatever_the_period_its_alarms_are_ones_the_store_can_answer(int seconds)
    {
        var canary = Make.Canary(periodSeconds: seconds);
        var alarms = CanaryAlarms.Of(canary, "test", "test-1", Vantage.Outside, simulated: false);
        Assert.All(alarms, alarm => Assert.Empty(AlarmRules.Check(alarm)));
        Assert.True(CanaryAlarms.Heartbeat(canary) >= canary.Schedule.Period * 1.5);
    }

    /// <summary>What each alarm says after seven minutes of one kind of turn.</summary>
    [Theory]
    [InlineData(RunState.Passed, AlarmState.Ok, AlarmState.Ok, AlarmState.Ok, AlarmState.Ok)]
    [InlineData(RunState.Degraded, AlarmState.Ok, AlarmState.Ok, AlarmState.Ok, AlarmState.Ok)]
    [InlineData(RunState.Lying, AlarmState.Alarm, null, AlarmState.Ok, AlarmState.Ok)]
    [InlineData(RunState.Dying, AlarmState.Alarm, null, AlarmState.Ok, AlarmState.Ok)]
    [InlineData(RunState.Stalled, AlarmState.Alarm, null, AlarmState.Ok, AlarmState.Ok)]
    [InlineData(RunState.Slow, AlarmState.Alarm, AlarmState.Alarm, AlarmState.Ok, AlarmState.Ok)]
    [InlineData(RunState.Broken, null, null, AlarmState.Alarm, AlarmState.Ok)]
    [InlineData(RunState.RunnerDied, null, null, AlarmState.Alarm, AlarmState.Ok)]
    [InlineData(RunState.Overloaded, null, null, AlarmState.Alarm, AlarmState.Ok)]
    [InlineData(null, null, null, null, AlarmState.Alarm)]
    public void Each_fault_has_its_alarm_and_no_other(RunState? turns, AlarmState? success, AlarmState? slow, AlarmState? broken, AlarmState? heartbeat)
    {
        var canary = Make.Canary(periodSeconds: 30);
        var store = new MetricStore(_clock, new MetricStoreOptions());
        for (var turn = 0; turn < 30; turn++, _clock.Advance(TimeSpan.FromSeconds(30)))
        {
            var now = _clock.GetUtcNow();
            if (turns is { } state)
            {
                foreach (var (stream, value) in CanaryMetrics.Of(new RunResult(new CanaryPost(canary.Name, "test-1", Vantage.Outside, null), turn, now, now, now, state, 1, [], ""), "web", "test", null))
                {
                    Assert.True(store.Add(stream, value, now));
                }
            }
        }

        var (evaluator, end) = (new AlarmEvaluator(store), new DateTimeOffset(_clock.GetUtcNow().Ticks / TimeSpan.TicksPerMinute * TimeSpan.TicksPerMinute, TimeSpan.Zero));
        AlarmState? Found(string what)
        {
            var alarm = CanaryAlarms.Of(canary, "test", "test-1", Vantage.Outside, simulated: false).Single(one => one.Name.StartsWith(what, StringComparison.Ordinal));
            return evaluator.Evaluate(new WatchedAlarm(CanaryAlarms.Group(canary.Name), new Alarm(alarm, 1)), new Alarm(alarm, 1), new(), end)?.State;
        }

        Assert.Equal((success, slow, broken, heartbeat), (Found("success"), Found("slow"), Found("broken"), Found("heartbeat")));
    }

    /// <summary>Nine storage hosts in turn, of which one lies in three turns of four, as one that loses a shard in fifty does.</summary>
    [Theory]
    [InlineData(RunState.Lying, AlarmState.Alarm)]
    [InlineData(RunState.Passed, AlarmState.Ok)]
    public void One_liar_among_nine_hosts_is_told(RunState one, AlarmState expected)
    {
        var canary = Make.Canary("store-shards") with { Service = "storage" };
        var store = new MetricStore(_clock, new MetricStoreOptions());
        for (var turn = 0; turn < 9 * 8; turn++, _clock.Advance(TimeSpan.FromMinutes(1.0 / 9)))
        {
            var (now, state) = (_clock.GetUtcNow(), turn % 9 == 4 && turn / 9 % 4 != 3 ? one : RunState.Passed);
            foreach (var (stream, value) in CanaryMetrics.Of(new RunResult(new CanaryPost(canary.Name, "test-1", Vantage.Inside, $"s{turn % 9}"), turn, now, now, now, state, 1, [], ""), "storage", "test", "a"))
            {
                Assert.True(store.Add(stream, value, now));
            }
        }

        var alarm = CanaryAlarms.Of(canary, "test", "test-1", Vantage.Inside, simulated: false).Single(one => one.Name.StartsWith("success", StringComparison.Ordinal));
        Assert.Equal(expected, new AlarmEvaluator(store).Evaluate(new WatchedAlarm("g", new Alarm(alarm, 1)), new Alarm(alarm, 1), new(), _clock.GetUtcNow())?.State);
    }

    [Fact]
    public void They_come_with_the_canary_stay_when_nobody_is_heard_and_go_with_it()
    {
        var canary = Make.Canary();
        var group = Apply(new AlarmGroup("canary-ready"), AlarmsDue.Of(canary, [Place, Place with { Vantage = Vantage.Inside }], new AlarmGroup("canary-ready")));
        Assert.Equal(8, group.Alarms.Count);
        Assert.Equal("ready", CanaryAlarms.CanaryOf(group));

        // All its targets are gone: that is what heartbeats tell.
        Assert.Equal(8, Apply(group, AlarmsDue.Of(canary, [], group)).Alarms.Count);
        var narrowed = canary with { Vantages = [Vantage.Outside] };
        Assert.Equal(4, Apply(group, AlarmsDue.Of(narrowed, [Place], group)).Alarms.Count);
        Assert.Empty(AlarmsDue.Orphans(CanaryBook.Empty with { Canaries = CanaryBook.Empty.Canaries.Add("ready", new(canary, default, "test")) }, [group]));
        Assert.Empty(Apply(group, [.. AlarmsDue.Orphans(CanaryBook.Empty, [group])]).Alarms);
    }

    [Fact]
    public void People_cannot_change_them_behind_the_canarys_back()
    {
        var group = Apply(new AlarmGroup("canary-ready"), AlarmsDue.Of(Make.Canary(), [Place], new AlarmGroup("canary-ready")));
        Assert.Equal("alarms.owned", Decide(group, new RemoveAlarms(group.Name, [])).Rejection?.Code);
    }

    [Fact]
    public void A_mute_is_a_maintenance_window_of_the_same_length_and_ends_with_it()
    {
        var now = _clock.GetUtcNow();
        var book = CanaryBook.Empty with { Mutes = [new("ready", "test-1", now, now.AddHours(1), "person:ada", "drill")] };
        var (command, reason) = Assert.Single(MutesDue.Of(book, new MaintenanceBook(), now));
        var put = Assert.IsType<PutMaintenance>(command);
        Assert.Equal(("drill", "canary-ready", "region:test-1", now.AddHours(1)), (reason, put.Group, put.Scope.ToString(), put.To));
        var decider = new MaintenanceDecider();
        var windows = decider.Decide(new(), put, new DecisionContext(now, Actor.Engine, reason, null!)).Events.Aggregate(new MaintenanceBook(), (state, happened) => decider.Apply(state, happened, now));
        Assert.Empty(MutesDue.Of(book, windows, now));
        Assert.NotNull(windows.Covering("canary-ready", CanaryAlarms.Of(Make.Canary(), "test", "test-1", Vantage.Outside, false)[0], now.AddMinutes(1)));
        Assert.IsType<EndMaintenance>(Assert.Single(MutesDue.Of(CanaryBook.Empty, windows, now)).Command);
    }

    private AlarmGroup Apply(AlarmGroup group, IReadOnlyCollection<AlarmCommand> commands)
    {
        foreach (var command in commands)
        {
            var decision = Decide(group, command);
            Assert.Null(decision.Rejection);
            group = decision.Events.Aggregate(group, (state, happened) => _alarms.Apply(state, happened, _clock.GetUtcNow()));
        }

        return group;
    }

    private Decision Decide(AlarmGroup group, ICommand command) => _alarms.Decide(group, command, new DecisionContext(_clock.GetUtcNow(), Actor.Engine, "test", new NoOthers()));

    private sealed class NoOthers : IStates
    {
        public TState Get<TState>(StreamId stream)
            where TState : class => throw new InvalidOperationException("no other stream is asked for");

        public long VersionOf(StreamId stream) => 0;

        public IReadOnlyList<StreamState<TState>> All<TState>(string family)
            where TState : class => [];
    }
}
