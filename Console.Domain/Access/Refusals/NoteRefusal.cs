using System.Collections.Immutable;
using OpsConsole.Domain.Journal;

namespace OpsConsole.Domain.Access.Refusals;

public static class RefusalStreams
{
    public const string Family = "refusals";

    public static StreamId Only { get; } = new(Family);
}

/// <summary>
/// Writes down that an attempt was refused. Sent by the command path in the name of whoever was refused, and by nobody else; it therefore needs no permission
/// of theirs: <see cref="RefusalDecider.Reach"/>.
/// </summary>
/// <param name="Command">The refused command's type, such as <c>ApproveStage</c>.</param>
/// <param name="On">The stream it was sent to.</param>
/// <param name="Where">The scope it was to act in.</param>
public sealed record NoteRefusal(string Command, string On, string Where, Rejection Rejection) : ICommand
{
    public StreamId Stream => RefusalStreams.Only;

    public Permission Needs => Permission.View;

    public Scope Scope => Scope.Global;
}

/// <summary>Somebody tried what they may not, or what a safety rule holds back. Nothing was changed by it.</summary>
/// <param name="Code">As in <see cref="Rejection.Code"/>.</param>
[EventType("access.attempt-refused")]
public sealed record AttemptRefused(string Command, string On, string Where, string Code, string Why) : IEvent
{
    /// <summary>Who tried, as <see cref="Actor.Id"/>.</summary>
    public string By { get; init; } = "";
}

/// <summary>The attempts told within the last minute, so that a program that tries in a loop fills no journal.</summary>
public sealed record RefusalBook
{
    public ImmutableDictionary<string, DateTimeOffset> Told { get; init; } = ImmutableDictionary<string, DateTimeOffset>.Empty;
}
