using System.Collections.Immutable;
using System.Text.Json.Serialization;
using OpsConsole.Domain.Access;
using OpsConsole.Domain.Journal;

namespace OpsConsole.Domain.Cord;

/// <summary>Why the console itself pulls the cord.</summary>
public enum PullKind
{
    /// <summary>Hosts of planned maintenance did not come back right.</summary>
    Casualties,

    /// <summary>A store's redundancy is below what its region's policy asks.</summary>
    DurabilityFloor,

    /// <summary>Hosts with data are worked on, and the store has not told where its data lies for too long.</summary>
    StalePlacement,
}

/// <summary>What was found in one service of one region, with the evidence.</summary>
/// <param name="Mark">Rises when something is found that was not known before, or when it is worse; the same while the same evidence stands.</param>
/// <param name="Figure">What was found, in words with the number.</param>
/// <param name="Limit">What it was held against, in words with the number.</param>
/// <param name="Hosts">The first <see cref="MostHosts"/>.</param>
public sealed record PullCause(PullKind Kind, string Service, string Region, double Mark, string Figure, string Limit, ImmutableArray<string> Hosts)
{
    public const int MostHosts = 20;

    [JsonIgnore]
    public string Key => KeyOf(Kind, Service, Region);

    [JsonIgnore]
    public string Words => $"{Figure}; {Limit}{(Hosts.IsDefaultOrEmpty ? "" : $" ({string.Join(", ", Hosts.Take(5))}{(Hosts.Length > 5 ? ", …" : "")})")}";

    public static string KeyOf(PullKind kind, string service, string region) => $"{kind}:{service}/{region}";
}

/// <summary>A cause that has pulled the cord. It pulls no second time while its pull is in force, and after the release only for new evidence.</summary>
/// <param name="Pull">The id of its last pull.</param>
/// <param name="Mark">The evidence's, as of that pull.</param>
/// <param name="ReleasedAt">When a person released it; null while it is in force.</param>
public sealed record PullLatch(string Pull, double Mark, DateTimeOffset At, DateTimeOffset? ReleasedAt = null)
{
    public bool LetsPull(double mark) => ReleasedAt is not null && mark > Mark;
}

/// <summary>Pulls the cord for a cause, over the one service in the one region, at the mildest level that takes back what has not begun. The console's own.</summary>
public sealed record PullForCause(PullCause Cause, string? Partition = null) : ICommand
{
    public StreamId Stream => CordStreams.Only;

    public Permission Needs => Permission.RunEngine;

    public Scope Scope => Scope.OfStore(Cause.Service, Cause.Region, Partition);
}

/// <summary>Says that causes hold no more: from now on they pull as if they never had. Passes over those whose pull is in force. The console's own.</summary>
public sealed record RearmCauses(ImmutableArray<string> Causes) : ICommand
{
    public StreamId Stream => CordStreams.Only;

    public Permission Needs => Permission.RunEngine;

    public Scope Scope => Scope.Global;
}

[EventType("cord.rearmed")]
public sealed record CausesRearmed(ImmutableArray<string> Causes) : IEvent;

internal static class CausePulls
{
    /// <summary>Hosts at work are brought to their end: stopping those half-way would be harm of its own.</summary>
    public const CordMode Mode = CordMode.HaltNotBegun;

    public static Decision Decide(CordState state, PullForCause command, DecisionContext context)
    {
        var cause = command.Cause;
        if (state.Latches.TryGetValue(cause.Key, out var latch) && !latch.LetsPull(cause.Mark))
        {
            return Decision.Nothing;
        }

        return CordScopes.Check(command.Scope, context.States) is { } unknown ? unknown
            : Decision.Accept(CordPulled.Next(state, command.Scope, Mode, context.Actor.Id, cause.Words) with { Cause = cause });
    }

    public static Decision Decide(CordState state, RearmCauses command)
    {
        var clear = command.Causes.IsDefault ? [] : command.Causes.Where(key => state.Latches.TryGetValue(key, out var latch) && latch.ReleasedAt is not null).ToImmutableArray();
        return clear.IsEmpty ? Decision.Nothing : Decision.Accept(new CausesRearmed(clear));
    }

    public static ImmutableSortedDictionary<string, PullLatch> Pulled(CordState state, CordPulled e, DateTimeOffset at) =>
        e.Cause is { } cause ? state.Latches.SetItem(cause.Key, new(e.Id, cause.Mark, at)) : state.Latches;

    public static ImmutableSortedDictionary<string, PullLatch> Released(CordState state, string pull, DateTimeOffset at) =>
        state.Latches.FirstOrDefault(latch => latch.Value.Pull == pull && latch.Value.ReleasedAt is null) is { Key: not null } latch ? state.Latches.SetItem(latch.Key, latch.Value with { ReleasedAt = at }) : state.Latches;
}
