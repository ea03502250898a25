using OpsConsole.Domain.Journal;

namespace OpsConsole.Domain.Fleet;

/// <summary>Who else holds a host. The fleet asks before work begins on it; the slice that gives hosts out answers.</summary>
public interface IHostHolds
{
    /// <summary>Whoever keeps work of this rollout from the host; null where nobody does.</summary>
    /// <param name="rollout">The rollout that wants to work; null for none.</param>
    HostHold? On(IStates states, string region, string host, string? rollout);
}

/// <param name="Until">When the hold ends unless lengthened; null where only a person or a proof ends it.</param>
/// <param name="Why">What it is held for, in words.</param>
public sealed record HostHold(string Holder, DateTimeOffset Since, DateTimeOffset? Until, string Why);
