using System.Text.Json.Serialization;
using OpsConsole.Domain.Access;
using OpsConsole.Domain.Journal;

namespace OpsConsole.Domain.Rollouts.Notifications;

public static class NotificationStreams
{
    public const string Family = "notifications";

    public static StreamId Only { get; } = new(Family);
}

/// <summary>A person's command about subscriptions.</summary>
public abstract record NotificationCommand : ICommand
{
    public StreamId Stream => NotificationStreams.Only;

    public Permission Needs => Permission.ChangeSettings;

    public Scope Scope => Scope.Global;
}

/// <summary>Makes or replaces a subscription.</summary>
public sealed record SetSubscription(Subscription Subscription) : NotificationCommand
{
    /// <summary>Becomes the subscription's, encrypted before it comes here. Encrypting gives another text each time, so a repeated command is known without it.</summary>
    [JsonIgnore]
    public string Secret { get; init; } = "";
}

/// <summary>Takes a subscription out; what it has not been told yet is dropped.</summary>
public sealed record RemoveSubscription(string Name) : NotificationCommand;

/// <summary>Sends a message that says it is a test, by the way all messages go.</summary>
public sealed record TestSubscription(string Name) : NotificationCommand;

/// <param name="Address">Of the console as receivers reach it, such as <c>https://console.example</c>; null takes it back.</param>
public sealed record SetConsoleAddress(string? Address) : NotificationCommand;

[EventType("notifications.subscription-set")]
public sealed record SubscriptionSet(Subscription Subscription) : IEvent;

[EventType("notifications.subscription-removed")]
public sealed record SubscriptionRemoved(string Name) : IEvent;

[EventType("notifications.test-asked")]
public sealed record TestAsked(SubscriptionTest Test) : IEvent;

[EventType("notifications.address-set")]
public sealed record ConsoleAddressSet(string? Address) : IEvent;
