using System.CommandLine;
using System.Text.Json;
using OpsConsole.Web.Cli;

namespace OpsConsole.Web.Fleet;

/// <summary><c>fleet regions|hosts|host|visits|import|export</c>.</summary>
internal static class FleetVerbs
{
    public static Command Create()
    {
        var region = new Argument<string>("region") { Description = "The region's name." };
        var host = new Argument<string>("host") { Description = "The host's id." };
        var az = new Option<string?>("--az") { Description = "Only this AZ." };
        var rack = new Option<string?>("--rack") { Description = "Only this rack." };
        var take = new Option<int>("--take") { Description = "At most so many, up to 1000.", DefaultValueFactory = _ => 100 };
        var after = new Option<string?>("--after") { Description = "Only hosts after this id." };
        var before = new Option<long?>("--before") { Description = "Only visits before this one's place in the journal: the page before tells it." };
        var visits = new Option<int>("--take") { Description = "At most so many, up to 100.", DefaultValueFactory = _ => 20 };
        return new Command("fleet", "Regions and hosts.")
        {
            new ClientVerb("regions", "All regions.", (console, _, cancel) => console.GetAsync("fleet/regions", cancel), Table.Of(null, "partition", "region", "azs", "hosts", "inWork", "casualties", "simulated")),
            new ClientVerb(
                "hosts",
                "A region's hosts, in the order of their ids.",
                (console, parsed, cancel) => console.GetAsync(
                    $"fleet/regions/{Uri.EscapeDataString(parsed.GetValue(region)!)}/hosts{Query.Of(("az", parsed.GetValue(az)), ("rack", parsed.GetValue(rack)), ("take", parsed.GetValue(take)), ("after", parsed.GetValue(after)))}", cancel),
                Table.Paged("hosts", "id", "az", "rack", "role", "state", "release", "simulated")).With(region, az, rack, take, after),
            new ClientVerb("host", "One host and its last visit.", (console, parsed, cancel) => console.GetAsync($"fleet/regions/{Uri.EscapeDataString(parsed.GetValue(region)!)}/hosts/{Uri.EscapeDataString(parsed.GetValue(host)!)}", cancel), One).With(region, host),
            new ClientVerb(
                "visits",
                "All visits a host ever had, newest first, with what was done in each.",
                (console, parsed, cancel) => console.GetAsync($"fleet/regions/{Uri.EscapeDataString(parsed.GetValue(region)!)}/hosts/{Uri.EscapeDataString(parsed.GetValue(host)!)}/visits{Query.Of(("before", parsed.GetValue(before)), ("take", parsed.GetValue(visits)))}", cancel),
                Visits).With(region, host, before, visits),
            FleetFileVerbs.Import(),
            FleetFileVerbs.Export(),
        };
    }

    private static void Visits(JsonElement answer, TextWriter output)
    {
        Table.Of("visits", "since", "status", "activities", "endedAt", "detail", "id")(answer, output);
        if (answer.GetProperty("next") is { ValueKind: JsonValueKind.Number } next)
        {
            output.WriteLine($"More: --before {next}");
        }
    }

    private static void One(JsonElement answer, TextWriter output)
    {
        Table.Members(answer.GetProperty("host"), output);
        if (answer.GetProperty("visit") is { ValueKind: JsonValueKind.Object } visit)
        {
            output.WriteLine("last visit:");
            Table.Members(visit, output);
        }
    }
}
