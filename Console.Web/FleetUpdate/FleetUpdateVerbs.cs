using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using OpsConsole.Domain.FleetUpdate;
using OpsConsole.Domain.FleetUpdate.Preview;
using OpsConsole.Domain.Reservations;
using OpsConsole.Web.Cli;

namespace OpsConsole.Web.FleetUpdate;

/// <summary><c>fleet-update order|preview|list|show|outages|parked|pause|resume|cancel</c>.</summary>
internal static class FleetUpdateVerbs
{
    private static readonly Argument<string> Region = new("region") { Description = "The region's name." };
    private static readonly Argument<string> Campaign = new("campaign") { Description = "The campaign's id." };
    private static readonly Option<string> Why = new("--reason") { Description = "Why, for the audit.", Required = true };
    private static readonly Option<string?> After = new("--after") { Description = "Only those after this one." };

    public static Command Create()
    {
        var status = new Option<CampaignStatus?>("--status") { Description = "Only those in this status." };
        return new Command("fleet-update", "Maintenance of hosts that hold data: patches, firmware, releases, repairs, reboots, combined into one outage each.")
        {
            Order("order", "Orders maintenance.", dryRun: false),
            Order("preview", "Says what an order would do, beside the bounds; orders nothing.", dryRun: true),
            new ClientVerb("list", "A region's campaigns.", (console, parsed, cancel) => console.GetAsync($"{Of(parsed)}{Query.Of(("status", parsed.GetValue(status)), ("after", parsed.GetValue(After)))}", cancel), Table.Paged("campaigns", "id", "status", "hosts", "done", "casualties", "out", "why")).With(Region, status, After),
            new ClientVerb("show", "A campaign, its AZs, casualties and what it waits for.", (console, parsed, cancel) => console.GetAsync(At(parsed), cancel), Table.Members).With(Region, Campaign),
            new ClientVerb("outages", "Hosts that are out or bake.", (console, parsed, cancel) => console.GetAsync($"{Of(parsed)}/outages{Query.Of(("after", parsed.GetValue(After)))}", cancel), Table.Paged("outages", "host", "az", "baking", "activities", "since", "until")).With(Region, After),
            new ClientVerb("parked", "Hosts that were refused, and what wakes them.", (console, parsed, cancel) => console.GetAsync($"{Of(parsed)}/parked{Query.Of(("after", parsed.GetValue(After)))}", cancel), Table.Paged("parked", "host", "check", "why", "wakes", "tries", "retryAt")).With(Region, After),
            Steer("pause", "Lets no further hosts go; those that are out come back."),
            Steer("resume", "Goes on after a pause or a halt."),
            Steer("cancel", "Ends it for good; hosts that are out come back."),
        };
    }

    private static ClientVerb Steer(string name, string description) =>
        new ClientVerb(name, description, (console, parsed, cancel) => console.PostAsync($"{At(parsed)}/{name}", new CampaignReasonBody(parsed.GetValue(Why)), cancel)).With(Region, Campaign, Why);

    private static ClientVerb Order(string name, string description, bool dryRun)
    {
        var activities = new Option<string[]>("--activity") { Description = "KIND[=VERSION], such as OsPatch=6.12.3, Firmware=2.1, Software=2026.11.1, HardwareRepair or Reboot; may be given more than once.", Required = true };
        var proven = new Option<string?>("--proven-by") { Description = "Where its artifacts passed an AZ before; without it they go one by one until they have." };
        var services = new Option<string[]>("--service") { Description = "Only hosts of this service; without it all that hold data." };
        var azs = new Option<string[]>("--az") { Description = "Only this AZ." };
        var hosts = new Option<string[]>("--host") { Description = "Only this host." };
        var p50 = new Option<double>("--p50") { Description = "Seconds an activity takes in half of the cases.", DefaultValueFactory = _ => 120 };
        var p99 = new Option<double>("--p99") { Description = "Seconds at most in 99 of 100 cases.", DefaultValueFactory = _ => 600 };
        var bake = new Option<double>("--bake") { Description = "Seconds that a host bakes.", DefaultValueFactory = _ => 1_800 };
        var cycle = new Option<double?>("--cycle") { Description = "Seconds for drain, restart and verifying together." };
        var cap = new Option<double?>("--cap") { Description = "Share of the hosts of an AZ that may be out at once, over 0 to 1." };
        var within = new Option<double?>("--within-hours") { Description = "By when each host is to have been visited." };
        return new ClientVerb(
            name,
            description,
            (console, parsed, cancel) => console.PostAsync(
                Of(parsed),
                new CampaignBody(
                    parsed.GetValue(Campaign)!,
                    [.. parsed.GetValue(activities)!.Select(text => Activity(text, parsed.GetValue(p50), parsed.GetValue(p99), parsed.GetValue(bake), parsed.GetValue(proven)))],
                    parsed.GetValue(Why),
                    dryRun)
                {
                    Services = parsed.GetValue(services),
                    Azs = parsed.GetValue(azs),
                    Hosts = parsed.GetValue(hosts),
                    CycleSeconds = parsed.GetValue(cycle),
                    CapShare = parsed.GetValue(cap),
                    VisitWithinHours = parsed.GetValue(within),
                },
                cancel),
            dryRun ? Show : Table.Members).With(Region, Campaign, activities, proven, services, azs, hosts, p50, p99, bake, cycle, cap, within, Why);
    }

    /// <summary>What is no kind is sent as it is: the console says what it takes.</summary>
    private static CampaignActivityBody Activity(string text, double p50, double p99, double bake, string? proven)
    {
        var parts = text.Split('=', 2);
        var kind = Enum.TryParse<ActivityKind>(parts[0], ignoreCase: true, out var known) ? known : (ActivityKind)(-1);
        var version = parts.Length == 2 ? parts[1] : null;
        return new(kind, version, p50, p99, bake, null, version is null ? null : proven);
    }

    private static void Show(JsonElement answer, TextWriter output)
    {
        string Number(string name) => answer.GetProperty(name) is { ValueKind: JsonValueKind.Number } number ? number.GetDouble().ToString("0.##", CultureInfo.InvariantCulture) : "unknown";
        if (!answer.GetProperty("exact").GetBoolean())
        {
            output.WriteLine($"Estimate: more than {PreviewRun.MostHosts} hosts are not run one by one; hours are those of the waves, without pace, refusals and the bakes between canary stages. Outages and what they save are not counted.");
        }

        output.WriteLine($"{Number("hosts")} hosts in {Number("visits")} outages; {Number("waves")} waves, at least {Number("wavesBound")}; {Number("hours")} h, at least {Number("hoursBound")} h; {Number("savedHostMinutes")} host-minutes saved; at most {Number("mostOut")} out at once.");
        Table.Of("leftOut", "host", "why")(answer, output);
        Table.Of("waiting", "host", "check", "why", "wakeOn")(answer, output);
        Table.Of("outages", "host", "az", "begins", "ends", "activities")(answer, output);
    }

    private static string Of(ParseResult parsed) => $"fleet-update/{Uri.EscapeDataString(parsed.GetValue(Region)!)}";

    private static string At(ParseResult parsed) => $"{Of(parsed)}/campaigns/{Uri.EscapeDataString(parsed.GetValue(Campaign)!)}";
}
