using System.Collections.Immutable;
using OpsConsole.Domain.Fleet;
using OpsConsole.Domain.FleetUpdate;
using OpsConsole.Domain.FleetUpdate.Casualties;
using OpsConsole.Domain.FleetUpdate.Orders;
using OpsConsole.Domain.Journal;
using OpsConsole.Domain.Reservations;
using OpsConsole.Domain.Rollouts;
using Velocity = OpsConsole.Domain.FleetUpdate.Casualties.Velocity;

namespace OpsConsole.Tests.FleetUpdate.Visits;

/// <summary>Which releases the gate takes for proven.</summary>
public sealed class ProvenReleasesTests
{
    private static readonly Host Host = new("h1", "p1", "r1", "r1a", "k1", HostRole.Storage, "storage", "m1", 0, HostDriver.Simulated);
    private readonly ScriptedStates _states = new();

    [Fact]
    public void One_that_passed_an_AZ_here_or_elsewhere_is_proven()
    {
        Assert.False(Proven());
        _states.Elsewhere = new("r2") { Proven = ["Firmware/v2"] };
        Assert.False(Proven());
        _states.Elsewhere = new("r2") { Proven = ["Software/v2"] };
        Assert.True(Proven());
        _states.Elsewhere = new("r2");
        _states.Here = new("r1") { Proven = ["Software/v2"] };
        Assert.True(Proven());
    }

    [Fact]
    public void One_that_a_rollout_completed_with_is_proven()
    {
        var standing = new ReleaseStanding(new("storage", "v2", "sha256:2", false, ""), default, null, null, null, null);
        _states.Releases = new("storage") { Releases = ImmutableDictionary<string, ReleaseStanding>.Empty.Add("v2", standing) };
        Assert.False(Proven());
        _states.Releases = new("storage") { Releases = ImmutableDictionary<string, ReleaseStanding>.Empty.Add("v2", standing with { ProvenBy = "roll", ProvenAt = DateTimeOffset.UnixEpoch }) };
        Assert.True(Proven());
    }

    /// <summary>A rollout says that its release is proven only when it has ended, which it never would were its last AZ held up until then.</summary>
    [Theory]
    [InlineData(false, HostEnd.Done, false)]
    [InlineData(true, HostEnd.Done, true)]
    [InlineData(true, HostEnd.Casualty, false)]
    public void One_whose_campaign_has_passed_an_AZ_with_a_host_that_came_back_is_proven(bool passed, HostEnd end, bool proven)
    {
        var order = new CampaignOrder("roll:1", [new(ActivityKind.Software, "v2", TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(2))]);
        var az = new AzProgress(["h7"], [], 0, default, new Velocity(VelocityPolicy.Usual, 1, 1, default)) { Passed = passed };
        var campaign = new Campaign(order, "engine", "because", default, 0) { Azs = ImmutableSortedDictionary<string, AzProgress>.Empty.Add("r1b", az), Hosts = ImmutableDictionary<string, HostProgress>.Empty.Add("h7", new(1, end, null, default)) };
        _states.Here = new("r1") { Campaigns = ImmutableSortedDictionary<string, Campaign>.Empty.Add("roll:1", campaign) };
        Assert.Equal(proven, Proven());
    }

    private bool Proven() => new ProvenReleases().IsProven(_states, Host, "v2");

    private sealed class ScriptedStates : IStates
    {
        public FleetUpdateState Here { get; set; } = new("r1");

        public FleetUpdateState Elsewhere { get; set; } = new("r2");

        public ReleaseCatalog Releases { get; set; } = new("storage");

        public TState Get<TState>(StreamId stream)
            where TState : class =>
            typeof(TState) == typeof(FleetUpdateState) ? (TState)(object)Here : (TState)(object)Releases;

        public long VersionOf(StreamId stream) => 1;

        public IReadOnlyList<StreamState<TState>> All<TState>(string family)
            where TState : class => [.. new[] { Here, Elsewhere }.Select(state => new StreamState<TState>(FleetUpdateStreams.Of(state.Region), 1, (TState)(object)state))];
    }
}
