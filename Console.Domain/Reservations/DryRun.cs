using System.Collections.Immutable;
using OpsConsole.Domain.Journal;

namespace OpsConsole.Domain.Reservations;

/// <summary>What a request would get.</summary>
/// <param name="Granted">Hosts it would be given, or holds already.</param>
/// <param name="Denials">Every check that fails, by host, in the order of the checks.</param>
/// <param name="Refused">Why the request as a whole is refused; null where it is not.</param>
public sealed record DryRun(ImmutableArray<string> Granted, ImmutableArray<Denial> Denials, Rejection? Refused);
