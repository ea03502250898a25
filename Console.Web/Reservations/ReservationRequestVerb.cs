using System.CommandLine;
using System.Text.Json;
using OpsConsole.Domain.Reservations;
using OpsConsole.Web.Cli;

namespace OpsConsole.Web.Reservations;

/// <summary><c>reservation request</c>.</summary>
internal static class ReservationRequestVerb
{
    public static ClientVerb Create(Argument<string> region, Option<int> ttl, Option<string> why)
    {
        var hosts = new Argument<string[]>("hosts") { Description = "Host ids; all or none, unless --max.", Arity = ArgumentArity.OneOrMore };
        var id = new Option<string?>("--request") { Description = "The request's id: the same again gets the same answer. Made up where it is left out." };
        var kind = new Option<WorkerKind>("--kind") { Description = "Who works.", DefaultValueFactory = _ => WorkerKind.Human };
        var activities = new Option<ActivityKind[]>("--activity") { Description = "What is done; may be given more than once.", DefaultValueFactory = _ => [ActivityKind.Diagnostic] };
        var disruption = new Option<Disruption>("--disruption") { Description = "What it takes from the host.", DefaultValueFactory = _ => Disruption.Reboot };
        var artifact = new Option<string?>("--artifact") { Description = "What is installed." };
        var max = new Option<int?>("--max") { Description = "As many of the hosts as go, up to this." };
        var behalf = new Option<string?>("--on-behalf-of") { Description = "The rollout or plan it is for." };
        var ticket = new Option<string?>("--ticket") { Description = "Where it is written down." };
        var given = new Option<string?>("--override") { Description = "The override it rests on." };
        var dry = new Option<bool>("--dry-run") { Description = "Only say what would be granted, and every check that fails." };
        return new ClientVerb(
            "request",
            "Asks for hosts.",
            (console, parsed, cancel) => console.PostAsync(
                $"reservations/{Uri.EscapeDataString(parsed.GetValue(region)!)}",
                new RequestBody(
                    parsed.GetValue(id) ?? $"cli-{Guid.NewGuid():n}", parsed.GetValue(hosts)!, parsed.GetValue(why)!, parsed.GetValue(ttl), parsed.GetValue(kind),
                    [.. parsed.GetValue(activities)!.Select(activity => new ActivityBody(activity, parsed.GetValue(disruption), parsed.GetValue(artifact)))],
                    parsed.GetValue(max), parsed.GetValue(behalf), parsed.GetValue(ticket), parsed.GetValue(given), null, parsed.GetValue(dry)),
                cancel),
            Show).With(region, hosts, id, ttl, kind, activities, disruption, artifact, max, behalf, ticket, given, dry, why);
    }

    private static void Show(JsonElement answer, TextWriter output)
    {
        if (answer.TryGetProperty("wouldGrant", out var would))
        {
            output.WriteLine($"Would be granted: {(would.GetArrayLength() == 0 ? "none" : string.Join(", ", would.EnumerateArray().Select(host => host.GetString())))}");
            Table.Of("denials", "host", "check", "class", "why", "wakeOn")(answer, output);
            return;
        }

        Table.Of("granted", "host", "token", "expires", "state")(answer, output);
        if (answer.GetProperty("notGranted").GetArrayLength() > 0)
        {
            output.WriteLine("Not granted:");
            Table.Of("notGranted", "host", "check", "class", "why", "wakeOn")(answer, output);
        }
    }
}
