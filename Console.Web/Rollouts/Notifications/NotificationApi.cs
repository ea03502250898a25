using OpsConsole.Domain.Access;
using OpsConsole.Domain.Journal;
using OpsConsole.Domain.Rollouts.Notifications;
using OpsConsole.Engine.Fleet;
using OpsConsole.Engine.Rollouts.Notifications;
using OpsConsole.Web.Api;

namespace OpsConsole.Web.Rollouts.Notifications;

/// <summary>Subscriptions and what became of their messages over HTTP. No answer holds a secret but the one that has just made it.</summary>
internal static class NotificationApi
{
    public static void MapNotifications(this IEndpointRouteBuilder api)
    {
        var notifications = api.MapGroup("/notifications").WithTags("notifications");
        notifications.MapGet("", (HttpContext http, IStates states, IConsoleAddress address) => http.Seeing(() => List(http, states, address))).WithSummary("Who is told of what, and how.").Produces<SubscriptionsAnswer>();
        notifications.MapPut("/{name}", SetAsync).WithSummary("Makes or replaces a subscription. Secrets that are left out stay as they are.").Produces<SubscriptionDone>();
        notifications.MapDelete("/{name}", (string name, string? reason, HttpContext http) => http.SendCommandAsync(new RemoveSubscription(name), reason)).WithSummary("Takes a subscription out; needs a reason.").Produces<CommandDone>();
        notifications.MapPost("/{name}/test", (string name, HttpContext http) => http.SendCommandAsync(new TestSubscription(name))).WithSummary("Sends a message that says it is a test; what became of it is among the deliveries.").Produces<CommandDone>();
        notifications.MapGet("/deliveries", (string? subscription, DeliveryState? state, string? rollout, int? take, HttpContext http, IStates states) =>
            http.Seeing(() => Results.Ok(new DeliveriesAnswer(DeliveryLine.List(states, subscription, state, rollout, Math.Clamp(take ?? 100, 1, 500)))))).WithSummary("What became of messages, newest first.").Produces<DeliveriesAnswer>();
        notifications.MapPut("/address", (AddressBody body, HttpContext http) => http.SendCommandAsync(new SetConsoleAddress(body.Address), body.Reason)).WithSummary("The console's address as receivers reach it, for links.").Produces<CommandDone>();
    }

    private static IResult List(HttpContext http, IStates states, IConsoleAddress address)
    {
        var state = states.Get<NotificationState>(NotificationStreams.Only);
        http.Response.Headers.ETag = $"\"{states.VersionOf(NotificationStreams.Only)}\"";
        return Results.Ok(new SubscriptionsAnswer(state.Address ?? address.Address, [.. state.Subscriptions.Values.Select(SubscriptionAnswer.Of)]));
    }

    private static async Task<IResult> SetAsync(string name, SubscriptionBody body, HttpContext http, SubscriptionBook book, FleetSummaries fleet)
    {
        var wish = body.Wish(name, fleet);
        if (!http.TryRequest(new SetSubscription(wish.Wished), body.Reason, null, out var request, out var refused))
        {
            return refused;
        }

        var (result, key) = await book.SetAsync(wish, request, http.RequestAborted);
        return http.Answer(result, new SubscriptionDone(result.Stream.Value, result.Version, key, key is null ? null : "Keep it: it is not shown again. Receivers check signatures with it."));
    }

    /// <param name="Url">Of a webhook; left out, the one it has stays.</param>
    /// <param name="SigningKey">Of a webhook, <c>whsec_…</c>; left out, the one it has stays, and a new subscription gets a new one.</param>
    /// <param name="Scopes">None for all.</param>
    /// <param name="Transitions">None for all.</param>
    /// <param name="RemindMinutes">5 to 1440; left out for no reminders.</param>
    public sealed record SubscriptionBody(Channel Channel, string? Url = null, string? SigningKey = null, MailBody? Mail = null, Scope[]? Scopes = null, TransitionKind[]? Transitions = null, double? RemindMinutes = null, string? Reason = null)
    {
        public SubscriptionWish Wish(string name, FleetSummaries fleet) => new(
            new(name, Channel, "")
            {
                Scopes = [.. (Scopes ?? []).Select(scope => fleet.Now.Place(scope) ?? scope)],
                Transitions = [.. Transitions ?? []],
                Remind = RemindMinutes is { } minutes ? TimeSpan.FromMinutes(double.IsFinite(minutes) ? Math.Clamp(minutes, 0, 100_000) : 0) : null,
                Mail = Mail is null ? null : new(Mail.Host ?? "", Mail.Port, Mail.Security, Mail.From ?? "", [.. Mail.To ?? []]) { User = string.IsNullOrEmpty(Mail.User) ? null : Mail.User },
            },
            Url,
            SigningKey,
            Mail?.Password);
    }

    /// <param name="Password">Left out, the one it has stays, as long as host, port and user do.</param>
    public sealed record MailBody(string? Host, string? From, string[]? To, int Port = 587, MailSecurity Security = MailSecurity.StartTls, string? User = null, string? Password = null);

    /// <param name="Address">Such as <c>https://console.example</c>; null for where it listens.</param>
    public sealed record AddressBody(string? Address = null, string? Reason = null);

    /// <param name="Address">What links begin with.</param>
    public sealed record SubscriptionsAnswer(string? Address, SubscriptionAnswer[] Subscriptions);

    /// <param name="Target">Without what makes it secret.</param>
    public sealed record SubscriptionAnswer(string Name, Channel Channel, string Target, MailRoute? Mail, Scope[] Scopes, TransitionKind[] Transitions, double? RemindMinutes, string By, DateTimeOffset Since)
    {
        public static SubscriptionAnswer Of(Subscription one) => new(one.Name, one.Channel, one.Target, one.Mail, [.. one.Scopes], [.. one.Transitions], one.Remind?.TotalMinutes, one.By, one.Since);
    }

    /// <param name="SigningKey">The new one; null where none was made.</param>
    public sealed record SubscriptionDone(string Stream, long Version, string? SigningKey, string? Note);

    public sealed record DeliveriesAnswer(IReadOnlyList<DeliveryLine> Deliveries);
}
