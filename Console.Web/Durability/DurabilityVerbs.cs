using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using OpsConsole.Web.Cli;

namespace OpsConsole.Web.Durability;

/// <summary><c>durability show|what-if|model|threats|drill</c>.</summary>
internal static class DurabilityVerbs
{
    private static readonly Option<double?> Afr = new("--afr") { Description = "Failures of a shard per year, such as 0.0136." };
    private static readonly Option<double?> Repair = new("--repair-hours") { Description = "From a shard's loss to its rebuild, on average." };
    private static readonly Option<double?> Horizon = new("--horizon-hours") { Description = "The chance of loss is that within this time." };
    private static readonly Option<double?> AzLosses = new("--az-losses") { Description = "Losses of an AZ per year." };
    private static readonly Option<double?> Bursts = new("--bursts") { Description = "Events per year that strike many at once." };
    private static readonly Option<double?> Killed = new("--killed") { Description = "Chance that such an event kills a shard." };

    public static Command Create()
    {
        var service = new Option<string>("--service") { Description = "The store's service.", DefaultValueFactory = _ => "storage" };
        var region = new Option<string?>("--region") { Description = "The store's region; left out, show lists all." };
        var where = new Argument<string>("region") { Description = "The store's region." };
        var hosts = Names("--host", "A host to imagine gone; may be given more than once.");
        var racks = Names("--rack", "A rack, as az/rack.");
        var azs = Names("--az", "A whole AZ.");
        var data = new Argument<int>("data") { Description = "Shards of data." };
        var parity = new Argument<int>("parity") { Description = "Shards of parity." };
        var alive = new Option<string?>("--alive") { Description = "Alive in each AZ, such as 3,2,0; else all." };
        var lives = new Option<int?>("--lives") { Description = "Also plays so many seeded lives." };
        var seed = new Option<int?>("--seed") { Description = "Of the lives." };
        var threat = new Argument<string>("threat") { Description = "The threat's id, such as DT-HW-03." };
        var guard = new Argument<string>("guard") { Description = "The guard that was tried, as 'durability threats' names it." };
        var failed = new Option<bool>("--failed") { Description = "It did not hold." };
        var evidence = new Option<string>("--evidence") { Description = "Where it can be looked up.", Required = true };
        return new Command("durability", "How likely it is that data is lost: now, if an AZ goes, and if what you name goes.")
        {
            new ClientVerb(
                "show",
                "Every store, or one under other assumptions.",
                (console, parsed, cancel) => console.GetAsync(
                    parsed.GetValue(region) is { } one ? $"durability/stores/{Uri.EscapeDataString(parsed.GetValue(service)!)}/{Uri.EscapeDataString(one)}{Query(parsed)}" : "durability", cancel),
                Show).With(service, region, Afr, Repair, Horizon, AzLosses, Bursts, Killed),
            new ClientVerb(
                "what-if",
                "What would be lost if these went; nothing is touched.",
                (console, parsed, cancel) => console.PostAsync(
                    $"durability/stores/{Uri.EscapeDataString(parsed.GetValue(service)!)}/{Uri.EscapeDataString(parsed.GetValue(where)!)}/what-if",
                    new DurabilityApi.WhatIfBody([.. parsed.GetValue(hosts) ?? []], [.. parsed.GetValue(racks) ?? []], [.. parsed.GetValue(azs) ?? []], new(parsed.GetValue(Afr), parsed.GetValue(Repair), parsed.GetValue(Horizon), parsed.GetValue(AzLosses), parsed.GetValue(Bursts), parsed.GetValue(Killed))),
                    cancel),
                Lost).With(where, service, hosts, racks, azs, Afr, Repair, Horizon, AzLosses, Bursts, Killed),
            new ClientVerb(
                "model",
                "A code under assumptions, by every model side by side.",
                (console, parsed, cancel) => console.GetAsync(
                    $"durability/model{Query(parsed, ("data", parsed.GetValue(data)), ("parity", parsed.GetValue(parity)), ("alive", parsed.GetValue(alive)), ("lives", parsed.GetValue(lives)), ("seed", parsed.GetValue(seed)))}", cancel),
                Table.Of("figures", "model", "loss", "nines", "standardError", "says")).With(data, parity, alive, lives, seed, Afr, Repair, Horizon, AzLosses, Bursts, Killed),
            new ClientVerb("threats", "What could lose data, what stands against it and when that was last proven.", (console, _, cancel) => console.GetAsync("durability/threats", cancel), Threats),
            new ClientVerb(
                "drill",
                "Takes down that a guard was tried against a threat.",
                (console, parsed, cancel) => console.PostAsync($"durability/threats/{Uri.EscapeDataString(parsed.GetValue(threat)!)}/drills", new DurabilityApi.DrillBody(parsed.GetValue(guard)!, !parsed.GetValue(failed), parsed.GetValue(evidence)!), cancel)).With(threat, guard, failed, evidence),
        };
    }

    private static Option<string[]> Names(string name, string description) => new(name) { Description = description, AllowMultipleArgumentsPerToken = true };

    private static string Query(ParseResult parsed, params (string Name, object? Value)[] more)
    {
        (string Name, object? Value)[] all = [.. more, ("afr", parsed.GetValue(Afr)), ("repairHours", parsed.GetValue(Repair)), ("horizonHours", parsed.GetValue(Horizon)), ("azLosses", parsed.GetValue(AzLosses)), ("bursts", parsed.GetValue(Bursts)), ("killed", parsed.GetValue(Killed))];
        var given = all.Where(one => one.Value is not null).Select(one => $"{one.Name}={Uri.EscapeDataString(Convert.ToString(one.Value, CultureInfo.InvariantCulture)!)}");
        return "?" + string.Join('&', given);
    }

    private static void Show(JsonElement answer, TextWriter output)
    {
        if (answer.ValueKind == JsonValueKind.Array)
        {
            Table.Of(null, "service", "region", "simulated", "code", "sets", "leastSlack", "annualFailureRate", "meanRepairHours", "horizonHours")(answer, output);
            return;
        }

        output.WriteLine($"{answer.GetProperty("service")} in {answer.GetProperty("region")}{(answer.GetProperty("simulated").GetBoolean() ? " (SIMULATED)" : "")}: {answer.GetProperty("sets")} sets of {answer.GetProperty("code")}");
        output.WriteLine($"by the {answer.GetProperty("model")}, AFR {answer.GetProperty("annualFailureRate")}, repair {answer.GetProperty("meanRepairHours")} h, horizon {answer.GetProperty("horizonHours")} h");
        foreach (var outlook in answer.GetProperty("ifLost").EnumerateArray().Prepend(answer.GetProperty("now")))
        {
            var az = outlook.GetProperty("az").GetString();
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{(az is null ? "now" : $"if {az} is lost"),-28} {Number(outlook, "nines"):0.00} nines, {Number(outlook, "expectedLostSets"):0.###e+0} sets expected lost, slack {outlook.GetProperty("leastSlack")}, steady in {Number(outlook, "steadyHours"):0.#} h"));
        }
    }

    private static void Lost(JsonElement answer, TextWriter output)
    {
        output.WriteLine($"{answer.GetProperty("killed")} hosts would go, with shards of {answer.GetProperty("touched")} sets of {answer.GetProperty("store").GetString()}{(answer.GetProperty("simulated").GetBoolean() ? " (SIMULATED)" : "")}.");
        output.WriteLine(answer.GetProperty("lost").GetInt64() is > 0 and var lost
            ? $"LOST: {lost} sets could not be read any more."
            : $"Nothing would be lost; the sets left with least may lose {answer.GetProperty("leastSlackLeft")} more.");
        var assumed = answer.GetProperty("assumed");
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Loss of a set: {answer.GetProperty("lossBefore").GetDouble():0.0e+0} before, {answer.GetProperty("lossAfter").GetDouble():0.0e+0} after; steady in {Number(answer, "steadyHours"):0.#} h (Markov chain, AFR {assumed.GetProperty("annualFailureRate")}, repair {assumed.GetProperty("meanRepair")}, horizon {assumed.GetProperty("horizon")})."));
        Table.Of("evidence", "set", "slack", "gone")(answer, output);
    }

    private static double? Number(JsonElement outlook, string name) => outlook.GetProperty(name) is { ValueKind: JsonValueKind.Number } number ? number.GetDouble() : null;

    private static void Threats(JsonElement answer, TextWriter output)
    {
        output.WriteLine($"{answer.GetProperty("proven")} of {answer.GetProperty("pairs")} guards were proven of late.");
        foreach (var covered in answer.GetProperty("threats").EnumerateArray())
        {
            var threat = covered.GetProperty("threat");
            output.WriteLine($"{threat.GetProperty("id").GetString()}  {covered.GetProperty("standing").GetString(),-9} {threat.GetProperty("what").GetString()} Guards: {string.Join(", ", threat.GetProperty("guards").EnumerateArray())}.");
        }
    }
}
