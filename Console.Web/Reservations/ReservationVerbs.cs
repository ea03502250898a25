using System.CommandLine;
using OpsConsole.Domain.Reservations;
using OpsConsole.Web.Cli;

namespace OpsConsole.Web.Reservations;

/// <summary><c>reservation list|show|request|renew|advance|release|prove-healthy|rebuilt|write-off|force-release|override|policy|set-policy|authorities|tiers</c>.</summary>
internal static class ReservationVerbs
{
    private static readonly Argument<string> Region = new("region") { Description = "The region's name." };
    private static readonly Argument<string> Host = new("host") { Description = "The host's id." };
    private static readonly Option<long> Token = new("--token-of-host") { Description = "The fencing token that the grant told.", Required = true };
    private static readonly Option<int> Ttl = new("--ttl") { Description = "Seconds until the lease ends unless renewed, 1 to 86400.", DefaultValueFactory = _ => 1_800 };
    private static readonly Option<string> Why = new("--reason") { Description = "Why, for the audit.", Required = true };
    private static readonly Option<int?> Checked = new("--checked") { Description = "Shards read back." };
    private static readonly Option<int> Mismatches = new("--mismatches") { Description = "How many of them did not match." };

    public static Command Create()
    {
        var state = new Option<ReservationState?>("--state") { Description = "Only those in this state." };
        var after = new Option<string?>("--after") { Description = "Only hosts after this id." };
        var to = new Argument<ReservationState>("to") { Description = "Draining, Executing, Verifying or Restoring." };
        var health = new Option<HostHealth>("--health") { Description = "Healthy, Unhealthy or Unknown.", DefaultValueFactory = _ => HostHealth.Healthy };
        var file = new Argument<FileInfo>("file") { Description = "The policy as JSON, as 'reservation policy --json' prints it." };
        return new Command("reservation", "Exclusive permission to work on hosts.")
        {
            new ClientVerb("list", "Who holds what in a region, suspect hosts too.", (console, parsed, cancel) => console.GetAsync($"{Of(parsed)}{Query.Of(("state", parsed.GetValue(state)), ("after", parsed.GetValue(after)))}", cancel), Table.Paged("reservations", "host", "az", "state", "token", "worker", "expires", "reason")).With(Region, state, after),
            new ClientVerb("show", "Who holds a host, and why.", (console, parsed, cancel) => console.GetAsync(At(parsed), cancel), Table.Members).With(Region, Host),
            ReservationRequestVerb.Create(Region, Ttl, Why),
            On("renew", "Lengthens a lease, from now.", "renew", parsed => new RenewBody(parsed.GetValue(Token), parsed.GetValue(Ttl))).With(Token, Ttl),
            On("advance", "Goes on with the work.", "advance", parsed => new AdvanceBody(parsed.GetValue(Token), parsed.GetValue(to))).With(to, Token),
            On("release", "Gives a host back.", "release", parsed => new HealthBody(parsed.GetValue(Token), parsed.GetValue(health), Sample(parsed), parsed.GetValue(Why))).With(Token, health, Checked, Mismatches, Why),
            On("prove-healthy", "Ends the charge of a suspect host by a sample of its shards.", "prove-healthy", parsed => new HealthBody(parsed.GetValue(Token), HostHealth.Healthy, Sample(parsed), parsed.GetValue(Why))).With(Token, Checked, Mismatches, Why),
            On("rebuilt", "Says that the data of a suspect host is whole again elsewhere.", "rebuilt", parsed => new TokenBody(parsed.GetValue(Token), parsed.GetValue(Why))).With(Token, Why),
            On("write-off", "Gives a host up; it stays charged until its data is rebuilt.", "write-off", parsed => new ReasonBody(parsed.GetValue(Why)!)).With(Why),
            On("force-release", "Takes a host from who holds it; the second person who says so does it.", "force-release", parsed => new ReasonBody(parsed.GetValue(Why)!)).With(Why),
            Override(),
            new ClientVerb("policy", "What a region's reservations must keep to.", (console, parsed, cancel) => console.GetAsync($"{Of(parsed)}/policy", cancel), Table.Members).With(Region),
            new ClientVerb("set-policy", "Sets it anew from a file.", (console, parsed, cancel) => console.SendFileAsync(HttpMethod.Put, $"{Of(parsed)}/policy", parsed.GetValue(file)!, "application/json", cancel)).With(Region, file),
            new ClientVerb("figures", "Grants, denials and overrides of all regions.", (console, _, cancel) => console.GetAsync("reservations", cancel), Table.Of(null, "region", "live", "suspects", "granted", "denials", "overridden")),
            new ClientVerb("authorities", "Which services say how they are asked about their data.", (console, _, cancel) => console.GetAsync("reservations/authorities", cancel), Table.Of(null, "service", "name", "problem")),
            new ClientVerb("tiers", "What the data of a region's services must survive while hosts are reserved and while nobody works, and how many hosts of a set may be reserved.", (console, parsed, cancel) => console.GetAsync($"{Of(parsed)}/tiers", cancel), Table.Of(null, "service", "maintenance", "steady", "rooms", "bytes")).With(Region),
        };
    }

    private static ClientVerb Override()
    {
        var id = new Argument<string>("id") { Description = "A name for it." };
        var check = new Argument<ReservationCheck>("check") { Description = "The one check it passes." };
        var whom = new Option<string>("--for") { Description = "Who may pass it, such as person:ada.", Required = true };
        var minutes = new Option<int>("--minutes") { Description = "How long, 1 to 1440.", DefaultValueFactory = _ => 60 };
        var host = new Option<string?>("--host") { Description = "Only for this host." };
        return new ClientVerb(
            "override",
            "Lets somebody else pass one check, for a time.",
            (console, parsed, cancel) => console.PostAsync($"{Of(parsed)}/overrides", new OverrideBody(parsed.GetValue(id)!, parsed.GetValue(check), parsed.GetValue(whom)!, parsed.GetValue(minutes), parsed.GetValue(Why)!, parsed.GetValue(host)), cancel)).With(Region, id, check, whom, minutes, host, Why);
    }

    private static ClientVerb On(string name, string description, string path, Func<ParseResult, object> body) =>
        new ClientVerb(name, description, (console, parsed, cancel) => console.PostAsync($"{At(parsed)}/{path}", body(parsed), cancel)).With(Region, Host);

    private static ChecksumSample? Sample(ParseResult parsed) => parsed.GetValue(Checked) is { } count ? new(count, parsed.GetValue(Mismatches)) : null;

    private static string Of(ParseResult parsed) => $"reservations/{Uri.EscapeDataString(parsed.GetValue(Region)!)}";

    private static string At(ParseResult parsed) => $"{Of(parsed)}/hosts/{Uri.EscapeDataString(parsed.GetValue(Host)!)}";
}
