using System.Text.Json;
using OpsConsole.Engine.Alarms.Ingest;

namespace OpsConsole.Tests.Alarms.Ingest;

public sealed class OtlpMetricsTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 5, 12, 0, 0, TimeSpan.Zero);

    private readonly CumulativeTotals _totals = new();

    [Fact]
    public void A_gauge_a_running_total_and_a_histogram_become_observations_with_their_dimensions()
    {
        var first = Read(Message(100, 4));
        Assert.Equal(["queue-length{service=web,region=eu,az=eu-1,host=h1}"], first.Points.Select(point => point.Stream.ToString()));
        var second = Read(Message(130, 9));
        Assert.Equal(
            ["queue-length=7x1", "requests=30x1", "http-server-request-duration-ms=75x5"],
            second.Points.Select(point => FormattableString.Invariant($"{point.Stream.Metric}={point.Value:0.###}x{point.Count}")));
        Assert.Equal("get", second.Points[2].Stream.Operation);

        // The sender began anew: what it counted since then is what came.
        Assert.Equal(5, Read(Message(5, 9)).Points.Single(point => point.Stream.Metric == "requests").Value);
    }

    [Fact]
    public void What_cannot_be_taken_is_named_and_what_is_no_message_refused()
    {
        var reader = Read("""{"resourceMetrics":[{"scopeMetrics":[{"metrics":[{"name":"a","summary":{"dataPoints":[]}},{"name":"b","gauge":{"dataPoints":[{"asDouble":1,"attributes":[{"key":"host","value":{"stringValue":"h 1"}}]}]}}]}]}]}""");
        Assert.Empty(reader.Points);
        Assert.Equal(2, reader.Skipped.Length);
        Assert.Throws<FormatException>(() => Read("{}"));
        Assert.Throws<FormatException>(() => Read("""{"resourceMetrics":[{"scopeMetrics":[{"metrics":[{"gauge":{}}]}]}]}"""));
        Assert.Throws<FormatException>(() => Read("""{"resourceMetrics":{}}"""));
    }

    private OtlpMetrics Read(string text)
    {
        using var document = JsonDocument.Parse(text);
        var reader = new OtlpMetrics(_totals, Now);
        reader.Read(document.RootElement);
        return reader;
    }

    private static string Message(int requests, int slow) => $$$"""
        {"resourceMetrics":[{"resource":{"attributes":[{"key":"service.name","value":{"stringValue":"web"}},{"key":"cloud.region","value":{"stringValue":"eu"}},{"key":"cloud.availability_zone","value":{"stringValue":"eu-1"}},{"key":"host.name","value":{"stringValue":"h1"}}]},
        "scopeMetrics":[{"metrics":[
          {"name":"queue.length","gauge":{"dataPoints":[{"timeUnixNano":"1767614400000000000","asInt":"7"}]}},
          {"name":"requests","sum":{"aggregationTemporality":2,"isMonotonic":true,"dataPoints":[{"startTimeUnixNano":"1","timeUnixNano":"1767614400000000000","asInt":"{{{requests}}}"}]}},
          {"name":"http.server.request.duration","unit":"s","histogram":{"aggregationTemporality":"AGGREGATION_TEMPORALITY_CUMULATIVE","dataPoints":[{"timeUnixNano":"1767614400000000000","explicitBounds":[0.05,0.1],"bucketCounts":["3","{{{slow}}}","0"],"attributes":[{"key":"http.route","value":{"stringValue":"get"}}]}]}}
        ]}]}]}
        """;
}
