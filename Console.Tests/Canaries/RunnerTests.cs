using Microsoft.Extensions.Logging.Abstractions;
using OpsConsole.Domain.Alarms.Streams;
using OpsConsole.Domain.Canaries;
using OpsConsole.Domain.Canaries.Runs;
using OpsConsole.Domain.Journal;
using OpsConsole.Engine.Alarms.Streams;
using OpsConsole.Engine.Canaries;
using OpsConsole.Engine.Canaries.Results;
using OpsConsole.Engine.Canaries.Running;
using OpsConsole.Engine.Live;
using OpsConsole.Tests.World;

namespace OpsConsole.Tests.Canaries;

/// <summary>The runner over real sockets: whatever becomes of it, nothing of that is said of a target, and nobody is left without a turn.</summary>
[Trait("Category", "Scenario")]
[Collection(Alone.Name)]
public sealed class RunnerTests : IDisposable
{
    private readonly LoopbackTargets _world = new();
    private readonly Sink _sink = new();
    private readonly CanaryResults _results;
    private readonly CanarySupervisor _supervisor;

    public RunnerTests()
    {
        _results = new CanaryResults(_sink);
        var book = CanaryBook.Empty;
        foreach (var name in new[] { "one", "two", "three" })
        {
            // A shorter period than a person may give: the test need not wait for ten seconds.
            var canary = Make.Canary(name) with { Schedule = new CanarySchedule(TimeSpan.FromSeconds(1)) };
            book = new CanaryDecider().Apply(book, new CanaryPut(canary with { Limits = canary.Limits with { Step = TimeSpan.FromMilliseconds(700), Whole = TimeSpan.FromMilliseconds(800) } }, "test"), default);
        }

        _supervisor = new CanarySupervisor(new OneBook(book), [_world], [new HttpSteps()], _results, new TopicBook([], TimeProvider.System), TimeProvider.System, NullLogger<CanarySupervisor>.Instance, new FixedLag()) { QuietFor = TimeSpan.FromMilliseconds(1_500) };
    }

    public void Dispose()
    {
        _supervisor.Dispose();
        _world.Dispose();
    }

    [Fact]
    public async Task Targets_of_every_kind_run_side_by_side_and_none_delays_another()
    {
        await using var good = new FaultyTarget(TargetFault.None, default);
        await using var stalled = new FaultyTarget(TargetFault.NeverAnswers, default);
        await using var dying = new FaultyTarget(TargetFault.DiesMidAnswer, default);
        await using var lying = new FaultyTarget(TargetFault.WrongBody, default);
        (FaultyTarget Target, string Host, RunState State)[] all = [(good, "good", RunState.Passed), (stalled, "stalled", RunState.Stalled), (dying, "dying", RunState.Dying), (lying, "lying", RunState.Lying)];
        foreach (var (target, host, _) in all)
        {
            _world.Add(target.Address, Vantage.Inside, host: host);
        }

        _supervisor.Look(default);
        await UntilAsync(() => _results.Posts.Count() == 12 && _results.Posts.All(post => post.Recent.Length >= 2));
        Assert.All(_results.Posts, post => Assert.All(post.Recent, brief => Assert.Equal(all.Single(one => one.Host == post.Post.Host).State, brief.State)));
        Assert.All(_results.Posts, post => Assert.InRange(post.Last!.Late, TimeSpan.Zero, TimeSpan.FromMilliseconds(250)));
        Assert.All(_sink.Of(CanaryMetrics.Failed), value => Assert.Equal(0, value.Value));
        Assert.All(_sink.Of(CanaryMetrics.Success).Where(value => value.Stream.Host is not null), value => Assert.Equal(value.Stream.Host == "good" ? 1 : 0, value.Value));
        Assert.Equal(0, _supervisor.Deaths);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_runner_that_dies_or_hangs_is_noticed_said_of_the_canaries_and_replaced(bool hangs)
    {
        await using var target = new FaultyTarget(TargetFault.None, default);
        using var end = new ManualResetEvent(false);
        _world.Add(target.Address);
        _supervisor.Look(default);
        await UntilAsync(() => _results.Posts.Count() == 3 && _results.Posts.All(post => post.Last?.State == RunState.Passed));
        var once = 0;
        _world.Asked = () =>
        {
            if (Interlocked.Exchange(ref once, 1) == 0)
            {
                _ = hangs ? end.WaitOne(TimeSpan.FromSeconds(20)) : throw new InvalidOperationException("a bug of the runner");
            }
        };

        // Long enough for turns to come due that nobody takes.
        await UntilAsync(() => Volatile.Read(ref once) == 1);
        await Task.Delay(TimeSpan.FromSeconds(1.7), TimeProvider.System);
        _supervisor.Look(default);
        Assert.Equal(1, _supervisor.Deaths);
        Assert.Contains(_results.Posts, post => post.Recent[0].State == RunState.RunnerDied);
        await UntilAsync(() => _results.Posts.All(post => post.Recent[0].State == RunState.Passed));
        end.Set();
        Assert.All(_results.Posts.SelectMany(post => post.Recent), brief => Assert.Contains(brief.State, new[] { RunState.Passed, RunState.RunnerDied }));
        Assert.All(_sink.Of(CanaryMetrics.Success), value => Assert.Equal(1, value.Value));
        Assert.Contains(_sink.Of(CanaryMetrics.Failed), value => value.Value == 1);
        Assert.Equal(1, _supervisor.Deaths);
    }

    [Fact]
    public async Task More_than_there_is_room_for_are_the_canaries_fault()
    {
        await using var stalled = new FaultyTarget(TargetFault.NeverAnswers, default);
        _world.Add(stalled.Address);
        var clock = TimeProvider.System;
        var list = new PostList(new OneBook(Crowd()), [_world], clock);
        var runner = new CanaryRunner(list, new CanaryRun([new HttpSteps()], new FixedLag(), clock), _results, clock, mostAtOnce: 1);
        using var life = new CancellationTokenSource();
        var running = runner.RunAsync(life.Token);
        await UntilAsync(() => _results.Posts.Any(post => post.Last is not null && !post.Last.State.IsOfTarget()));
        await life.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
        Assert.All(_results.Posts.Where(post => post.Last is not null), post => Assert.Contains(post.Last!.State, new[] { RunState.Stalled, RunState.Overloaded, RunState.NotInTime }));
    }

    [Fact]
    public void What_was_not_heard_of_for_two_periods_is_silent_and_what_never_had_a_turn_is_not_good()
    {
        var (canary, now) = (Make.Canary(periodSeconds: 60), new DateTimeOffset(2026, 1, 5, 3, 0, 0, TimeSpan.Zero));
        var passed = new RunResult(new CanaryPost("ready", "test-1", Vantage.Outside, null), 1, now, now, now, RunState.Passed, 1, [], "");
        Assert.Equal(Standing.Waiting, PostStanding.Of(canary, null, now, now.AddSeconds(30)));
        Assert.Equal(Standing.Silent, PostStanding.Of(canary, null, now, now.AddMinutes(3)));
        Assert.Equal(Standing.Served, PostStanding.Of(canary, passed, now, now.AddSeconds(90)));
        Assert.Equal(Standing.Silent, PostStanding.Of(canary, passed, now, now.AddMinutes(3)));
        Assert.Equal(Standing.Broken, PostStanding.Of(canary, passed with { State = RunState.RunnerDied }, now, now));
        Assert.Equal(Standing.Failing, PostStanding.Of(canary, passed with { State = RunState.Lying }, now, now));
    }

    private static CanaryBook Crowd()
    {
        var book = CanaryBook.Empty;
        for (var number = 0; number < 40; number++)
        {
            var canary = Make.Canary($"crowd-{number}") with { Schedule = new CanarySchedule(TimeSpan.FromSeconds(2)), Limits = new CanaryLimits { Step = TimeSpan.FromSeconds(1), Whole = TimeSpan.FromSeconds(1), Slow = TimeSpan.FromSeconds(1) } };
            book = new CanaryDecider().Apply(book, new CanaryPut(canary, "test"), default);
        }

        return book;
    }

    private static async Task UntilAsync(Func<bool> holds)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while (!holds())
        {
            await Task.Delay(TimeSpan.FromMilliseconds(30), TimeProvider.System, patience.Token);
        }
    }

    private sealed class Sink : IMetricSink
    {
        private readonly Lock _gate = new();
        private readonly List<(MetricStream Stream, double Value)> _all = [];

        public (MetricStream Stream, double Value)[] Of(string metric)
        {
            lock (_gate)
            {
                return [.. _all.Where(one => one.Stream.Metric == metric)];
            }
        }

        public bool Add(MetricStream stream, double value, DateTimeOffset at, int count) => Add(stream, value, at);

        public bool Add(MetricStream stream, double value, DateTimeOffset at)
        {
            lock (_gate)
            {
                _all.Add((stream, value));
                return true;
            }
        }
    }

    private sealed class OneBook(CanaryBook book) : IStates
    {
        public TState Get<TState>(StreamId stream)
            where TState : class => (TState)(object)book;

        public long VersionOf(StreamId stream) => 1;

        public IReadOnlyList<StreamState<TState>> All<TState>(string family)
            where TState : class => [];
    }
}
