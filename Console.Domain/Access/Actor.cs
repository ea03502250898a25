using System.Collections.Immutable;

namespace OpsConsole.Domain.Access;

public enum ActorKind
{
    Person,

    /// <summary>A program with an API token.</summary>
    Token,

    /// <summary>A host's agent: may report on its own host and nothing else.</summary>
    Agent,

    /// <summary>The console itself: timers and the tick.</summary>
    Engine,
}

/// <summary>A role and where it holds.</summary>
public sealed record Grant(Role Role, Scope Scope);

/// <summary>Who sends a command, with what they may do at this moment.</summary>
/// <param name="Name">Unique within its kind: a user name, a token's name, a host id.</param>
public sealed record Actor(ActorKind Kind, string Name, ImmutableArray<Grant> Grants)
{
    /// <summary>As the journal writes it: <c>person:ada</c>, <c>token:ci</c>, <c>agent:h1</c>, <c>engine</c>.</summary>
    public string Id { get; } = Kind switch { ActorKind.Engine => "engine", ActorKind.Person => $"person:{Name}", ActorKind.Token => $"token:{Name}", ActorKind.Agent => $"agent:{Name}", _ => throw new ArgumentOutOfRangeException(nameof(Kind), Kind, null) };

    public static Actor Engine { get; } = new(ActorKind.Engine, "engine", []);

    public static Actor Agent(string host) => new(ActorKind.Agent, host, []);

    public static Actor Person(string name, Role role, Scope? scope = null) => new(ActorKind.Person, name, [new(role, scope ?? Scope.Global)]);
}
