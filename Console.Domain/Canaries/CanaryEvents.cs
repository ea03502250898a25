using OpsConsole.Domain.Journal;

namespace OpsConsole.Domain.Canaries;

[EventType("canaries.put")]
public sealed record CanaryPut(Canary Canary, string By) : IEvent;

[EventType("canaries.removed")]
public sealed record CanaryRemoved(string Name) : IEvent;

[EventType("canaries.muted")]
public sealed record CanaryMuted(string Name, string? Region, DateTimeOffset Until, string By, string Reason) : IEvent;

[EventType("canaries.unmuted")]
public sealed record CanaryUnmuted(string Name, string? Region) : IEvent;
