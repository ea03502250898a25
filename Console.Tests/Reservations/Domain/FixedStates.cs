using OpsConsole.Domain.Cord;
using OpsConsole.Domain.Fleet;
using OpsConsole.Domain.Journal;
using OpsConsole.Domain.Reservations;

namespace OpsConsole.Tests.Reservations;

/// <summary>States that stand still: what a decision looks at beside its own.</summary>
internal sealed class FixedStates : IStates
{
    public RegionFleet Fleet { get; set; } = new("r1");

    public CordState Cord { get; set; } = new();

    public RegionReservations Held { get; set; } = new("r1");

    public TState Get<TState>(StreamId stream)
        where TState : class =>
        typeof(TState) == typeof(RegionFleet) ? (TState)(object)Fleet : typeof(TState) == typeof(RegionReservations) ? (TState)(object)Held : (TState)(object)Cord;

    public long VersionOf(StreamId stream) => 1;

    public IReadOnlyList<StreamState<TState>> All<TState>(string family)
        where TState : class => [];
}
