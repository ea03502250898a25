using System.Globalization;
using System.Text.Json;

namespace OpsConsole.Web.Rollouts.Preview;

/// <summary>Forecasts, replays and comparisons in words, for a terminal.</summary>
internal static class ForecastPrinter
{
    public static void Write(JsonElement forecast, TextWriter output)
    {
        output.WriteLine($"Expected: {Time(forecast, "start")} to {Time(forecast, "end")}, with all bakes extended {Time(forecast, "late")}.");
        if (Text(forecast, "asks") is { Length: > 0 } asks)
        {
            output.WriteLine($"  It asks a person: {asks}");
        }

        var worst = forecast.GetProperty("worst");
        output.WriteLine($"  At worst {worst.GetProperty("exposed")} hosts on it and not yet baked, {worst.GetProperty("out")} out of service ({Percent(worst, "outOfAz")} of an AZ, {Percent(worst, "outOfRegion")} of a region, {Percent(worst, "outOfAll")} of all).");
        RolloutPrinter.Section("Stages", forecast.GetProperty("stages"), output, stage => [$"{Text(stage, "name")}: {Time(stage, "opens")} to {Time(stage, "end")}{(stage.GetProperty("approval") is { ValueKind: JsonValueKind.Object } approval ? $", asks {Text(approval, "who")} at {Time(approval, "asked")}" : "")}"]);
        RolloutPrinter.Section($"Held by the calendar, {forecast.GetProperty("holdCount")} times", forecast.GetProperty("holds"), output, hold => [$"{Text(hold, "region")} {Text(hold, "az")}: {Time(hold, "from")} to {Time(hold, "to")}, {Text(hold, "why")}"]);
        RolloutPrinter.Section("It rests on", forecast.GetProperty("assumptions"), output, one => [one.GetString()!]);
    }

    public static void WriteUnderWay(JsonElement answer, TextWriter output)
    {
        output.WriteLine($"Foreseen at its start: until {Time(answer.GetProperty("planned"), "end")}.");
        if (answer.GetProperty("now") is { ValueKind: JsonValueKind.Object } now)
        {
            Write(now, output);
        }
        else
        {
            output.WriteLine($"No forecast: {Text(answer, "whyNot")}");
        }

        RolloutPrinter.Section("Batches", answer.GetProperty("difference").GetProperty("batches"), output, batch => [$"{Text(batch, "region")} {Text(batch, "az")} batch {batch.GetProperty("index").GetInt32() + 1}: foreseen {Time(batch, "foreseen")}, began {Time(batch, "began")}"]);
    }

    public static void WriteReplay(JsonElement answer, TextWriter output)
    {
        output.WriteLine($"{Text(answer, "outcome")}: {Text(answer, "sentence")}{(answer.GetProperty("sure").GetBoolean() ? "" : " Not sure: see the notes.")}");
        RolloutPrinter.Section("Gates", answer.GetProperty("gates"), output, gate => [$"{Text(gate, "gate")}: {gate.GetProperty("ok")} ok, {gate.GetProperty("bad")} bad, {gate.GetProperty("missing")} missing, {gate.GetProperty("error")} error, {gate.GetProperty("unknown")} unknown"]);
        RolloutPrinter.Section("Bakes", answer.GetProperty("bakes"), output, bake => [$"{Text(bake, "region")} batch {bake.GetProperty("batch")} in {Text(bake, "az")}: lasted {Text(bake, "was")}, the policy asks for {Text(bake, "wants")} {Text(bake, "lacking")}"]);
        RolloutPrinter.Section("Notes", answer.GetProperty("notes"), output, note => [note.GetString()!]);
    }

    public static void WriteComparison(JsonElement answer, TextWriter output)
    {
        foreach (var side in new[] { answer.GetProperty("one"), answer.GetProperty("other") })
        {
            var (story, split) = (side.GetProperty("story"), side.GetProperty("story").GetProperty("split"));
            var found = story.GetProperty("detected") is { ValueKind: JsonValueKind.Object } detected ? $"; found bad at {Time(detected, "at")} with {detected.GetProperty("exposed")} hosts exposed" : "";
            output.WriteLine($"{Text(side, "id")}: {Text(side, "release")} by {Text(side, "pipeline")}, {Text(side, "status")} after {Text(side, "took")}, {side.GetProperty("reached")} of {side.GetProperty("hosts")} hosts{found}");
            output.WriteLine($"  active {Text(split, "active")}, baking {Text(split, "bake")}, waiting {Text(split, "waiting")}");
        }

        RolloutPrinter.Section("The second plan differs", answer.GetProperty("planChanges"), output, one => [one.GetString()!]);
    }

    private static string Text(JsonElement of, string name) => RolloutPrinter.Text(of, name);

    private static string Time(JsonElement of, string name) => RolloutPrinter.Time(of, name);

    private static string Percent(JsonElement of, string name) => of.GetProperty(name).GetDouble().ToString("0.#%", CultureInfo.InvariantCulture);
}
