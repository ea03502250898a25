using System.Collections.Immutable;

namespace OpsConsole.Engine.Noodles.Pools;

/// <summary>A pool as people see it.</summary>
/// <param name="Target">Whose things they are.</param>
/// <param name="Waiting">Scenarios that wait for one.</param>
/// <param name="Leases">How many were given so far.</param>
public sealed record PoolView(string Kind, string Target, int Most, int Free, int Waiting, long Leases, ImmutableArray<LeasedThing> Leased, ImmutableArray<QuarantinedThing> Quarantined);

/// <param name="Holder">The scenario.</param>
public sealed record LeasedThing(string Name, string Holder, DateTimeOffset Since);

/// <summary>Not given to anybody until it is clean.</summary>
public sealed record QuarantinedThing(string Name, string Reason, DateTimeOffset Since);
