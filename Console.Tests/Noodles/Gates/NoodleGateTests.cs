using System.Collections.Immutable;
using OpsConsole.Domain.Alarms;
using OpsConsole.Domain.Noodles.Running;
using OpsConsole.Engine.Noodles;
using OpsConsole.Engine.Noodles.Book;
using OpsConsole.Engine.Noodles.Gates;
using OpsConsole.Tests.World;

namespace OpsConsole.Tests.Noodles.Gates;

/// <summary>Behaviour tests as a gate: what was run before the hosts were changed is no evidence, and a test that broke is no verdict.</summary>
public sealed class NoodleGateTests : IDisposable
{
    private static readonly Gate Gate = new("behaviour", GateQuery.Metric) { Query = new(GateQuery.Noodles, "validator: @canary"), Max = 0, MinSamples = 2 };
    private static readonly GatePlace Place = new("web", "p", "r1", ["r1a"]);
    private readonly ManualClock _clock = new();
    private readonly FakeRunner _runner;
    private readonly NoodleGateReader _reader;

    public NoodleGateTests()
    {
        _runner = new(_clock);
        _reader = new(_runner, new NoodleTargets([new OneTarget()], "/nowhere/targets.json"), _clock);
    }

    [Fact]
    public async Task Only_a_run_after_the_last_change_counts()
    {
        Assert.Equal(Verdict.Missing, Judge(changed: _clock.GetUtcNow()));
        await _reader.RunAsync(CancellationToken.None);
        Assert.Equal(("@canary", "world/validator"), _runner.Ran);
        Assert.Equal(Verdict.Ok, Judge(changed: _clock.GetUtcNow()));

        _clock.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal(Verdict.Missing, Judge(changed: _clock.GetUtcNow()));
        _runner.Fails = NoodleBlame.Target;
        await _reader.RunAsync(CancellationToken.None);
        Assert.Equal(Verdict.Bad, Judge(changed: _clock.GetUtcNow()));
    }

    [Fact]
    public async Task What_the_target_failed_is_bad_and_named_and_what_a_test_broke_is_an_error()
    {
        Judge(changed: _clock.GetUtcNow());
        _runner.Fails = NoodleBlame.Target;
        await _reader.RunAsync(CancellationToken.None);
        var bad = Read(_clock.GetUtcNow());
        Assert.Equal(1, bad.Value);
        Assert.Contains("'second' at 'Then it is right': 404", bad.Detail, StringComparison.Ordinal);

        _clock.Advance(NoodleGateReader.Round);
        _runner.Fails = NoodleBlame.Test;
        await _reader.RunAsync(CancellationToken.None);
        Assert.Equal(Verdict.Error, Judge(changed: _clock.GetUtcNow()));
    }

    [Fact]
    public async Task A_run_grows_old_and_is_not_repeated_once_nobody_reads_it()
    {
        Judge(changed: _clock.GetUtcNow());
        await _reader.RunAsync(CancellationToken.None);
        var changed = _clock.GetUtcNow();
        _clock.Advance(NoodleGateReader.Fresh + TimeSpan.FromSeconds(1));
        await _reader.RunAsync(CancellationToken.None);
        Assert.Equal(1, _runner.Runs);
        Assert.Equal(Verdict.Missing, Judge(changed));
    }

    [Fact]
    public async Task Where_no_host_was_changed_yet_the_newest_run_counts_while_it_is_fresh()
    {
        Verdict Look() => GateJudge.Judge(Gate, "r1", new HealthWindow(_clock.GetUtcNow(), _clock.GetUtcNow(), [_reader.Read(Gate, Place, _clock.GetUtcNow() - TimeSpan.FromSeconds(2), _clock.GetUtcNow(), null)]), []).Verdict;

        Assert.Equal(Verdict.Missing, Look());
        await _reader.RunAsync(CancellationToken.None);
        _clock.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal(Verdict.Ok, Look());

        _clock.Advance(NoodleGateReader.Fresh);
        Assert.Equal(Verdict.Missing, Look());
    }

    [Fact]
    public async Task A_gate_that_is_read_seldom_is_known_at_each_reading()
    {
        var window = TimeSpan.FromMinutes(15);
        var changed = _clock.GetUtcNow();
        _clock.Advance(window);
        Read(changed);
        for (var minute = 0; minute < 15; minute++)
        {
            await _reader.RunAsync(CancellationToken.None);
            _clock.Advance(TimeSpan.FromMinutes(1));
        }

        Assert.Equal(Verdict.Ok, Judge(changed));
        Assert.InRange(_runner.Runs, 4, 15);
    }

    [Theory]
    [InlineData("@canary", "TARGET: TAGS")]
    [InlineData("mars: @canary", "no target 'mars'")]
    public void A_query_that_leads_nowhere_is_an_error_in_words(string query, string says) =>
        Assert.Contains(says, _reader.Read(Gate with { Query = new(GateQuery.Noodles, query) }, Place, _clock.GetUtcNow(), _clock.GetUtcNow(), null).Failure, StringComparison.Ordinal);

    public void Dispose() => _reader.Dispose();

    private Reading Read(DateTimeOffset changed) => _reader.Read(Gate, Place, changed, _clock.GetUtcNow(), changed);

    private Verdict Judge(DateTimeOffset changed) => GateJudge.Judge(Gate, "r1", new HealthWindow(changed, _clock.GetUtcNow(), [Read(changed)]), []).Verdict;

    private sealed class OneTarget : INoodleTargets
    {
        public ImmutableArray<NoodleTarget> Targets => [new("world/validator", new Uri("http://127.0.0.1:1"), "r1", []) { Vantage = "validator" }];
    }

    private sealed class FakeRunner(ManualClock clock) : INoodleRunner
    {
        public (string Tags, string Target) Ran { get; private set; }

        public int Runs { get; private set; }

        public NoodleBlame Fails { get; set; } = NoodleBlame.None;

        public Task<NoodleRunResult> RunAsync(NoodleSelection selection, NoodleTarget target, NoodleRunOptions options, CancellationToken cancel)
        {
            (Ran, Runs) = ((selection.Tags, target.Name), Runs + 1);
            return Task.FromResult(new NoodleRunResult("run", target.Name, selection.Tags, clock.GetUtcNow(), TimeSpan.Zero, [Scenario("first", NoodleBlame.None), Scenario("second", Fails)]));
        }

        private ScenarioResult Scenario(string name, NoodleBlame blame)
        {
            var status = blame == NoodleBlame.None ? StepStatus.Passed : StepStatus.Failed;
            return new(name, "f", name, [], status, blame, clock.GetUtcNow(), TimeSpan.Zero, 1, [new("Then ", "it is right", 1, status, TimeSpan.Zero, status == StepStatus.Failed ? "404" : "", [])]);
        }
    }
}
