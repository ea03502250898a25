using System.CommandLine;
using OpsConsole.Domain.Access;
using OpsConsole.Domain.Rollouts.Notifications;
using OpsConsole.Web.Cli;

namespace OpsConsole.Web.Rollouts.Notifications;

/// <summary><c>notification list|set|remove|test|deliveries|address</c>.</summary>
internal static class NotificationVerbs
{
    public static Command Create() => new("notification", "Who is told of rollouts and of the cord.") { List(), Set(), Remove(), Test(), Deliveries(), Address() };

    private static Argument<string> Name() => new("name") { Description = "The subscription's name." };

    private static Option<string?> Reason(bool required = false) => new("--reason") { Description = "Why, for the audit.", Required = required };

    private static string Path(string name) => $"notifications/{Uri.EscapeDataString(name)}";

    private static ClientVerb List() =>
        new("list", "Subscriptions.", (console, _, cancel) => console.GetAsync("notifications", cancel), Table.Of("subscriptions", "name", "channel", "target", "scopes", "transitions", "remindMinutes"));

    private static ClientVerb Set()
    {
        var (name, reason) = (Name(), Reason());
        var channel = new Argument<Channel>("channel") { Description = "Webhook, Slack or Smtp." };
        var url = new Option<string?>("--target") { Description = "Address of a webhook; left out, the one it has stays." };
        var key = new Option<FileInfo?>("--signing-key-file") { Description = "A file with the webhook's signing key, whsec_…; left out, it keeps the one it has, or one is made and printed." };
        var host = new Option<string?>("--mail-host") { Description = "The mail server." };
        var port = new Option<int>("--mail-port") { Description = "Its port.", DefaultValueFactory = _ => 587 };
        var security = new Option<MailSecurity>("--mail-security") { Description = "Tls, StartTls or None.", DefaultValueFactory = _ => MailSecurity.StartTls };
        var from = new Option<string?>("--from") { Description = "The sender's address." };
        var to = new Option<string[]>("--to") { Description = "Who gets the mail; may be repeated.", DefaultValueFactory = _ => [] };
        var user = new Option<string?>("--user") { Description = "Signs in at the mail server." };
        var password = new Option<FileInfo?>("--password-file") { Description = "A file with the user's password; left out, the one it has stays." };
        var scopes = new Option<string[]>("--scope") { Description = "What it is told of: global, partition:NAME, region:NAME, service:NAME; may be repeated; all where left out.", DefaultValueFactory = _ => [] };
        scopes.Validators.Add(result => Array.ForEach(result.GetValueOrDefault<string[]>() ?? [], text =>
        {
            if (Scope.Parse(text) is null)
            {
                result.AddError($"'{text}' is not a scope; write global, partition:NAME, region:NAME or service:NAME.");
            }
        }));
        var transitions = new Option<TransitionKind[]>("--transition") { Description = "Such as ApprovalAsked or RollbackBegan; may be repeated; all where left out.", DefaultValueFactory = _ => [] };
        var remind = new Option<double?>("--remind-minutes") { Description = "How often a wait for a person is reminded of, 5 to 1440; never where left out." };
        return new ClientVerb(
            "set",
            "Makes or replaces a subscription.",
            async (console, parsed, cancel) =>
            {
                var mail = parsed.GetValue(host) is { } server ? new NotificationApi.MailBody(server, parsed.GetValue(from), parsed.GetValue(to), parsed.GetValue(port), parsed.GetValue(security), parsed.GetValue(user), await ReadAsync(parsed.GetValue(password), cancel)) : null;
                var body = new NotificationApi.SubscriptionBody(
                    parsed.GetValue(channel), parsed.GetValue(url), await ReadAsync(parsed.GetValue(key), cancel), mail, [.. parsed.GetValue(scopes)!.Select(text => Scope.Parse(text)!)], parsed.GetValue(transitions), parsed.GetValue(remind), parsed.GetValue(reason));
                return await console.PutAsync(Path(parsed.GetValue(name)!), body, cancel);
            },
            (answer, output) =>
            {
                Table.Done(answer, output);
                if (answer.TryGetProperty("signingKey", out var made) && made.GetString() is { } text)
                {
                    output.WriteLine($"Signing key, shown this once: {text}");
                }
            }).With(name, channel, url, key, host, port, security, from, to, user, password, scopes, transitions, remind, reason);
    }

    private static ClientVerb Remove()
    {
        var (name, reason) = (Name(), Reason(required: true));
        return new ClientVerb("remove", "Takes a subscription out.", (console, parsed, cancel) => console.DeleteAsync($"{Path(parsed.GetValue(name)!)}{Query.Of(("reason", parsed.GetValue(reason)))}", cancel)).With(name, reason);
    }

    private static ClientVerb Test()
    {
        var name = Name();
        return new ClientVerb("test", "Sends a message that says it is a test; see 'deliveries' for what became of it.", (console, parsed, cancel) => console.PostAsync($"{Path(parsed.GetValue(name)!)}/test", new { }, cancel)).With(name);
    }

    private static ClientVerb Deliveries()
    {
        var subscription = new Option<string?>("--subscription") { Description = "Only this one's." };
        var state = new Option<DeliveryState?>("--state") { Description = "Only Waiting, Delivered, Undelivered or Dropped." };
        var rollout = new Option<string?>("--rollout") { Description = "Only this one's." };
        var take = new Option<int?>("--take") { Description = "At most so many, up to 500." };
        return new ClientVerb(
            "deliveries",
            "What became of messages, newest first.",
            (console, parsed, cancel) => console.GetAsync($"notifications/deliveries{Query.Of(("subscription", parsed.GetValue(subscription)), ("state", parsed.GetValue(state)), ("rollout", parsed.GetValue(rollout)), ("take", parsed.GetValue(take)))}", cancel),
            Table.Of("deliveries", "made", "subscription", "state", "attempts", "title", "detail")).With(subscription, state, rollout, take);
    }

    private static ClientVerb Address()
    {
        var reason = Reason();
        var address = new Argument<string?>("address") { Description = "Such as https://console.example; left out to take it back.", Arity = ArgumentArity.ZeroOrOne };
        return new ClientVerb("address", "The console's address as receivers reach it, for links.", (console, parsed, cancel) => console.PutAsync("notifications/address", new NotificationApi.AddressBody(parsed.GetValue(address), parsed.GetValue(reason)), cancel)).With(address, reason);
    }

    private static async Task<string?> ReadAsync(FileInfo? file, CancellationToken cancel) => file is null ? null : (await File.ReadAllTextAsync(file.FullName, cancel)).Trim();
}
