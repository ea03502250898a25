using System.Collections.Immutable;
using OpsConsole.Domain.Access;
using OpsConsole.Domain.Fleet;
using OpsConsole.Domain.FleetUpdate.Running;
using OpsConsole.Domain.Journal;
using OpsConsole.Domain.Reservations;
using OpsConsole.Domain.Reservations.Safety;

namespace OpsConsole.Domain.FleetUpdate.Preview;

/// <summary>One region as it is, from which its maintenance goes on in thought: the real deciders on copies that nobody else sees.</summary>
internal sealed class PreviewWorld : IStates
{
    private readonly IStates _real;
    private readonly FleetDecider _fleetRules = new(new ReservedHosts());
    private readonly ReservationDecider _reservationRules;
    private readonly FleetUpdateDecider _updateRules;

    public PreviewWorld(IStates real, string region, ISafetyAuthorities authorities, IChangeFreezes? freezes, DateTimeOffset now)
    {
        (_real, Region, Now) = (real, region, now);
        var asOfNow = new AsOf(authorities, now);
        (_reservationRules, _updateRules) = (new(asOfNow, freezes, new ProvenReleases()), new(asOfNow));
        Update = real.Get<FleetUpdateState>(FleetUpdateStreams.Of(region));
        Fleet = real.Get<RegionFleet>(FleetStreams.Of(region));
        Held = real.Get<RegionReservations>(ReservationStreams.Of(region));
    }

    public string Region { get; }

    public DateTimeOffset Now { get; set; }

    public FleetUpdateState Update { get; private set; }

    public RegionFleet Fleet { get; set; }

    public RegionReservations Held { get; private set; }

    public UpdateInput Input => UpdateInput.Of(this, Region, Now);

    public TState Get<TState>(StreamId stream)
        where TState : class =>
        stream == FleetUpdateStreams.Of(Region) ? (TState)(object)Update
        : stream == FleetStreams.Of(Region) ? (TState)(object)Fleet
        : stream == ReservationStreams.Of(Region) ? (TState)(object)Held
        : _real.Get<TState>(stream);

    public long VersionOf(StreamId stream) => _real.VersionOf(stream);

    public IReadOnlyList<StreamState<TState>> All<TState>(string family)
        where TState : class => _real.All<TState>(family);

    /// <summary>Whether anything came of it, or why it was refused.</summary>
    public Decision Send(ICommand command, Actor actor, string reason)
    {
        var context = new DecisionContext(Now, actor, reason, this);
        switch (command)
        {
            case FleetUpdateCommand update:
                var planned = _updateRules.Decide(Update, update, context);
                Update = planned.Events.Aggregate(Update, (state, happened) => _updateRules.Apply(state, happened, Now));
                return planned;
            case ReservationCommand reserve:
                var reserved = _reservationRules.Decide(Held, reserve, context);
                Held = reserved.Events.Aggregate(Held, (state, happened) => _reservationRules.Apply(state, happened, Now));
                return reserved;
            default:
                var worked = _fleetRules.Decide(Fleet, command, context);
                Fleet = worked.Events.Aggregate(Fleet, (state, happened) => _fleetRules.Apply(state, happened, Now));
                return worked;
        }
    }

    public ImmutableArray<Denial> WhyNot(RequestReservations request, Actor actor, string reason) =>
        [.. _reservationRules.Examine(Held, request, new(Now, actor, reason, this)).Denials.DistinctBy(denial => denial.Host)];

    /// <summary>The host has gone through its visit, and says what it has now.</summary>
    public void Complete(Visit visit)
    {
        while (Fleet.Visits[visit.Host] is { Status: VisitStatus.Active } at && at.Id == visit.Id)
        {
            var report = new StepReport(at.Host, at.CommandId, at.Token, true, at.Release, null) { Changes = at.Changes, Sample = at.Step == HostStep.Verify ? new(Held.Policy.ChecksumSample, 0) : null };
            Fleet = _fleetRules.Apply(Fleet, new StepsDone([report]), Now);
        }
    }

    /// <summary>What services know stays as old as it is now: a preview of days rests on the placement of today.</summary>
    private sealed class AsOf(ISafetyAuthorities real, DateTimeOffset now) : ISafetyAuthorities
    {
        public ISafetyAuthority? For(Host host) => real.For(host) is { } authority ? new One(authority, now) : null;

        private sealed class One(ISafetyAuthority real, DateTimeOffset now) : ISafetyAuthority
        {
            public string Name => real.Name;

            public PlacedSets? Counted => real.Counted;

            public StoredBytes? Bytes => real.Bytes;

            public SafetyAnswer Ask(SafetyQuestion question) => real.Ask(question with { Now = now });
        }
    }
}
