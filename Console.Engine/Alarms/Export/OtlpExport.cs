using Microsoft.Extensions.Hosting;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;
using OpsConsole.Engine.Journal;

namespace OpsConsole.Engine.Alarms.Export;

/// <summary>
/// Sends the console's own metrics and traces by OTLP. Off unless <c>OTEL_EXPORTER_OTLP_ENDPOINT</c> says where to; protocol, headers and time-outs come from the
/// other variables of that standard.
/// </summary>
public sealed class OtlpExport : IHostedService, IDisposable
{
    public const string Variable = "OTEL_EXPORTER_OTLP_ENDPOINT";

    private readonly bool _on = Environment.GetEnvironmentVariable(Variable) is { Length: > 0 };
    private MeterProvider? _meters;
    private TracerProvider? _traces;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        if (_on)
        {
            var resource = ResourceBuilder.CreateDefault().AddService("opsconsole");
            _meters = Sdk.CreateMeterProviderBuilder().SetResourceBuilder(resource).AddMeter(EngineMeter.Name).AddOtlpExporter().Build();
            _traces = Sdk.CreateTracerProviderBuilder().SetResourceBuilder(resource).AddSource(EngineMeter.Name).AddOtlpExporter().Build();
        }

        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        Dispose();
        return Task.CompletedTask;
    }

    /// <summary>What was measured last is sent on the way out.</summary>
    public void Dispose()
    {
        _meters?.Dispose();
        _traces?.Dispose();
        (_meters, _traces) = (null, null);
    }
}
