using System.CommandLine;
using System.Text.Json;
using OpsConsole.Domain.ProvingGround.Patients;
using OpsConsole.Web.Cli;

namespace OpsConsole.Web.ProvingGround;

/// <summary><c>ground show|ill|heal</c>.</summary>
internal static class GroundVerbs
{
    public static Command Create()
    {
        var host = new Argument<string>("host") { Description = "The host's id, as 'ground show' lists it." };
        var ailment = new Argument<Ailment>("ailment") { Description = "What befalls it." };
        var which = new Option<Ailment?>("--ailment") { Description = "Only this one; else all it has." };
        var amount = new Option<int?>("--amount") { Description = "How badly: milliseconds, shards or seconds; else the usual." };
        var seconds = new Option<int>("--seconds") { Description = "How long, 1 to 3600.", DefaultValueFactory = _ => 60 };
        var reason = new Option<string>("--reason") { Description = "What is to be tried.", Required = true };
        return new Command("ground", "The proving ground: a real, small object store to operate.")
        {
            new ClientVerb("show", "Its processes, what they use and what is wrong with them on purpose.", (console, _, cancel) => console.GetAsync("ground", cancel), Show),
            new ClientVerb(
                "ill",
                "Makes a host ill on purpose.",
                (console, parsed, cancel) => console.PostAsync(
                    $"ground/hosts/{Uri.EscapeDataString(parsed.GetValue(host)!)}/ill",
                    new GroundApi.IllBody(parsed.GetValue(ailment), parsed.GetValue(reason)!, parsed.GetValue(amount), parsed.GetValue(seconds)),
                    cancel)).With(host, ailment, amount, seconds, reason),
            new ClientVerb("heal", "Ends it before its time.", (console, parsed, cancel) => console.PostAsync($"ground/hosts/{Uri.EscapeDataString(parsed.GetValue(host)!)}/heal", new GroundApi.HealBody(parsed.GetValue(which)), cancel)).With(host, which),
        };
    }

    private static void Show(JsonElement answer, TextWriter output)
    {
        output.WriteLine($"Customers connect to {answer.GetProperty("entrance")}.");
        Table.Of("hosts", "id", "role", "pid", "release", "trouble", "weight", "drained", "requestsPerSecond", "p99Ms")(answer, output);
        var ill = answer.GetProperty("hosts").EnumerateArray().SelectMany(host => host.GetProperty("illnesses").EnumerateArray()).ToArray();
        output.WriteLine(ill.Length == 0 ? "Nothing is wrong on purpose." : "Wrong on purpose:");
        Array.ForEach(ill, one => output.WriteLine($"  {one.GetProperty("host")}: {one.GetProperty("ailment")} until {one.GetProperty("until")}, {one.GetProperty("by")}: {one.GetProperty("reason")}"));
    }
}
