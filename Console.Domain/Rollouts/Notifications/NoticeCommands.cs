using OpsConsole.Domain.Access;
using OpsConsole.Domain.Journal;

namespace OpsConsole.Domain.Rollouts.Notifications;

public static class NoticeStreams
{
    public const string Family = "notices";
    public const string Rollout = "rollout";

    public static StreamId Cord { get; } = new($"{Family}/cord");

    public static StreamId Tests { get; } = new($"{Family}/tests");

    public const string Alarms = "alarms";

    public static StreamId OfAlarms(string group) => new($"{Family}/{Alarms}/{group}");

    /// <summary>A book of another slice.</summary>
    public static StreamId Of(INoticeSource source, string key) => new($"{Family}/{source.Name}/{key}");

    /// <summary>The key of a source's book; null for other streams.</summary>
    public static string? KeyOf(INoticeSource source, StreamId stream) => stream.FirstKey == source.Name && stream.Key.Length > source.Name.Length ? stream.Key[(source.Name.Length + 1)..] : null;

    /// <summary>The group of alarms a stream is about; null for others.</summary>
    public static string? AlarmsOf(StreamId stream) => stream.FirstKey == Alarms ? stream.Key[(Alarms.Length + 1)..] : null;

    public static StreamId Of(string rollout) => new($"{Family}/{Rollout}/{rollout}");

    /// <summary>The rollout a stream is about; null for others.</summary>
    public static string? RolloutOf(StreamId stream) => stream.FirstKey == Rollout ? stream.Key[(Rollout.Length + 1)..] : null;
}

/// <summary>The engine's command about what is told.</summary>
/// <param name="Book">One of <see cref="NoticeStreams"/>.</param>
public abstract record NoticeCommand(StreamId Book) : ICommand
{
    public StreamId Stream => Book;

    public Permission Needs => Permission.RunEngine;

    public Scope Scope => Scope.Global;
}

/// <summary>Makes the notices that are due, and gives up those that are not worth sending any more.</summary>
public sealed record AdvanceNotices(StreamId Book) : NoticeCommand(Book);

/// <summary>What became of one attempt to send.</summary>
/// <param name="Delivery">Its id.</param>
/// <param name="Chance">From 0 up to 1, drawn by who tried: spreads the next attempts.</param>
public sealed record NoteAttempt(StreamId Book, string Delivery, SendOutcome Outcome, double Chance) : NoticeCommand(Book);

/// <param name="Accepted">Whether the receiver has it.</param>
/// <param name="Detail">What it answered, at most 300 characters.</param>
public sealed record SendOutcome(bool Accepted, string Detail)
{
    /// <summary>The receiver asked not to be tried before; null where it did not.</summary>
    public TimeSpan? NotBefore { get; init; }

    /// <summary>The receiver wants it never (410).</summary>
    public bool Never { get; init; }
}

[EventType("notices.made")]
public sealed record NoticeMade(Notice Notice) : IEvent;

[EventType("notices.delivered")]
public sealed record NoticeDelivered(string Delivery, string Detail) : IEvent;

[EventType("notices.attempt-failed")]
public sealed record NoticeAttemptFailed(string Delivery, string Detail, DateTimeOffset Next) : IEvent;

/// <param name="State">Undelivered or Dropped.</param>
/// <param name="Attempted">Whether an attempt was what ended it.</param>
[EventType("notices.ended")]
public sealed record NoticeEnded(string Delivery, DeliveryState State, string Why, bool Attempted) : IEvent;
