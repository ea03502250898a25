using System.Collections.Immutable;

namespace OpsConsole.Domain.FleetUpdate.Waves;

/// <param name="Waves">Hosts that go together, wave after wave; all of a wave are back before the next begins.</param>
/// <param name="LowerBound">No plan has fewer waves.</param>
/// <param name="Unplannable">Hosts that can never go: a set of each has no slack to lose even with no other host gone.</param>
public sealed record WavePlan(ImmutableArray<ImmutableArray<int>> Waves, int LowerBound, ImmutableArray<StuckHost> Unplannable);

/// <param name="Set">The first of its sets that stands in the way.</param>
public sealed record StuckHost(int Host, int Set);
