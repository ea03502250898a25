using OpsConsole.Engine.ProvingGround.Health;
using OpsConsole.Engine.ProvingGround.Measures;

namespace OpsConsole.Engine.ProvingGround.Probing;

/// <summary>Counts of one host, handed in second by second. Not for several threads at once.</summary>
internal sealed class SecondTally(HostMeter meter, TrafficRing ring, Action<TrafficSecond>? feed = null)
{
    private long _newest;

    public HostMeter Meter => meter;

    public void HandIn()
    {
        var done = meter.After(_newest);
        _newest = done.Count > 0 ? done[^1].Second : _newest;
        ring.Add(done);
        foreach (var second in feed is null ? [] : done)
        {
            feed!(second);
        }
    }
}
