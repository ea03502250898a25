using System.Diagnostics.Metrics;
using System.Globalization;
using System.Text.Json;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpsConsole.Engine.Alarms.Ingest;
using OpsConsole.Engine.Alarms.Ingest.Wire;
using Xunit.Abstractions;
using MetricPoint = OpsConsole.Engine.Alarms.Ingest.MetricPoint;

namespace OpsConsole.Tests.Alarms.Ingest;

/// <summary>OTLP in protobuf is held to OTLP in JSON: the same metrics sent both ways become the same points.</summary>
public sealed class OtlpWireTests(ITestOutputHelper output)
{
    private const ulong At = 1_767_614_400_000_000_000;
    private static readonly DateTimeOffset Now = new(2026, 1, 5, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Metrics_sent_both_ways_become_the_same_points()
    {
        var seed = int.TryParse(Environment.GetEnvironmentVariable("OPSCONSOLE_SEED"), CultureInfo.InvariantCulture, out var given) ? given : Guid.NewGuid().GetHashCode();
        output.WriteLine($"seed {seed}: OPSCONSOLE_SEED={seed} runs it again");
        var (random, one, other) = (new Random(seed), new CumulativeTotals(), new CumulativeTotals());
        var points = 0;
        for (var round = 0; round < 200; round++)
        {
            var (json, wire) = Message(random);
            var (fromJson, fromWire) = (Read(JsonDocument.Parse(json), one), Read(OtlpWire.Read(wire), other));
            Assert.Equal(fromJson.Points.Select(Say), fromWire.Points.Select(Say));
            Assert.Equal(fromJson.Skipped.AsEnumerable(), fromWire.Skipped.AsEnumerable());
            points += fromJson.Points.Count;
        }

        Assert.True(points > 200, $"only {points} points were compared");
    }

    /// <summary>Whatever comes: it is read or refused with a typed error, and never leads anywhere else.</summary>
    [Fact]
    public void Broken_messages_are_refused_and_nothing_else_happens()
    {
        var seed = int.TryParse(Environment.GetEnvironmentVariable("OPSCONSOLE_SEED"), CultureInfo.InvariantCulture, out var given) ? given : Guid.NewGuid().GetHashCode();
        output.WriteLine($"seed {seed}: OPSCONSOLE_SEED={seed} runs it again");
        var (random, refused) = (new Random(seed), 0);
        for (var round = 0; round < 4_000; round++)
        {
            var bytes = round % 4 == 0 ? new byte[random.Next(64)] : Message(random).Wire;
            if (round % 4 == 0)
            {
                random.NextBytes(bytes);
            }

            for (var i = random.Next(4); i > 0 && bytes.Length > 0; i--)
            {
                bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            }

            try
            {
                Read(OtlpWire.Read(bytes.AsSpan(0, random.Next(3) == 0 ? random.Next(bytes.Length + 1) : bytes.Length)), new());
            }
            catch (FormatException)
            {
                refused++;
            }
        }

        output.WriteLine($"{refused} of 4000 refused");
        Assert.InRange(refused, 100, 3_999);
    }

    [Fact]
    public void Limits_hold_and_each_fault_has_its_words()
    {
        byte[] longVarint = [8, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 1];
        (byte[] Bytes, string Words)[] wrong =
        [
            ([10, 200, 1], "too early"),
            (longVarint, "longer than ten bytes"),
            ([0, 0], "the number 0"),
            ([11], "which is not read"),
            (new ProtoText().Number(1, 5).Bytes, "should have a length"),
            (Metric(new ProtoText().Inner(1, [0xff, 0xfe])), "no UTF-8"),
            (Metric(new ProtoText().Text(1, "h").Inner(9, new ProtoText().Inner(1, new ProtoText().Inner(6, [1, 2, 3])))), "numbers of eight"),
            (Metric(new ProtoText().Text(1, "g").Inner(5, new ProtoText().Inner(1, new ProtoText().Number(4, 1)))), "eight bytes"),
            (Metric(new ProtoText().Inner(5, new ProtoText())), "no name"),
            ([.. Enumerable.Repeat<byte[]>([10, 0], OtlpWire.MostMessages + 1).SelectMany(bytes => bytes)], "too many messages"),
        ];
        Assert.All(wrong, one => Assert.Contains(one.Words, Assert.Throws<FormatException>(() => Read(OtlpWire.Read(one.Bytes), new())).Message, StringComparison.Ordinal));
        Assert.Empty(Read(OtlpWire.Read([]), new()).Points);
    }

    /// <summary>What the SDK's own exporter writes, byte for byte as it leaves it.</summary>
    [Fact]
    public void What_the_sdk_exports_is_read()
    {
        using var sent = new Sent();
        using var meter = new Meter("signals.test");
        using (var provider = Sdk.CreateMeterProviderBuilder()
            .SetResourceBuilder(ResourceBuilder.CreateEmpty().AddService("web").AddAttributes([new("cloud.region", "eu"), new("host.name", "h1")]))
            .AddMeter(meter.Name)
            .AddView("wait", new ExplicitBucketHistogramConfiguration { Boundaries = [0.1, 0.2] })
            .AddOtlpExporter((exporter, reader) =>
            {
                exporter.Protocol = OtlpExportProtocol.HttpProtobuf;
                exporter.Endpoint = new("http://127.0.0.1:9/v1/metrics");
                exporter.HttpClientFactory = () => new HttpClient(sent, disposeHandler: false);
                reader.TemporalityPreference = MetricReaderTemporalityPreference.Delta;
                reader.PeriodicExportingMetricReaderOptions.ExportIntervalMilliseconds = 3_600_000;
            })
            .Build())
        {
            meter.CreateCounter<long>("orders").Add(7, new KeyValuePair<string, object?>("operation", "put"));
            meter.CreateObservableGauge("depth", () => 2.5);
            var wait = meter.CreateHistogram<double>("wait", "s");
            wait.Record(0.15);
            wait.Record(0.15);
            Assert.True(provider.ForceFlush(10_000));
        }

        var points = sent.Bodies.SelectMany(body => Read(OtlpWire.Read(body), new()).Points).DistinctBy(point => point.Stream).Select(Short).Order(StringComparer.Ordinal);
        Assert.Equal(["depth{service=web,region=eu,host=h1}=2.5x1", "orders{service=web,region=eu,host=h1,operation=put}=7x1", "wait-ms{service=web,region=eu,host=h1}=150x2"], points);
    }

    private static byte[] Metric(ProtoText metric) => new ProtoText().Inner(1, new ProtoText().Inner(2, new ProtoText().Inner(2, metric))).Bytes;

    private static string Short(MetricPoint point) => FormattableString.Invariant($"{point.Stream}={point.Value:0.###}x{point.Count}");

    private static string Say(MetricPoint point) => FormattableString.Invariant($"{point.Stream}={point.Value:R}x{point.Count}@{point.At.Ticks}");

    private static OtlpMetrics Read(JsonDocument document, CumulativeTotals totals)
    {
        using (document)
        {
            var reader = new OtlpMetrics(totals, Now);
            reader.Read(document.RootElement);
            return reader;
        }
    }

    /// <summary>A message of some metrics, in both forms; fields of protobuf in any order, with some that are not read.</summary>
    private static (string Json, byte[] Wire) Message(Random random)
    {
        List<object> metrics = [];
        var scope = new ProtoText();
        for (var i = random.Next(1, 5); i > 0; i--)
        {
            var (name, unit, kind) = ($"m.{random.Next(4)}", random.Next(2) == 0 ? "s" : "1", random.Next(4));
            var cumulative = random.Next(2) + 1;
            List<Dictionary<string, object>> jsonPoints = [];
            var data = new ProtoText();
            if (kind is 1 or 2 && random.Next(2) == 0)
            {
                data.Number(2, (ulong)cumulative);
            }
            else
            {
                cumulative = 0;
            }

            for (var p = random.Next(4); p > 0; p--)
            {
                var (host, time) = ($"h{random.Next(3)}", At + ((ulong)random.Next(100) * 1_000_000_000));
                var point = new ProtoText().Number(99, 5);
                Dictionary<string, object> json = new() { ["timeUnixNano"] = time.ToString(CultureInfo.InvariantCulture), ["startTimeUnixNano"] = "5", ["attributes"] = new[] { Attribute("host", host), Attribute("colour", "red") } };
                void Attributes(int field) => point.Inner(field, Wire("host", host)).Inner(field, Wire("colour", "red")).Fixed(3, time).Fixed(2, 5);
                if (kind == 2)
                {
                    ulong[] counts = [(ulong)random.Next(9), (ulong)random.Next(9), (ulong)random.Next(9)];
                    (json["explicitBounds"], json["bucketCounts"]) = (new[] { 0.05, 0.5 }, counts.Select(count => count.ToString(CultureInfo.InvariantCulture)));
                    point.Packed(7, BitConverter.DoubleToUInt64Bits(0.05), BitConverter.DoubleToUInt64Bits(0.5));
                    _ = random.Next(2) == 0 ? point.Packed(6, counts) : counts.Aggregate(point, (text, count) => text.Fixed(6, count));
                    Attributes(9);
                }
                else if (random.Next(2) == 0)
                {
                    var whole = random.NextInt64(-5, 1_000_000);
                    json["asInt"] = whole.ToString(CultureInfo.InvariantCulture);
                    Attributes(7);
                    point.Fixed(6, (ulong)whole);
                }
                else
                {
                    var real = random.Next(10) == 0 ? double.NaN : random.NextDouble() * 1e6;
                    json["asDouble"] = double.IsNaN(real) ? "NaN" : real;
                    point.Real(4, real);
                    Attributes(7);
                }

                jsonPoints.Add(json);
                data.Inner(1, point);
            }

            var (word, number) = kind switch { 0 => ("gauge", 5), 1 => ("sum", 7), 2 => ("histogram", 9), _ => ("summary", 11) };
            metrics.Add(new Dictionary<string, object> { ["name"] = name, ["unit"] = unit, [word] = new { aggregationTemporality = cumulative, dataPoints = jsonPoints } });
            scope.Inner(2, new ProtoText().Inner(number, data).Text(3, unit).Text(2, "what it is").Text(1, name));
        }

        var request = new { resourceMetrics = new[] { new { resource = new { attributes = new[] { Attribute("service.name", "web") } }, scopeMetrics = new[] { new { metrics } } } } };
        return (JsonSerializer.Serialize(request), new ProtoText().Inner(1, new ProtoText().Inner(2, scope).Inner(1, new ProtoText().Inner(1, Wire("service.name", "web")))).Bytes);
    }

    private static object Attribute(string key, string value) => new { key, value = new { stringValue = value } };

    private static ProtoText Wire(string key, string value) => new ProtoText().Text(1, key).Inner(2, new ProtoText().Text(1, value));

    private sealed class Sent : HttpMessageHandler
    {
        public List<byte[]> Bodies { get; } = [];

        protected override HttpResponseMessage Send(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            using var body = new MemoryStream();
            request.Content!.CopyTo(body, null, cancellationToken);
            Bodies.Add(body.ToArray());
            return new(System.Net.HttpStatusCode.OK);
        }

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) => Task.FromResult(Send(request, cancellationToken));
    }
}
