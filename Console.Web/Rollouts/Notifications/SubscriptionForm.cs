using System.Globalization;
using OpsConsole.Domain.Rollouts.Notifications;
using OpsConsole.Engine.Rollouts.Notifications;

namespace OpsConsole.Web.Rollouts.Notifications;

/// <summary>A subscription as a person types it: judged at every key, by the same rules as the command.</summary>
public sealed class SubscriptionForm
{
    /// <summary>Whether it makes one; else it changes one, and secrets left empty stay.</summary>
    public bool IsNew { get; private init; } = true;

    public string Name { get; set; } = "";

    public Channel Channel { get; set; }

    public string Url { get; set; } = "";

    public string SigningKey { get; set; } = "";

    public string Host { get; set; } = "";

    public int Port { get; set; } = 587;

    public MailSecurity Security { get; set; } = MailSecurity.StartTls;

    public string From { get; set; } = "";

    /// <summary>Addresses, apart by commas or blanks.</summary>
    public string To { get; set; } = "";

    public string User { get; set; } = "";

    public string Password { get; set; } = "";

    /// <summary>Apart by commas or blanks; empty for all.</summary>
    public string Scopes { get; set; } = "";

    /// <summary>Those ticked; none for all.</summary>
    public HashSet<TransitionKind> Transitions { get; private init; } = [];

    /// <summary>Minutes; empty for no reminders.</summary>
    public string Remind { get; set; } = "60";

    public static SubscriptionForm Of(Subscription one) => new()
    {
        IsNew = false,
        Name = one.Name,
        Channel = one.Channel,
        Host = one.Mail?.Host ?? "",
        Port = one.Mail?.Port ?? 587,
        Security = one.Mail?.Security ?? MailSecurity.StartTls,
        From = one.Mail?.From ?? "",
        To = one.Mail is { } mail ? string.Join(", ", mail.To) : "",
        User = one.Mail?.User ?? "",
        Scopes = string.Join(", ", one.Scopes),
        Transitions = [.. one.Transitions],
        Remind = one.Remind?.TotalMinutes.ToString("0.##", CultureInfo.InvariantCulture) ?? "",
    };

    public void Tick(TransitionKind kind, bool wanted) => _ = wanted ? Transitions.Add(kind) : Transitions.Remove(kind);

    /// <summary>What to send, or what is wrong first.</summary>
    public (SubscriptionWish? Wish, string? Wrong) Read()
    {
        var scopes = Parts(Scopes).Select(text => (Text: text, Scope: Domain.Access.Scope.Parse(text))).ToArray();
        if (scopes.FirstOrDefault(one => one.Scope is null) is { Text: { } odd })
        {
            return (null, $"Scopes: '{odd}' is none; write global, partition:NAME, region:NAME or service:NAME.");
        }

        double minutes = 0;
        if (Remind.Trim().Length > 0 && (!double.TryParse(Remind, NumberStyles.Float, CultureInfo.InvariantCulture, out minutes) || !double.IsFinite(minutes) || Math.Abs(minutes) > 100_000))
        {
            return (null, "Remind: give minutes, 5 to 1440, or nothing.");
        }

        var wished = new Subscription(Name.Trim(), Channel, "to be made of the address")
        {
            Scopes = [.. scopes.Select(one => one.Scope!)],
            Transitions = [.. Transitions.Order()],
            Remind = Remind.Trim().Length == 0 ? null : TimeSpan.FromMinutes(minutes),
            Mail = Channel == Channel.Smtp ? new(Host.Trim(), Port, Security, From.Trim(), [.. Parts(To)]) { User = User.Trim().Length == 0 ? null : User.Trim() } : null,
        };
        if (SubscriptionRules.Wrong(wished) is { } wrong)
        {
            return (null, $"{char.ToUpperInvariant(wrong.Field[0])}{wrong.Field[1..]}: {wrong.What}");
        }

        return Channel != Channel.Smtp && (IsNew || Url.Trim().Length > 0) && SubscriptionRules.WrongAddress(Url.Trim()) is { } bad
            ? (null, $"Address: {bad}")
            : (new(wished, Filled(Url), Filled(SigningKey), Password.Length == 0 ? null : Password), null);
    }

    private static string[] Parts(string text) => text.Split([',', ' ', ';'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private static string? Filled(string text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
