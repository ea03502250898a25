using System.Collections.Immutable;
using OpsConsole.Domain.Fleet;

namespace OpsConsole.Engine.Fleet.Agent;

/// <summary>
/// What is really done on a host, one call at a time. A call that was cut off (the agent died, the deadline passed) may be made again, so each must bear
/// being done twice. <c>cancel</c> fires at the order's deadline and when a newer fencing token takes the host over: stop then, and leave nothing running.
/// A hook answers with a <see cref="HookResult"/>; an exception counts as a failed step with its message.
/// </summary>
public interface IHostHooks
{
    /// <summary>Takes the host out of traffic and waits until what it was doing has ended.</summary>
    Task<HookResult> DrainAsync(AgentOrder order, CancellationToken cancel);

    /// <summary>Puts the order's release in place and says the digest of what it put there.</summary>
    Task<HookResult> InstallAsync(AgentOrder order, CancellationToken cancel);

    Task<HookResult> StartAsync(AgentOrder order, CancellationToken cancel);

    /// <summary>Asks the running software itself which release it is; without an answer in <see cref="HookResult.Release"/> the step fails.</summary>
    Task<HookResult> VerifyAsync(AgentOrder order, CancellationToken cancel);

    /// <summary>Gives the host its traffic back.</summary>
    Task<HookResult> RestoreAsync(AgentOrder order, CancellationToken cancel);

    Task<HookResult> ReadOnlyOnAsync(AgentOrder order, CancellationToken cancel);

    Task<HookResult> ReadOnlyOffAsync(AgentOrder order, CancellationToken cancel);

    /// <summary>How the host fares now; called every few seconds, also between and during steps.</summary>
    Task<HostVitals> ReportAsync(CancellationToken cancel);
}

/// <summary>What came of one hook.</summary>
/// <param name="Release">The release the host itself says it runs or has installed; null where this hook cannot tell.</param>
/// <param name="Digest">The digest of the artifact that was installed; null where this hook cannot tell. Another than the order's fails the step.</param>
/// <param name="Detail">What was seen or went wrong; cut at 500 characters.</param>
public sealed record HookResult(bool Succeeded, string? Release = null, string? Digest = null, string? Detail = null)
{
    /// <summary>Firmware and OS patch as the host itself says them; empty where this hook cannot tell.</summary>
    public ImmutableArray<HostChange> Changes { get; init => field = value.IsDefault ? [] : value; } = [];

    /// <summary>Shards that were read back; null where none were.</summary>
    public ShardSample? Sample { get; init; }

    public static HookResult Done(string? release = null, string? digest = null) => new(true, release, digest);

    public static HookResult Failed(string detail) => new(false, Detail: detail);
}

/// <summary>A host's own figures.</summary>
/// <param name="Release">The release it runs; null where unknown.</param>
/// <param name="Healthy">What its own health check says; null where it has none.</param>
/// <param name="Cpu">Share of all cores in use, 0 to 1; null where unknown.</param>
/// <param name="MemoryBytes">Memory in use; null where unknown.</param>
public sealed record HostVitals(string Host, DateTimeOffset At, string? Release, bool? Healthy, double? Cpu, long? MemoryBytes, string? Detail = null);
