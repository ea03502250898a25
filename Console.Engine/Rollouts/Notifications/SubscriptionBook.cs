using OpsConsole.Domain.Journal;
using OpsConsole.Domain.Rollouts.Notifications;
using OpsConsole.Engine.Journal;

namespace OpsConsole.Engine.Rollouts.Notifications;

/// <summary>A subscription as a person wishes it, with its secrets in the clear.</summary>
/// <param name="Wished">All but target and secret.</param>
/// <param name="Url">Of a webhook; null keeps the one it has.</param>
/// <param name="SigningKey">Null keeps the one it has; a new subscription gets a new one.</param>
/// <param name="Password">Of the mail server; null keeps the one it has, as long as server and user stay.</param>
public sealed record SubscriptionWish(Subscription Wished, string? Url = null, string? SigningKey = null, string? Password = null);

/// <summary>Sets subscriptions: the one place where their secrets come in, to be encrypted.</summary>
public sealed class SubscriptionBook(ICommands commands, IStates states, SubscriptionSecrets secrets)
{
    private const int LongestPassword = 500;

    /// <summary>The result and, where one was made, the new signing key: the only time it is shown.</summary>
    /// <param name="request">Who asks, why; its command is put in here.</param>
    public async Task<(CommandResult Result, string? NewKey)> SetAsync(SubscriptionWish wish, CommandRequest request, CancellationToken cancel)
    {
        var name = wish.Wished.Name ?? "";
        var before = states.Get<NotificationState>(NotificationStreams.Only).Subscriptions.GetValueOrDefault(name);
        var had = before is not null && before.Channel == wish.Wished.Channel ? secrets.Read(before) : null;
        var url = string.IsNullOrWhiteSpace(wish.Url) ? had?.Url : wish.Url.Trim();
        var key = wish.Wished.Channel != Channel.Webhook ? null : string.IsNullOrWhiteSpace(wish.SigningKey) ? had?.SigningKey : wish.SigningKey.Trim();
        var made = wish.Wished.Channel == Channel.Webhook && key is null ? WebhookSignature.NewKey() : null;
        var password = wish.Password ?? (SameServer(before, wish.Wished) ? had?.Password : null);
        if (Wrong(wish.Wished, url, key, password) is { } wrong)
        {
            return (new(NotificationStreams.Only, states.VersionOf(NotificationStreams.Only), commands.Forbidden(request.Command, request.Actor) ?? wrong), null);
        }

        var set = wish.Wished with { Target = wish.Wished.Mail is { } route ? SubscriptionRules.Shown(route) : SubscriptionRules.Shown(wish.Wished.Channel, url!) };
        var secret = secrets.Protect(new(wish.Wished.Mail is null ? url : null, key ?? made, wish.Wished.Mail is null ? null : password));
        var result = await commands.SendAsync(request with { Command = new SetSubscription(set) { Secret = secret } }, cancel).ConfigureAwait(false);

        // Sent again under the same idempotency key, it is answered and changes nothing: the key made here is not the one that is kept.
        var kept = result.Accepted && states.Get<NotificationState>(NotificationStreams.Only).Subscriptions.GetValueOrDefault(name)?.Secret == secret;
        return (result, kept ? made : null);
    }

    /// <summary>A password goes to the server it was given for, and to no other.</summary>
    private static bool SameServer(Subscription? before, Subscription wished) =>
        before?.Mail is { } had && wished.Mail is { } wish && (had.Host, had.Port, had.User) == (wish.Host, wish.Port, wish.User) && wish.Security != MailSecurity.None;

    private static Rejection? Wrong(Subscription wished, string? url, string? key, string? password) =>
        SubscriptionRules.Wrong(wished with { Target = "to be made of the address" }) is { } wrong ? SubscriptionRules.Invalid(wrong.Field, wrong.What)
        : wished.Channel != Channel.Smtp && SubscriptionRules.WrongAddress(url) is { } bad ? SubscriptionRules.Invalid("url", bad)
        : key is not null && WebhookSignature.Bytes(key) is null ? SubscriptionRules.Invalid("signingKey", "give base64 of 24 to 64 bytes, with or without whsec_ before it; or leave it out, and one is made.")
        : password is { Length: > LongestPassword } ? SubscriptionRules.Invalid("password", $"give at most {LongestPassword} characters.")
        : wished.Mail is { User: not null } && string.IsNullOrEmpty(password) ? SubscriptionRules.Invalid("password", "give the password of the user; it is not kept when the server or the user changes.")
        : null;
}
