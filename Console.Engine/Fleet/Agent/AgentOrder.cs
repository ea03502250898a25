using System.Collections.Immutable;
using OpsConsole.Domain.Fleet;

namespace OpsConsole.Engine.Fleet.Agent;

/// <summary>A host command as it travels to the agent of its host, and as hooks see it.</summary>
/// <param name="Id">The same id again is answered as before and done once.</param>
/// <param name="Token">Fencing token of the visit; an agent that has seen a higher one refuses.</param>
/// <param name="Deadline">When the whole visit must have ended, UTC; a hook that still runs then is stopped.</param>
public sealed record AgentOrder(string Id, string Host, HostStep Step, VisitPurpose Purpose, string? Release, string? Digest, long Token, DateTimeOffset Deadline)
{
    /// <summary>What is installed besides the release, in this order, while the host is down; its newest versions are said when it is verified.</summary>
    public ImmutableArray<HostChange> Changes { get; init => field = value.IsDefault ? [] : value; } = [];

    public static AgentOrder Of(HostCommand command) =>
        new(command.Id, command.Host.Id, command.Step, command.Purpose, command.Release, command.Digest, command.Token, command.Deadline) { Changes = command.Changes };
}
