using OpsConsole.Engine.ProvingGround.Blobs;
using OpsConsole.Tests.World;

namespace OpsConsole.Tests.ProvingGround.Blobs;

public sealed class HostPulsesTests
{
    private static readonly TimeSpan Least = TimeSpan.FromMilliseconds(40);

    private readonly HostPulses _pulses = new(new ManualClock());

    [Fact]
    public void While_answers_are_fast_the_least_wait_is_enough()
    {
        Answer(200, TimeSpan.FromMilliseconds(2));
        Assert.Equal(Least, _pulses.Slow(Least));
    }

    [Fact]
    public void Where_all_hosts_are_slow_nobody_is_called_slow_for_it()
    {
        Answer(500, TimeSpan.FromMilliseconds(60));
        Assert.InRange(_pulses.Slow(Least).TotalMilliseconds, 200, 280);
    }

    [Fact]
    public void One_slow_host_of_many_does_not_move_what_slow_is()
    {
        for (var i = 0; i < 200; i++)
        {
            Answer(4, TimeSpan.FromMilliseconds(2));
            Answer(1, TimeSpan.FromMilliseconds(450));
        }

        Assert.Equal(Least, _pulses.Slow(Least));
    }

    [Fact]
    public void However_slow_all_are_a_read_asks_one_host_more_in_the_end()
    {
        Answer(2_000, TimeSpan.FromSeconds(30));
        Assert.Equal(TimeSpan.FromMilliseconds(400), _pulses.Slow(Least));
    }

    private void Answer(int times, TimeSpan took)
    {
        for (var i = 0; i < times; i++)
        {
            _pulses.Answered("a1", took);
        }
    }
}
