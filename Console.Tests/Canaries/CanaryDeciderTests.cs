using OpsConsole.Domain.Access;
using OpsConsole.Domain.Canaries;
using OpsConsole.Domain.Journal;

namespace OpsConsole.Tests.Canaries;

public sealed class CanaryDeciderTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 5, 3, 0, 0, TimeSpan.Zero);

    private readonly CanaryDecider _decider = new();
    private CanaryBook _state = CanaryBook.Empty;

    [Fact]
    public void A_canary_is_put_changed_and_removed_and_the_same_again_changes_nothing()
    {
        Assert.IsType<CanaryPut>(Assert.Single(Send(new PutCanary(Make.Canary())).Events));
        Assert.Empty(Send(new PutCanary(Make.Canary())).Events);
        Assert.Single(Send(new PutCanary(Make.Canary() with { About = "other" })).Events);
        Assert.Equal("other", Assert.Single(_state.Canaries.Values).Canary.About);
        Send(new MuteCanary("ready", null, TimeSpan.FromHours(1)), "drill");
        Assert.Single(Send(new RemoveCanary("ready")).Events);
        Assert.Empty(Send(new RemoveCanary("ready")).Events);
        Assert.Empty(_state.Canaries);
        Assert.Empty(_state.Mutes);
        Assert.Equal("ready", Assert.Single(_state.Removed));
    }

    [Fact]
    public void A_mute_has_a_reason_and_an_end_and_ends_by_itself()
    {
        Send(new PutCanary(Make.Canary()));
        Assert.Equal("canaries.no-such-canary", Send(new MuteCanary("other", null, TimeSpan.FromHours(1)), "drill").Rejection?.Code);
        Assert.Equal("canaries.reason-missing", Send(new MuteCanary("ready", null, TimeSpan.FromHours(1)), " ").Rejection?.Code);
        Assert.Equal("canaries.mute-time", Send(new MuteCanary("ready", null, TimeSpan.FromDays(8)), "drill").Rejection?.Code);
        Assert.Equal("canaries.mute-time", Send(new MuteCanary("ready", null, TimeSpan.Zero), "drill").Rejection?.Code);
        Assert.Single(Send(new MuteCanary("ready", "test-1", TimeSpan.FromHours(1)), "drill").Events);
        Assert.NotNull(_state.MuteOf("ready", "test-1", Now.AddMinutes(59)));
        Assert.Null(_state.MuteOf("ready", "test-2", Now));
        Assert.Null(_state.MuteOf("ready", "test-1", Now.AddHours(1)));
        Assert.Single(Send(new UnmuteCanary("ready", "test-1")).Events);
        Assert.Empty(Send(new UnmuteCanary("ready", "test-1")).Events);
    }

    public static TheoryData<string, Canary> Odd()
    {
        var good = Make.Canary();
        var step = good.Steps[0];
        return new()
        {
            { "name", good with { Name = "Ready" } },
            { "service", good with { Service = "" } },
            { "period", good with { Schedule = new(TimeSpan.FromSeconds(9)) } },
            { "period", good with { Schedule = new(TimeSpan.FromHours(2)) } },
            { "jitter", good with { Schedule = good.Schedule with { Jitter = double.NaN } } },
            { "vantages", good with { Vantages = [] } },
            { "vantages", good with { Vantages = [Vantage.Inside, Vantage.Inside] } },
            { "vantages", good with { Vantages = [(Vantage)7] } },
            { "regions", good with { Regions = ["two words"] } },
            { "limits.step", good with { Limits = good.Limits with { Step = TimeSpan.FromSeconds(5) } } },
            { "limits.whole", good with { Limits = good.Limits with { Whole = TimeSpan.FromSeconds(61) } } },
            { "limits.slow", good with { Limits = good.Limits with { Slow = TimeSpan.Zero } } },
            { "retry.retries", good with { Retry = new(RetryKind.Fixed, 6, TimeSpan.Zero, TimeSpan.Zero) } },
            { "steps", good with { Steps = [] } },
            { "steps", good with { Script = "too" } },
            { "steps", good with { Steps = [step, step] } },
            { "steps.path", good with { Steps = [step with { Path = "http://elsewhere/" }] } },
            { "steps.method", good with { Steps = [step with { Method = "TRACE" }] } },
            { "steps.headers", good with { Steps = [step with { Headers = [new("Authorization", "Basic eA==")] }] } },
            { "steps.headers", good with { Steps = [step with { Headers = [new("X-A", "1\r\nX-B: 2")] }] } },
            { "steps.body", good with { Steps = [step with { Body = "{bytes:1048577}" }] } },
            { "steps.expect.status", good with { Steps = [step with { Expect = new() { Status = [99] } }] } },
            { "noodles", good with { Steps = [], Noodles = " " } },
        };
    }

    [Theory]
    [MemberData(nameof(Odd))]
    public void What_is_wrong_with_a_canary_is_named_and_changes_nothing(string field, Canary canary)
    {
        var rejection = Send(new PutCanary(canary)).Rejection;
        Assert.Equal(("canaries.invalid", field), (rejection?.Code, rejection?.Evidence["field"]));
        Assert.Empty(_state.Canaries);
    }

    [Fact]
    public void A_canary_that_changes_hands_needs_both_sides()
    {
        Send(new PutCanary(Make.Canary()));
        Assert.Equal(["service:storage", "service:web"], _decider.Reach(_state, new PutCanary(Make.Canary() with { Service = "storage" })).Select(scope => scope.ToString()).Order());
        Assert.Equal(["service:web"], _decider.Reach(_state, new RemoveCanary("ready")).Select(scope => scope.ToString()));
    }

    private Decision Send(ICommand command, string? reason = null)
    {
        var decision = _decider.Decide(_state, command, new DecisionContext(Now, Actor.Person("ada", Role.Admin), reason, null!));
        foreach (var happened in decision.Events)
        {
            _state = _decider.Apply(_state, happened, Now);
        }

        return decision;
    }
}
