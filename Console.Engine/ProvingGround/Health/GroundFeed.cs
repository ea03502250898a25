using OpsConsole.Domain.Alarms.Streams;
using OpsConsole.Engine.Alarms.Streams;
using OpsConsole.Engine.ProvingGround.Measures;
using OpsConsole.Engine.ProvingGround.Supervision;

namespace OpsConsole.Engine.ProvingGround.Health;

/// <summary>Hands what is seen of the ground to the metric store, second by second and host by host.</summary>
public sealed class GroundFeed(IMetricSink sink, GroundSupervisor supervisor)
{
    private const string Service = "web";

    /// <summary>What the router saw of customers in one second, at one host.</summary>
    internal void Customers(TrafficSecond second)
    {
        if (Of(StreamNames.Requests, second.Host) is not { } requests)
        {
            return;
        }

        var (at, failed) = (At(second.Second), second.Failed + second.None);
        sink.Add(requests, second.Good + failed, at);
        sink.Add(requests with { Metric = StreamNames.Errors }, failed, at);
        Latency(requests with { Metric = StreamNames.RequestMs }, second, at);
    }

    /// <summary>One health check.</summary>
    internal void Check(string host, bool answered, DateTimeOffset at)
    {
        if (Of(StreamNames.Healthy, host) is { } stream)
        {
            sink.Add(stream, answered ? 1 : 0, at);
        }
    }

    /// <summary>What the probe got in one second, at one host.</summary>
    internal void Probe(TrafficSecond second)
    {
        if (Of(StreamNames.ProbeRight, second.Host) is not { } right)
        {
            return;
        }

        var (at, wrong) = (At(second.Second), second.Failed + second.None);
        if (second.Good > 0)
        {
            sink.Add(right, 1, at, second.Good);
        }

        if (wrong > 0)
        {
            sink.Add(right, 0, at, wrong);
        }

        Latency(right with { Metric = StreamNames.ProbeMs }, second, at);
    }

    private void Latency(MetricStream stream, TrafficSecond second, DateTimeOffset at)
    {
        for (var i = 0; i + 1 < second.Latency.Length; i += 2)
        {
            sink.Add(stream, LatencyBuckets.UpperMs(second.Latency[i]), at, second.Latency[i + 1]);
        }
    }

    private MetricStream? Of(string metric, string host) =>
        supervisor.Plan is { } plan && plan.Hosts.FirstOrDefault(one => one.Id == host) is { } found
            ? new MetricStream(metric) { Service = found.Validator ? $"{Service}-validator" : Service, Partition = plan.Partition, Region = plan.Region, Az = found.Az, Host = host }
            : null;

    private static DateTimeOffset At(long second) => DateTimeOffset.FromUnixTimeSeconds(second);
}
