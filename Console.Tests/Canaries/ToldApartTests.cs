using OpsConsole.Domain.Canaries;
using OpsConsole.Domain.Canaries.Runs;
using OpsConsole.Engine.Canaries.Running;
using OpsConsole.Tests.World;
using Xunit.Abstractions;

namespace OpsConsole.Tests.Canaries;

/// <summary>A stalled, dying, lying or slow target, and a canary that is itself broken, are told apart: over real sockets.</summary>
[Trait("Category", "Scenario")]
[Collection(Alone.Name)]
public sealed class ToldApartTests(ITestOutputHelper output)
{
    private static readonly TimeSpan Slow = TimeSpan.FromMilliseconds(500);

    /// <summary>What each fault is, when nothing is wrong with the canary.</summary>
    private static RunState Truth(TargetFault fault) =>
        fault switch
        {
            TargetFault.None => RunState.Passed,
            TargetFault.WrongBody or TargetFault.WrongStatus or TargetFault.NoHttp => RunState.Lying,
            TargetFault.Refuses or TargetFault.HangsUpAtOnce or TargetFault.ResetsAtOnce or TargetFault.DiesMidAnswer => RunState.Dying,
            TargetFault.NeverAnswers or TargetFault.StallsMidAnswer or TargetFault.Drips => RunState.Stalled,
            _ => RunState.Slow,
        };

    public static TheoryData<TargetFault, RetryKind> All()
    {
        var all = new TheoryData<TargetFault, RetryKind>();
        foreach (var fault in Enum.GetValues<TargetFault>())
        {
            all.Add(fault, RetryKind.None);
            all.Add(fault, RetryKind.Exponential);
        }

        return all;
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task A_target_is_what_it_is(TargetFault fault, RetryKind retry)
    {
        await using var target = new FaultyTarget(fault, Slow);
        var result = await RunAsync(target, Patient(fault) with { Retry = Make.Retry(retry) }, new FixedLag());
        Assert.Equal((Truth(fault), Truth(fault) is RunState.Passed or RunState.Slow || retry == RetryKind.None ? 1 : 2), (result.State, result.Attempts));
        Assert.Equal(result.State == RunState.Passed, result.Exchanges.IsEmpty);
    }

    /// <summary>With the runner held up as long as the limits are, nothing that rests on time is said of the target, and all that does not still is.</summary>
    [Theory]
    [MemberData(nameof(All))]
    public async Task A_runner_that_was_held_up_blames_no_target_for_it(TargetFault fault, RetryKind retry)
    {
        await using var target = new FaultyTarget(fault, Slow);
        var canary = Patient(fault) with { Retry = Make.Retry(retry) };
        var result = await RunAsync(target, canary, new FixedLag(canary.Limits.Step));
        RunState[] expected = Truth(fault) switch
        {
            RunState.Stalled or RunState.Slow => [RunState.Overloaded],
            RunState.Dying when fault != TargetFault.Refuses => [RunState.Overloaded, RunState.Dying],
            var truth => [truth],
        };
        Assert.Contains(result.State, expected);
    }

    /// <summary>The pool's threads are really taken away, for a seeded while, in the middle of runs against every kind of target.</summary>
    [Theory]
    [InlineData(1)]
    public async Task Starved_for_real_it_never_calls_a_good_target_bad_nor_a_bad_one_good(int seed)
    {
        output.WriteLine($"seed {seed}");
        var random = new Random(seed);
        using var lag = new RunnerLag(TimeProvider.System);
        foreach (var fault in Enum.GetValues<TargetFault>().OrderBy(_ => random.Next()))
        {
            await using var target = new FaultyTarget(fault, Slow);
            var run = RunAsync(target, Make.Canary(), lag);
            Starve(TimeSpan.FromMilliseconds(random.Next(1_000, 1_400)));
            var result = await run;
            output.WriteLine($"{fault}: {result.State}, {result.Detail}");
            if (Truth(fault) == RunState.Passed)
            {
                Assert.Contains(result.State, new[] { RunState.Passed, RunState.Overloaded });
            }
            else
            {
                Assert.Contains(result.State, new[] { Truth(fault), RunState.Overloaded });
            }
        }
    }

    [Fact]
    public async Task A_name_that_is_not_resolved_is_the_canarys_own_fault()
    {
        using var world = new LoopbackTargets();
        var canary = Make.Canary();
        var target = world.Add(new Uri("http://no-such-host.invalid"));
        var result = await new CanaryRun([new HttpSteps()], new FixedLag(), TimeProvider.System).OnceAsync(canary, target, world.WayTo(target), 1, TimeProvider.System.GetUtcNow(), default);
        Assert.Equal(RunState.NoName, result.State);
        Assert.False(result.State.IsOfTarget());
    }

    [Theory]
    [InlineData("throws", "threw InvalidOperationException")]
    [InlineData("nothing", "did nothing")]
    [InlineData("hangs", "did not end")]
    [InlineData("nobody", "nobody here does")]
    public async Task A_canary_that_is_wrong_itself_says_nothing_of_its_target(string how, string words)
    {
        await using var target = new FaultyTarget(TargetFault.None, Slow);
        var canary = Make.Canary() with { Steps = [], Script = how, Limits = Make.Canary().Limits with { Whole = TimeSpan.FromMilliseconds(900) } };
        using var world = new LoopbackTargets();
        var post = world.Add(target.Address);
        using var end = new ManualResetEvent(false);
        var result = await new CanaryRun([new OddWork(end)], new FixedLag(), TimeProvider.System).OnceAsync(canary, post, world.WayTo(post), 1, TimeProvider.System.GetUtcNow(), default);
        end.Set();
        Assert.Equal(RunState.Broken, result.State);
        Assert.Contains(words, result.Detail, StringComparison.Ordinal);
        Assert.Equal(0, target.Asked);
    }

    /// <summary>A canary that gives up soon only on a target that never ends: a test machine that stands still for a second is not to look like the target's fault.</summary>
    private static Canary Patient(TargetFault fault)
    {
        var (canary, ample) = (Make.Canary(), TimeSpan.FromSeconds(20));
        return Truth(fault) switch
        {
            RunState.Stalled => canary,
            RunState.Slow => canary with { Limits = canary.Limits with { Step = ample, Whole = 2 * ample } },
            _ => canary with { Limits = canary.Limits with { Step = ample, Whole = 2 * ample, Slow = ample } },
        };
    }

    private static async Task<RunResult> RunAsync(FaultyTarget target, Canary canary, IRunnerLag lag)
    {
        using var world = new LoopbackTargets();
        var post = world.Add(target.Address);
        return await new CanaryRun([new HttpSteps()], lag, TimeProvider.System).OnceAsync(canary, post, world.WayTo(post), 1, TimeProvider.System.GetUtcNow(), default);
    }

    /// <summary>Takes every pool thread, also those that the pool adds meanwhile.</summary>
    private static void Starve(TimeSpan time)
    {
        ThreadPool.GetMinThreads(out var threads, out _);
        var until = TimeProvider.System.GetTimestamp() + (long)(time.TotalSeconds * TimeProvider.System.TimestampFrequency);
        for (var one = 0; one < threads * 4 + 32; one++)
        {
            ThreadPool.UnsafeQueueUserWorkItem(
                static until =>
                {
                    using var never = new ManualResetEvent(false);
                    var left = TimeProvider.System.GetElapsedTime(TimeProvider.System.GetTimestamp(), until);
                    if (left > TimeSpan.Zero)
                    {
                        never.WaitOne(left);
                    }
                },
                until,
                preferLocal: false);
        }
    }

    private sealed class OddWork(ManualResetEvent end) : ICanaryWork
    {
        public bool Does(Canary canary) => canary.Script != "nobody";

        public Task DoAsync(CanaryAttempt attempt, CancellationToken cancel)
        {
            if (attempt.Canary.Script == "hangs")
            {
                end.WaitOne(TimeSpan.FromSeconds(20));
            }

            return attempt.Canary.Script == "throws" ? throw new InvalidOperationException("a bug") : Task.CompletedTask;
        }
    }
}
