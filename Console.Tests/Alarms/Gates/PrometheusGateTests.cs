using System.Diagnostics;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OpsConsole.Domain.Alarms;
using OpsConsole.Domain.Rollouts;
using OpsConsole.Engine.Alarms.Gates;
using OpsConsole.Engine.Alarms.Prometheus;
using OpsConsole.Tests.Scenarios;

namespace OpsConsole.Tests.Alarms.Gates;

/// <summary>A rollout gated by a real Prometheus, which is stopped while the rollout bakes and started again.</summary>
[Trait("Category", "Integration")]
public sealed class PrometheusGateTests : IAsyncLifetime
{
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(200);

    private readonly string _folder = Directory.CreateTempSubdirectory("prometheus").FullName;
    private readonly int _port = World.ConsoleProcess.FreePort();
    private readonly PrometheusClient _client = new();
    private WebApplication _target = null!;
    private PrometheusReader _reader = null!;
    private Process? _process;

    public async Task InitializeAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        _target = builder.Build();
        _target.Urls.Add("http://127.0.0.1:0");
        _target.MapGet("/metrics", () => Results.Text("# TYPE web_error_share gauge\nweb_error_share{region=\"eu\",az=\"eua\"} 0.001\nweb_error_share{region=\"us\",az=\"usa\"} 0.9\n", "text/plain; version=0.0.4"));
        await _target.StartAsync();
        await File.WriteAllTextAsync(Path.Combine(_folder, "prometheus.yml"), $$"""
            global: { scrape_interval: 1s, scrape_timeout: 1s }
            scrape_configs:
              - job_name: web
                static_configs: [{ targets: ["{{new Uri(_target.Urls.First()).Authority}}"] }]
            """);
        await File.WriteAllTextAsync(Path.Combine(_folder, SourceFile.Name), $$"""{ "prometheus": { "url": "http://127.0.0.1:{{_port}}", "timeoutMs": 2000 } }""");
        _reader = new PrometheusReader(new SourceFile(Path.Combine(_folder, SourceFile.Name)), _client, TimeProvider.System);
        await _reader.StartAsync(CancellationToken.None);
        Start();
    }

    public async Task DisposeAsync()
    {
        Stop();
        await _reader.StopAsync(CancellationToken.None);
        _reader.Dispose();
        _client.Dispose();
        await _target.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task A_stopped_Prometheus_blocks_as_missing_and_the_rollout_goes_on_when_it_is_back()
    {
        var gate = new Gate("errors", GateQuery.Metric) { Query = new("prometheus", "max(web_error_share{region=\"{{region}}\"})"), Max = 0.01, Missing = NoDataPolicy.Block };
        using var pace = new PeriodicTimer(Step);
        var bake = new Bake(TimeSpan.FromSeconds(9), 0, TimeSpan.FromMinutes(1));
        var scenario = await SmallFleet.StartedAsync(
            before: one =>
            {
                one.Clock.Advance(TimeProvider.System.GetUtcNow() - one.Clock.GetUtcNow());
                one.Pace = async () => await pace.WaitForNextTickAsync();
            },
            change: pipeline => pipeline with { Gates = [gate], Stages = [new("all", StageHosts.Regions) { Regions = ["eu"], OneBox = bake }] },
            services: services => services.AddSingleton<IGateReader>(_reader));

        await scenario.UntilAsync(() => scenario.Run().Phase == RunPhase.Baking && Last(scenario) == Verdict.Ok, TimeSpan.FromSeconds(40));
        Stop();
        await scenario.UntilAsync(() => Last(scenario) == Verdict.Missing, TimeSpan.FromSeconds(20));
        await scenario.ForAsync(TimeSpan.FromSeconds(10));
        Assert.Equal((RunPhase.Baking, RolloutStatus.Running, Verdict.Missing), (scenario.Run().Phase, scenario.Rollout().Status, Last(scenario)));
        Assert.Null(scenario.Run().Halt);
        Assert.Single(scenario.Run().Confirmed);
        Assert.Contains("prometheus: it could not be reached", RunWait.Of(scenario.Run(), RunDecider.Input(scenario.States, "eu", "r1", null, scenario.Clock.GetUtcNow()))!.What, StringComparison.Ordinal);

        Start();
        await scenario.UntilAsync(() => scenario.Rollout().Ended, TimeSpan.FromSeconds(60));
        Assert.Equal(RolloutStatus.Completed, scenario.Rollout().Status);
        scenario.LawsHold();
    }

    private static Verdict? Last(Scenario scenario) => scenario.Run().Gates.GetValueOrDefault("errors") is { Last: { IsEmpty: false } last } ? last[^1] : null;

    private void Start() =>
        _process = Process.Start(new ProcessStartInfo("prometheus", [$"--config.file={Path.Combine(_folder, "prometheus.yml")}", $"--storage.tsdb.path={Path.Combine(_folder, "data")}", $"--web.listen-address=127.0.0.1:{_port}", "--log.level=error"]) { RedirectStandardError = true, RedirectStandardOutput = true, WorkingDirectory = _folder })!;

    private void Stop()
    {
        if (_process is { } process)
        {
            process.Kill();
            process.WaitForExit();
            process.Dispose();
            _process = null;
        }
    }
}
