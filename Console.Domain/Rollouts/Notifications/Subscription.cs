using System.Collections.Immutable;
using OpsConsole.Domain.Access;

namespace OpsConsole.Domain.Rollouts.Notifications;

/// <summary>How messages travel.</summary>
public enum Channel
{
    /// <summary>JSON by POST, signed in the manner of Standard Webhooks.</summary>
    Webhook,

    /// <summary>Slack's incoming webhooks, and what understands the same.</summary>
    Slack,

    /// <summary>Mail, handed to one server.</summary>
    Smtp,
}

public enum MailSecurity
{
    /// <summary>TLS from the first byte, usually port 465.</summary>
    Tls,

    /// <summary>TLS by STARTTLS, usually port 587; a server that does not offer it is refused.</summary>
    StartTls,

    /// <summary>In the clear; only within the machine or a private network, and never with a password.</summary>
    None,
}

/// <summary>Where mail is handed over, and to whom it goes.</summary>
/// <param name="To">1 to 20 addresses.</param>
public sealed record MailRoute(string Host, int Port, MailSecurity Security, string From, ImmutableArray<string> To)
{
    /// <summary>Signs in with it; null where the server takes mail without.</summary>
    public string? User { get; init; }
}

/// <summary>Who is told of what, and how.</summary>
/// <param name="Name">Letters, digits, <c>-</c>, <c>_</c>, <c>.</c>; at most 64 characters.</param>
/// <param name="Target">The address as people may see it: without what makes it secret.</param>
public sealed record Subscription(string Name, Channel Channel, string Target)
{
    /// <summary>What it is told of: whatever touches one of them. Empty for all; no AZs.</summary>
    public ImmutableArray<Scope> Scopes { get; init; } = [];

    /// <summary>Empty for all.</summary>
    public ImmutableArray<TransitionKind> Transitions { get; init; } = [];

    /// <summary>How often a wait that needs a person is reminded of, 5 minutes to 24 hours; null for never.</summary>
    public TimeSpan? Remind { get; init; }

    /// <summary>For <see cref="Channel.Smtp"/>; null for others.</summary>
    public MailRoute? Mail { get; init; }

    /// <summary>The full address, the signing secret or the password, encrypted; the domain cannot read it.</summary>
    public string Secret { get; init; } = "";

    /// <summary>Who set it last; empty in commands.</summary>
    public string By { get; init; } = "";

    /// <summary>What happened before is not told: when it was made, or last asked for something else.</summary>
    public DateTimeOffset Since { get; init; }

    public bool Wants(TransitionKind kind) => Transitions.IsEmpty || Transitions.Contains(kind);
}

/// <summary>A wish to try a subscription.</summary>
public sealed record SubscriptionTest(int Number, string Subscription, string By, DateTimeOffset At);

/// <summary>State of the stream <c>notifications</c>.</summary>
public sealed record NotificationState
{
    public ImmutableSortedDictionary<string, Subscription> Subscriptions { get; init; } = ImmutableSortedDictionary.Create<string, Subscription>(StringComparer.Ordinal);

    /// <summary>The console's address as receivers reach it, for links; null for where it listens.</summary>
    public string? Address { get; init; }

    /// <summary>The last tests wished for.</summary>
    public ImmutableArray<SubscriptionTest> Tests { get; init; } = [];
}
