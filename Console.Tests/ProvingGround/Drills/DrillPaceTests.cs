using OpsConsole.Engine.ProvingGround.Drills;
using OpsConsole.Tests.World;

namespace OpsConsole.Tests.ProvingGround.Drills;

public sealed class DrillPaceTests
{
    private readonly ManualClock _clock = new();

    [Fact]
    public void Without_faults_nobody_waits() => Assert.Equal(TimeSpan.Zero, new DrillPace(100, _clock).Pause(1));

    [Fact]
    public void Requests_that_would_not_last_as_long_as_the_faults_are_spread_over_them()
    {
        var pace = new DrillPace(1_000, _clock);
        pace.Begin(10);
        _clock.Advance(TimeSpan.FromSeconds(20));
        pace.Done();

        // Nine faults of 20 s are left, and 900 requests: one each 0.2 s.
        Assert.Equal(TimeSpan.Zero, pace.Pause(100));
        Assert.Equal(0.2, pace.Pause(100).TotalSeconds, 0.001);
        Assert.Equal(0.4, pace.Pause(100).TotalSeconds, 0.001);
    }

    [Fact]
    public void Requests_enough_are_not_held_back()
    {
        var pace = new DrillPace(1_000_000, _clock);
        pace.Begin(10);
        pace.Pause(1);
        _clock.Advance(TimeSpan.FromMilliseconds(1));

        Assert.Equal(TimeSpan.Zero, pace.Pause(2));
    }

    [Fact]
    public void After_the_last_fault_the_rest_is_as_fast_as_it_can_be()
    {
        var pace = new DrillPace(100, _clock);
        pace.Begin(1);
        pace.Pause(1);
        pace.Done();

        Assert.Equal(TimeSpan.Zero, pace.Pause(2));
    }
}
