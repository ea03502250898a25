using System.Collections.Immutable;
using OpsConsole.Domain.Journal;

namespace OpsConsole.Domain.Access;

public static class AccessStreams
{
    public const string Family = "access";

    public static StreamId Accounts { get; } = new($"{Family}/accounts");
}

/// <summary>A change of who may do what. The permission is checked where the grants hold, not everywhere: see <see cref="AccessDecider.Reach"/>.</summary>
public abstract record AccessCommand(Permission Needs) : ICommand
{
    public StreamId Stream => AccessStreams.Accounts;

    public Scope Scope => Scope.Global;
}

public sealed record MakeAccount(string Name, ImmutableArray<Grant> Grants) : AccessCommand(Permission.ManageAccess);

/// <summary>Replaces all grants of an account.</summary>
public sealed record SetGrants(string Name, ImmutableArray<Grant> Grants) : AccessCommand(Permission.ManageAccess);

/// <summary>The account goes, and with it its tokens and its sessions.</summary>
public sealed record RemoveAccount(string Name) : AccessCommand(Permission.ManageAccess);

/// <summary>A new one-time sign-in link for somebody who has no password or lost it.</summary>
public sealed record IssueSignInLink(string Name) : AccessCommand(Permission.ManageAccess);

/// <summary>Makes a token with at most what its maker may do.</summary>
/// <param name="Id">Chosen by the sender; see <see cref="ApiToken.Id"/>.</param>
/// <param name="Lifetime">1 hour to 366 days.</param>
public sealed record CreateToken(string Id, string Name, ImmutableArray<Grant> Grants, TimeSpan Lifetime, string? Host = null) : AccessCommand(Permission.View);

/// <summary>One's own, or anybody's for who manages access.</summary>
public sealed record RevokeToken(string Id) : AccessCommand(Permission.View);

/// <summary>Writes down what happened at the door, for the audit.</summary>
public sealed record NoteAtDoor(string Name, DoorEvent What) : AccessCommand(Permission.RunEngine);

public enum DoorEvent
{
    SignedInByLink,
    PasswordSet,
    LockedOut,
}
