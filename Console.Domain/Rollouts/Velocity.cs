namespace OpsConsole.Domain.Rollouts;

/// <summary>How fast a rollout may go in one region. It slows before it stops.</summary>
/// <param name="Hosts">At most so many hosts are begun within an hour, 1 and up; null for no limit. A batch larger than it goes alone.</param>
/// <param name="Casualties">At most so many within an hour, 0 and up; one more and a person is asked. From half of it on batches are spaced, ever wider.</param>
public sealed record Velocity(int? Hosts, int? Casualties);

/// <summary>Hosts begun at a time, to the minute.</summary>
public sealed record PaceMark(DateTimeOffset At, int Hosts);
