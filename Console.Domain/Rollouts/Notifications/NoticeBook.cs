using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace OpsConsole.Domain.Rollouts.Notifications;

public enum DeliveryState
{
    /// <summary>To be sent, at first or again.</summary>
    Waiting,
    Delivered,

    /// <summary>Given up: every attempt failed, or a day has passed.</summary>
    Undelivered,

    /// <summary>Not sent any more: its subscription is gone, or it reminded of what is over.</summary>
    Dropped,
}

/// <summary>One message to one subscription.</summary>
/// <param name="Id">Follows from what happened, so that it is the same after a crash; receivers know a second copy by it.</param>
/// <param name="Next">When it is due, at first or again.</param>
public sealed record Delivery(string Id, string Subscription, DeliveryState State, int Attempts, DateTimeOffset Next)
{
    /// <summary>What the receiver answered last, or why it was not sent.</summary>
    public string? Detail { get; init; }

    public DateTimeOffset? LastAt { get; init; }
}

/// <summary>A transition that is told, or a reminder of one.</summary>
/// <param name="Number">The transition's.</param>
/// <param name="After">How long after the transition it was due, whole seconds: 0 for the transition itself, more for reminders.</param>
/// <param name="At">When it was made.</param>
public sealed record Notice(int Number, long After, DateTimeOffset At, NoticeContent Content, ImmutableArray<Delivery> Deliveries)
{
    [JsonIgnore]
    public bool Open => Deliveries.Any(delivery => delivery.State == DeliveryState.Waiting);
}

/// <summary>State of a stream <c>notices/…</c>: what was told of one rollout, of the cord, or by tests.</summary>
public sealed record NoticeBook
{
    /// <summary>The last transition of which notices were made.</summary>
    public int Noted { get; init; }

    /// <summary>The transition there were reminders of last.</summary>
    public int Reminded { get; init; }

    /// <summary>Seconds after that transition for which each subscription was reminded last.</summary>
    public ImmutableSortedDictionary<string, long> RemindedAfter { get; init; } = ImmutableSortedDictionary.Create<string, long>(StringComparer.Ordinal);

    /// <summary>Oldest first.</summary>
    public ImmutableArray<Notice> Notices { get; init; } = [];

    [JsonIgnore]
    public bool Open => Notices.Any(notice => notice.Open);

    public Delivery? Find(string id) => Notices.SelectMany(notice => notice.Deliveries).FirstOrDefault(delivery => delivery.Id == id);
}
