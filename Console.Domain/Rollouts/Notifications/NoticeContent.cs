namespace OpsConsole.Domain.Rollouts.Notifications;

/// <summary>What a message says, whatever way it travels; it stays the same however often it is sent.</summary>
/// <param name="Title">One line with all that matters.</param>
/// <param name="At">When the transition happened.</param>
/// <param name="Path">Of the page that shows this moment, from the console's address on.</param>
/// <param name="Simulated">Whether all it is about is simulated.</param>
public sealed record NoticeContent(string Title, TransitionKind Kind, DateTimeOffset At, string Path, bool Simulated)
{
    public string? Rollout { get; init; }

    public string? Service { get; init; }

    public string? Release { get; init; }

    public string? Stage { get; init; }

    /// <summary>The regions it is about, the first few; what the cord was pulled over.</summary>
    public string? Where { get; init; }

    public string? By { get; init; }

    public string? Why { get; init; }

    public string? Evidence { get; init; }

    /// <summary>What is waited for now; null where nobody need do anything.</summary>
    public Wait? Wait { get; init; }

    /// <summary>Which reminder of the wait it is, from 1; 0 for the transition itself. Reminders missed while the console was away are counted, not sent.</summary>
    public int Reminder { get; init; }
}
