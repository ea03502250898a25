using OpsConsole.Domain.Access;
using OpsConsole.Domain.Journal;

namespace OpsConsole.Domain.Rollouts.Notifications;

/// <summary>What must hold of subscriptions.</summary>
public static class SubscriptionRules
{
    /// <summary>What is wrong with it, with the field it is in; null where nothing is.</summary>
    public static (string Field, string What)? Wrong(Subscription subscription) =>
        !PipelineRules.IsName(subscription.Name) || subscription.Name is "address" or "deliveries" ? ("name", "give 1 to 64 letters, digits, '-', '_' or '.'; 'address' and 'deliveries' are taken.")
        : !Enum.IsDefined(subscription.Channel) ? ("channel", "give Webhook, Slack or Smtp.")
        : subscription.Target.Length is 0 or > 300 ? ("target", "say where messages go.")
        : subscription.Scopes.IsDefault || subscription.Scopes.Length > NotificationLimits.MostScopes || subscription.Scopes.Any(scope => scope.Kind is ScopeKind.Az or ScopeKind.Store) ? ("scopes", $"give at most {NotificationLimits.MostScopes} of global, partition:NAME, region:NAME and service:NAME; none for all.")
        : subscription.Transitions.IsDefault || subscription.Transitions.Any(kind => !Enum.IsDefined(kind) || kind == TransitionKind.Test) ? ("transitions", "give transitions that are known; none for all.")
        : subscription.Remind is { } remind && (remind < NotificationLimits.ShortestReminder || remind > NotificationLimits.LongestReminder) ? ("remind", "give 5 minutes to 24 hours, or nothing for no reminders.")
        : (subscription.Channel == Channel.Smtp) != (subscription.Mail is not null) ? ("mail", "give a mail route for Smtp, and for nothing else.")
        : subscription.Mail is { } mail && WrongRoute(mail) is { } wrong ? wrong
        : null;

    public static Rejection Invalid(string field, string what) =>
        new Rejection(RejectionKind.Invalid, "notification.invalid", "The subscription was not set.", $"{field}: {what}", "Correct it and send it again.").With("field", field);

    /// <summary>What is wrong with the address of a webhook; null where nothing is.</summary>
    public static string? WrongAddress(string? address) =>
        string.IsNullOrWhiteSpace(address) ? "give the address messages are posted to."
        : address.Length > NotificationLimits.LongestAddress ? $"it is longer than {NotificationLimits.LongestAddress} characters."
        : !Uri.TryCreate(address, UriKind.Absolute, out var uri) || uri.Scheme is not ("https" or "http") || uri.Host.Length == 0 ? "write it like https://receiver.example/hook."
        : uri.UserInfo.Length > 0 ? "an address with a user name or a password in it is not taken."
        : uri.Fragment.Length > 0 ? "an address with a # part is not taken."
        : null;

    /// <summary>A webhook's address as people may see it: Slack's path is its secret, and so is a query.</summary>
    public static string Shown(Channel channel, string address)
    {
        var uri = new Uri(address, UriKind.Absolute);
        var origin = uri.GetLeftPart(UriPartial.Authority);
        var shown = channel == Channel.Slack ? $"{origin}/…" : $"{uri.GetLeftPart(UriPartial.Path)}{(uri.Query.Length > 0 ? "?…" : "")}";
        return shown.Length > 200 ? $"{shown[..200]}…" : shown;
    }

    public static string Shown(MailRoute route) => $"{Words.Some(route.To, 3)} by {route.Host}:{FormattableString.Invariant($"{route.Port}")}";

    /// <summary>What is wrong with the console's address; null where nothing is.</summary>
    public static string? WrongConsole(string address) =>
        WrongAddress(address) is { } wrong ? wrong : new Uri(address, UriKind.Absolute).Query.Length > 0 ? "an address with a ? part is not taken." : null;

    private static (string, string)? WrongRoute(MailRoute mail) =>
        mail.Host.Length is 0 or > 255 || Uri.CheckHostName(mail.Host) == UriHostNameType.Unknown ? ("host", "give the name of a mail server.")
        : mail.Port is < 1 or > 65_535 ? ("port", "give 1 to 65535: usually 465 for Tls, 587 for StartTls.")
        : !Enum.IsDefined(mail.Security) ? ("security", "give Tls, StartTls or None.")
        : !IsMailbox(mail.From) ? ("from", "give one address such as console@example.com.")
        : mail.To.IsDefaultOrEmpty || mail.To.Length > NotificationLimits.MostRecipients || mail.To.Any(to => !IsMailbox(to)) ? ("to", $"give 1 to {NotificationLimits.MostRecipients} addresses such as oncall@example.com.")
        : mail.User is { } user && (user.Length is 0 or > 200 || user.Any(char.IsControl)) ? ("user", "give 1 to 200 characters, or leave it out.")
        : mail.User is not null && mail.Security == MailSecurity.None ? ("security", "a password is never sent in the clear: give Tls or StartTls.")
        : null;

    private static bool IsMailbox(string text) =>
        text.Length is > 2 and <= 254 && text.IndexOf('@', StringComparison.Ordinal) is var at && at > 0 && at < text.Length - 1 && text.LastIndexOf('@') == at && !text.Any(letter => char.IsControl(letter) || char.IsWhiteSpace(letter) || letter is '<' or '>' or ',' or ';' or '"');
}
