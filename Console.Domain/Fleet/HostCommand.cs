using System.Collections.Immutable;

namespace OpsConsole.Domain.Fleet;

/// <summary>One order to one host, as it leaves the gate. Sending the same id again is harmless: the host answers as it did before.</summary>
/// <param name="Id"><see cref="Visit.CommandId"/>.</param>
/// <param name="Token">Fencing token; a host that has seen a higher one refuses.</param>
/// <param name="Deadline">After it the answer no longer counts.</param>
public sealed record HostCommand(string Id, Host Host, HostStep Step, VisitPurpose Purpose, string? Release, string? Digest, long Token, DateTimeOffset Deadline)
{
    /// <summary>What is installed besides the release, in this order, while the host is down.</summary>
    public ImmutableArray<HostChange> Changes { get; init => field = value.IsDefault ? [] : value; } = [];
}
