using OpsConsole.Domain.Access;
using OpsConsole.Domain.Journal;

namespace OpsConsole.Domain.Cord;

[EventType("cord.pulled")]
public sealed record CordPulled(string Id, Scope Scope, CordMode Mode, string By, string Reason, long Epoch) : IEvent
{
    /// <summary>What made the console pull it; null where somebody did.</summary>
    public PullCause? Cause { get; init; }

    /// <summary>The next pull: it begins an epoch, and is named after it.</summary>
    internal static CordPulled Next(CordState state, Scope scope, CordMode mode, string by, string reason) => new($"c-{state.Epoch + 1}", scope, mode, by, reason, state.Epoch + 1);
}

[EventType("cord.release-proposed")]
public sealed record CordReleaseProposed(string Id, string By, string Reason) : IEvent;

[EventType("cord.released")]
public sealed record CordReleased(string Id, string By, string Reason, long Epoch) : IEvent;

[EventType("cord.second-person-set")]
public sealed record SecondPersonSet(bool Required) : IEvent;
