using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using OpsConsole.Web.Cli;

namespace OpsConsole.Web.Alarms;

/// <summary><c>metric list|streams|query|send</c>.</summary>
internal static class MetricVerbs
{
    public static Command Create() => new("metric", "Numbers in time: what is measured and what it shows.") { List(), Streams(), Ask(), Send() };

    private static ClientVerb List() =>
        new("list", "Names of all metrics, and how full the store is.", (console, _, cancel) => console.GetAsync("metrics", cancel), (answer, output) =>
        {
            foreach (var metric in answer.GetProperty("metrics").EnumerateArray())
            {
                output.WriteLine(metric.GetString());
            }

            Table.Members(answer.GetProperty("store"), output);
        });

    private static ClientVerb Streams()
    {
        var metric = new Option<string?>("--metric") { Description = "Only this metric's." };
        return new ClientVerb("streams", "Streams, the first thousand by name.", (console, parsed, cancel) => console.GetAsync($"metrics/streams{Query.Of(("metric", parsed.GetValue(metric)))}", cancel), (answer, output) =>
        {
            foreach (var stream in answer.EnumerateArray())
            {
                output.WriteLine(stream.GetString());
            }
        }).With(metric);
    }

    private static ClientVerb Ask()
    {
        var streams = new Argument<string>("streams") { Description = "Such as 'requests{service=web}'." };
        var statistic = new Option<string?>("--statistic") { Description = "average, sum, minimum, maximum, samples, or p99 and the like." };
        var period = new Option<int?>("--period") { Description = "Seconds of each point." };
        var minutes = new Option<int?>("--minutes") { Description = "How far back." };
        var by = new Option<string?>("--by") { Description = "A dimension: a line for each of its values." };
        return new ClientVerb(
            "query",
            "One line, or one for each value of a dimension.",
            (console, parsed, cancel) => console.GetAsync($"metrics/query{Query.Of(("streams", parsed.GetValue(streams)), ("statistic", parsed.GetValue(statistic)), ("periodSeconds", parsed.GetValue(period)), ("minutes", parsed.GetValue(minutes)), ("by", parsed.GetValue(by)))}", cancel),
            Write).With(streams, statistic, period, minutes, by);
    }

    private static ClientVerb Send()
    {
        var stream = new Argument<string>("stream") { Description = "Such as 'requests{service=web}'." };
        var value = new Argument<double>("value") { Description = "The number." };
        return new ClientVerb("send", "Hands one number in, as of now.", (console, parsed, cancel) => console.PostAsync("metrics", new MetricApi.PointsBody([new(parsed.GetValue(stream)!, parsed.GetValue(value))]), cancel), Table.Members).With(stream, value);
    }

    private static void Write(JsonElement answer, TextWriter output)
    {
        var times = answer.GetProperty("times").EnumerateArray().ToArray();
        foreach (var line in answer.GetProperty("lines").EnumerateArray())
        {
            output.WriteLine($"{answer.GetProperty("statistic")} of {line.GetProperty("name").GetString()} ({line.GetProperty("streams")} streams)");
            foreach (var (time, value) in times.Zip(line.GetProperty("values").EnumerateArray()))
            {
                output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {time.GetDateTimeOffset():HH:mm:ss}  {(value.ValueKind == JsonValueKind.Null ? "-" : value.GetDouble().ToString("0.####", CultureInfo.InvariantCulture))}"));
            }
        }
    }
}
