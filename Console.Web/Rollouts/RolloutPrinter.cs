using System.Globalization;
using System.Text.Json;

namespace OpsConsole.Web.Rollouts;

/// <summary>A rollout in words, for a terminal.</summary>
internal static class RolloutPrinter
{
    public static void Write(JsonElement picture, TextWriter output)
    {
        WriteEnd(picture.GetProperty("summary"), output);
        output.WriteLine("Lanes:");
        foreach (var stage in picture.GetProperty("stages").EnumerateArray())
        {
            output.WriteLine($"  stage {Text(stage, "name")}: {Counts(stage)}");
            foreach (var region in stage.GetProperty("waves").EnumerateArray().SelectMany((wave, i) => wave.GetProperty("regions").EnumerateArray().Select(region => (Wave: i + 1, Region: region))))
            {
                output.WriteLine($"    wave {region.Wave} {Text(region.Region, "region")}: {Counts(region.Region)}{Casualties(region.Region)}");
                foreach (var az in region.Region.GetProperty("azs").EnumerateArray())
                {
                    output.WriteLine($"      {Text(az, "az")}: {Counts(az)}{Casualties(az)}");
                    Batches(az, output);
                }
            }
        }

        Section("Waits", picture.GetProperty("waits"), output, line => Wait(Text(line, "where") is { Length: > 0 } region ? region : "the rollout", line.GetProperty("wait")));
        Section("Casualties", picture.GetProperty("casualties"), output, one => [$"{Text(one, "host")} in {Text(one, "az")} at {Time(one, "at")}: {Text(one, "detail")}"]);
        Section("Evidence", picture.GetProperty("evidence"), output, one => [$"{Text(one, "verdict")}: {Text(one, "sentence")}"]);
        Section("Begun over a red gate", picture.GetProperty("gateOverrides"), output, one => [$"{Text(one, "gate")}, by {Text(one, "by")} at {Time(one, "at")}: {Text(one, "reason")}"]);
        Section("May still be at work", picture.GetProperty("watched"), output, one => [$"{Text(one, "host")} in {Text(one, "az")} at {Text(one, "step")} since {Time(one, "since")}, given up at {Time(one, "cancelledAt")}"]);
        Section("Notes", picture.GetProperty("notes"), output, note => [note.GetString()!]);
        Section("It may be asked to", picture.GetProperty("intents"), output, one => [$"{Text(one, "intent")}{(Text(one, "why") is { Length: > 0 } why ? $": no. {why}" : "")}"]);
    }

    /// <summary>One line a window, gate by gate.</summary>
    public static void WriteWindows(JsonElement lines, TextWriter output)
    {
        foreach (var line in lines.EnumerateArray())
        {
            output.WriteLine($"{Text(line, "gate")} ({Text(line, "metric")}):");
            foreach (var window in line.GetProperty("windows").EnumerateArray())
            {
                var bounds = window.GetProperty("bounds");
                output.WriteLine($"  {Time(window, "to")} {Text(window, "verdict")} {Figure(window, "value")} over {window.GetProperty("samples")} samples; baseline {Figure(bounds, "baseline")}, at most {Figure(bounds, "most")}, at least {Figure(bounds, "least")}; {Text(window, "phase")} {Text(window, "az")}");
            }
        }
    }

    /// <summary>The summary alone.</summary>
    public static void WriteEnd(JsonElement summary, TextWriter output)
    {
        output.WriteLine($"{Text(summary, "id")}: {Text(summary, "service")} {Text(summary, "release")} by pipeline {Text(summary, "pipeline")}{(summary.GetProperty("simulated").GetBoolean() ? " (simulated hosts)" : "")}, version {summary.GetProperty("version")}");
        output.WriteLine($"  {Text(summary, "status")} since {Time(summary, "since")}; started by {Text(summary, "startedBy")} at {Time(summary, "startedAt")}");
        output.WriteLine($"  {Progress(summary)}");
        if (Text(summary, "why") is { Length: > 0 } why)
        {
            output.WriteLine($"  why: {why}");
        }

        if (summary.GetProperty("evidence") is { ValueKind: JsonValueKind.Object } evidence)
        {
            output.WriteLine($"  evidence: {Text(evidence, "sentence")}");
        }
    }

    public static string Progress(JsonElement summary) =>
        $"{summary.GetProperty("confirmed")} of {summary.GetProperty("hosts")} hosts confirmed, {summary.GetProperty("casualties")} casualties{(Text(summary, "stage") is { Length: > 0 } stage ? $", stage {stage}" : "")}";

    public static void WritePlan(JsonElement plan, TextWriter output)
    {
        output.WriteLine($"Plan {Text(plan, "hash")}: {Text(plan, "service")} {Text(plan, "release")} to {plan.GetProperty("hosts")} hosts, {TimeSpan.FromSeconds(plan.GetProperty("leastSeconds").GetInt64()):c} of bakes at least. Most hosts run {(Text(plan, "before") is { Length: > 0 } before ? before : "nothing known")}.");
        Cli.Table.Of("stages", "name", "regions", "hosts", "batches", "leastSeconds")(plan, output);
        Section("Notes", plan.GetProperty("notes"), output, note => [note.GetString()!]);
        Preview.ForecastPrinter.Write(plan.GetProperty("forecast"), output);
    }

    public static string Text(JsonElement of, string name) => of.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : "";

    private static void Batches(JsonElement az, TextWriter output)
    {
        foreach (var batch in az.GetProperty("batches").EnumerateArray().Where(batch => Text(batch, "state") is not ("Planned" or "Done")))
        {
            var bake = Text(batch, "state") == "Baking" ? $", since {Time(batch, "bakeSince")} until {Time(batch, "bakeUntil")} at the earliest, {batch.GetProperty("bakeSamples")} of {batch.GetProperty("samplesNeeded")} samples" : "";
            output.WriteLine($"        batch {batch.GetProperty("index").GetInt32() + 1} ({Text(batch, "kind")}): {Counts(batch)}{Casualties(batch)}{bake}");
        }
    }

    private static IEnumerable<string> Wait(string who, JsonElement wait) =>
    [
        $"{who} waits for {Text(wait, "what")}",
        $"  since {Time(wait, "since")}, until {Time(wait, "until")}; {Text(wait, "who")} can end it; then {Text(wait, "then")}",
    ];

    private static string Counts(JsonElement lane) => $"{Text(lane, "state")}, {lane.GetProperty("confirmed")} of {lane.GetProperty("hosts")} hosts confirmed";

    private static string Casualties(JsonElement lane) => lane.GetProperty("casualties").GetInt32() is var count and > 0 ? $", {count} casualties" : "";

    internal static string Time(JsonElement of, string name) => of.GetProperty(name) is { ValueKind: JsonValueKind.String } value ? value.GetDateTimeOffset().UtcDateTime.ToString("u", CultureInfo.InvariantCulture) : "-";

    private static string Figure(JsonElement of, string name) => of.GetProperty(name) is { ValueKind: JsonValueKind.Number } value ? value.GetDouble().ToString("G4", CultureInfo.InvariantCulture) : "-";

    internal static void Section(string title, JsonElement list, TextWriter output, Func<JsonElement, IEnumerable<string>> lines)
    {
        if (list.GetArrayLength() == 0)
        {
            return;
        }

        output.WriteLine($"{title}:");
        foreach (var line in list.EnumerateArray().SelectMany(lines))
        {
            output.WriteLine($"  {line}");
        }
    }
}
