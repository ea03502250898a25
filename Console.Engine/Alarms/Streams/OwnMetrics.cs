using System.Diagnostics.Metrics;
using Microsoft.Extensions.Hosting;
using OpsConsole.Domain.Alarms.Streams;
using OpsConsole.Engine.Journal;

namespace OpsConsole.Engine.Alarms.Streams;

/// <summary>Takes what the engine measures of itself into the store, so that the console can be alarmed about like any service.</summary>
public sealed class OwnMetrics : IHostedService, IDisposable
{
    private readonly MeterListener _listener = new();

    public OwnMetrics(IMetricSink sink, TimeProvider clock)
    {
        var streams = new Dictionary<string, MetricStream>(StringComparer.Ordinal)
        {
            ["opsconsole.tick.duration"] = Of(StreamNames.TickMs),
            ["opsconsole.journal.commit.duration"] = Of(StreamNames.CommitMs),
            ["opsconsole.commands"] = Of(StreamNames.Commands),
            ["opsconsole.refusals"] = Of(StreamNames.Refusals),
        };
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name == EngineMeter.Name && streams.TryGetValue(instrument.Name, out var stream))
            {
                listener.EnableMeasurementEvents(instrument, stream);
            }
        };
        _listener.SetMeasurementEventCallback<double>((_, value, _, stream) => sink.Add((MetricStream)stream!, value, clock.GetUtcNow()));
        _listener.SetMeasurementEventCallback<long>((_, value, _, stream) => sink.Add((MetricStream)stream!, value, clock.GetUtcNow()));
    }

    public Task StartAsync(CancellationToken cancellationToken)
    {
        _listener.Start();
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        _listener.Dispose();
        return Task.CompletedTask;
    }

    public void Dispose() => _listener.Dispose();

    private static MetricStream Of(string metric) => new(metric) { Service = StreamNames.Console };
}
