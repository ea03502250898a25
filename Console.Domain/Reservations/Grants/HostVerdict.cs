using System.Collections.Immutable;

namespace OpsConsole.Domain.Reservations.Grants;

/// <summary>What the checks say of one host.</summary>
/// <param name="Denials">Those that failed, in their order: the first alone where a grant is decided, all in a dry run.</param>
/// <param name="Passed">The check that failed and that an override let pass; null for none.</param>
internal sealed record HostVerdict(GrantedHost? Granted, ImmutableArray<Denial> Denials, ReservationCheck? Passed);
