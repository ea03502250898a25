using OpsConsole.Domain.ProvingGround.Index;
using OpsConsole.Engine.ProvingGround.Index;
using OpsConsole.Tests.World;

namespace OpsConsole.Tests.ProvingGround.Index;

public sealed class GenerationTimerTests
{
    private readonly ManualClock _clock = new();

    [Fact]
    public void A_generation_is_begun_once_a_length_and_a_new_leader_waits_a_whole_one()
    {
        var timer = new GenerationTimer(_clock);
        Assert.False(timer.IsDue(1));
        _clock.Advance(Generations.Length);
        Assert.True(timer.IsDue(1));
        Assert.False(timer.IsDue(1));
        _clock.Advance(Generations.Length - TimeSpan.FromSeconds(1));
        Assert.False(timer.IsDue(1));
        Assert.False(timer.IsDue(2));
        _clock.Advance(TimeSpan.FromSeconds(1));
        Assert.False(timer.IsDue(2));
        _clock.Advance(Generations.Length);
        Assert.True(timer.IsDue(2));
    }
}
