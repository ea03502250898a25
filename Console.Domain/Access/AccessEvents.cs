using System.Collections.Immutable;
using OpsConsole.Domain.Journal;

namespace OpsConsole.Domain.Access;

[EventType("access.account-made")]
public sealed record AccountMade(string Name, ImmutableArray<Grant> Grants) : IEvent;

[EventType("access.role-granted")]
public sealed record RoleGranted(string Name, Grant Grant) : IEvent;

[EventType("access.role-revoked")]
public sealed record RoleRevoked(string Name, Grant Grant) : IEvent;

[EventType("access.account-removed")]
public sealed record AccountRemoved(string Name) : IEvent;

[EventType("access.link-issued")]
public sealed record SignInLinkIssued(string Name) : IEvent;

[EventType("access.token-created")]
public sealed record TokenCreated(string Id, string Name, string? Owner, string? Host, ImmutableArray<Grant> Grants, DateTimeOffset ExpiresAt) : IEvent;

[EventType("access.token-revoked")]
public sealed record TokenRevoked(string Id, string Name) : IEvent;

[EventType("access.at-door")]
public sealed record HappenedAtDoor(string Name, DoorEvent What) : IEvent;
