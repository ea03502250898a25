using OpsConsole.Domain.ProvingGround.Routing;
using OpsConsole.Tests.World;

namespace OpsConsole.Tests.ProvingGround.Routing;

public sealed class RouterWeightsTests
{
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(1);

    private readonly ManualClock _clock = new();
    private readonly HashSet<string> _ill = [];
    private RouterWeights _weights = RouterWeights.None;

    [Fact]
    public void A_host_nobody_named_has_the_usual_weight_and_a_validator_none()
    {
        Assert.Equal(new HostWeight(HostWeight.Usual, Drained: false), _weights.Of("web-1", validator: false));
        Assert.False(_weights.Of("validator", validator: true).Takes);
    }

    [Fact]
    public void A_departure_from_the_usual_needs_a_lease_and_the_way_back_needs_none()
    {
        Assert.Null(_weights.Change("web-1", validator: false, null, drained: true, lease: null, _clock.GetUtcNow()));
        Assert.Null(_weights.Change("web-1", validator: false, weight: 50, null, RouterWeights.LongestLease + Moment, _clock.GetUtcNow()));
        Drain("web-1");
        Assert.True(IsDrained("web-1"));
        _weights = _weights.Change("web-1", validator: false, null, drained: false, lease: null, _clock.GetUtcNow())!;
        Assert.Same(RouterWeights.None.Leased, _weights.Leased);
    }

    [Fact]
    public void A_lease_nobody_renews_falls_back_when_it_runs_out_and_no_sooner()
    {
        Drain("web-1");
        Pass(Lease - Moment);
        Assert.True(IsDrained("web-1"));
        Pass(Moment);
        Assert.False(IsDrained("web-1"));
    }

    [Fact]
    public void A_renewed_lease_holds_on()
    {
        Drain("web-1");
        for (var i = 0; i < 10; i++)
        {
            Pass(Lease / 2);
            _weights = _weights.Renew("web-1", Lease, _clock.GetUtcNow());
        }

        Assert.True(IsDrained("web-1"));
        Pass(Lease);
        Assert.False(IsDrained("web-1"));
    }

    [Fact]
    public void A_renewal_that_comes_after_the_way_back_does_not_take_the_host_out_again()
    {
        Drain("web-1");
        _weights = _weights.Change("web-1", validator: false, null, drained: false, lease: null, _clock.GetUtcNow())!;
        _weights = _weights.Renew("web-1", Lease, _clock.GetUtcNow());
        Assert.False(IsDrained("web-1"));
    }

    [Fact]
    public void A_renewal_never_shortens_a_lease()
    {
        _weights = _weights.Change("web-1", validator: false, null, drained: true, Lease * 10, _clock.GetUtcNow())!.Renew("web-1", Lease, _clock.GetUtcNow());
        Pass(Lease * 9);
        Assert.True(IsDrained("web-1"));
    }

    [Fact]
    public void A_drained_host_comes_back_only_once_it_is_healthy()
    {
        Drain("web-1");
        Drain("web-2");
        _ill.Add("web-1");
        Pass(Lease * 20);
        Assert.True(IsDrained("web-1"));
        Assert.False(IsDrained("web-2"));
        _ill.Clear();
        Pass(Moment);
        Assert.False(IsDrained("web-1"));
    }

    [Fact]
    public void A_raised_weight_falls_back_also_where_the_host_is_ill()
    {
        _weights = _weights.Change("web-1", validator: false, weight: 300, null, Lease, _clock.GetUtcNow())!;
        _ill.Add("web-1");
        Pass(Lease);
        Assert.Equal(HostWeight.Usual, _weights.Of("web-1", validator: false).Weight);
    }

    [Fact]
    public void What_is_fallen_back_to_is_what_was_confirmed_last()
    {
        _weights = _weights.Confirm("web-1", new HostWeight(40, Drained: false));
        Drain("web-1");
        Pass(Lease);
        Assert.Equal(new HostWeight(40, Drained: false), _weights.Of("web-1", validator: false));
    }

    private void Drain(string host) => _weights = _weights.Change(host, validator: false, null, drained: true, Lease, _clock.GetUtcNow())!;

    private bool IsDrained(string host) => _weights.Of(host, validator: false).Drained;

    private void Pass(TimeSpan time)
    {
        _clock.Advance(time);
        _weights = _weights.Expire(_clock.GetUtcNow(), host => !_ill.Contains(host));
    }
}
