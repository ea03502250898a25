using OpsConsole.Domain.Access;
using OpsConsole.Domain.Journal;

namespace OpsConsole.Domain.Cord;

public static class CordStreams
{
    public const string Family = "cord";

    public static StreamId Only { get; } = new(Family);
}

/// <summary>Stops everything in a scope. Anyone on call may; the same scope and mode again changes nothing.</summary>
public sealed record PullCord(Scope Scope, CordMode Mode) : ICommand
{
    public StreamId Stream => CordStreams.Only;

    public Permission Needs => Permission.PullCord;
}

/// <summary>Takes one pull back; needs a reason. Nothing resumes by it: what was stopped waits for a person (law 9).</summary>
/// <param name="Pull">Id of the pull.</param>
public sealed record ReleaseCord(string Pull) : ICommand
{
    public StreamId Stream => CordStreams.Only;

    public Permission Needs => Permission.ReleaseCord;

    public Scope Scope => Scope.Global;
}

/// <summary>Whether releasing the cord takes two people.</summary>
public sealed record RequireSecondPerson(bool Required) : ICommand
{
    public StreamId Stream => CordStreams.Only;

    public Permission Needs => Permission.ChangeSettings;

    public Scope Scope => Scope.Global;
}
