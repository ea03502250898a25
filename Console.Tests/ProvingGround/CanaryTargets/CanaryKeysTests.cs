using OpsConsole.Domain.Canaries;
using OpsConsole.Domain.Canaries.Runs;
using OpsConsole.Engine.Canaries.Running;
using OpsConsole.Engine.Canaries.Targets;
using OpsConsole.Engine.ProvingGround.CanaryTargets;
using OpsConsole.Engine.ProvingGround.Hosting;
using OpsConsole.Engine.ProvingGround.Probing;
using OpsConsole.Tests.Canaries;
using OpsConsole.Tests.ProvingGround.Front;

namespace OpsConsole.Tests.ProvingGround.CanaryTargets;

/// <summary>Canaries' keys at the S3 front in this process: turns that meet, what they leave, what is found later.</summary>
public sealed class CanaryKeysTests : IAsyncLifetime
{
    private readonly CanaryKeySets _sets = new();
    private readonly HttpClient _http = GroundHttp.Make();
    private FrontHost _host = null!;
    private CanaryKeyCleaner _cleaner = null!;

    public async Task InitializeAsync()
    {
        _host = await FrontHost.StartAsync();
        _cleaner = new(_host.Client(_host.Accounts.Probe), () => _host.Address);
    }

    public async Task DisposeAsync()
    {
        _http.Dispose();
        await _host.DisposeAsync();
    }

    [Fact]
    public void Keys_are_of_one_attempt_by_canary_place_turn_and_attempt()
    {
        CanaryAttempt[] attempts = [Attempt(), Attempt(canary: "other"), Attempt(host: "h2"), Attempt(host: null), Attempt(run: "2-0-1"), Attempt(run: "1-0-2")];
        Assert.Equal(attempts.Length, attempts.Select(_sets.Take).Distinct().Count());
        Array.ForEach(attempts, attempt => attempt.Dispose());
    }

    [Fact]
    public async Task Forty_turns_of_one_canary_that_meet_all_pass_and_leave_nothing()
    {
        var script = new CanaryRun([new StoreScript(new NoOther(), _sets)], new FixedLag(), TimeProvider.System);
        var target = Target("h1");
        using var way = Way();
        var all = await Task.WhenAll(Enumerable.Range(1, 40).Select(turn => script.OnceAsync(Canary("store-answers"), target, way, turn, default, default)));

        Assert.All(all, result => Assert.True(result.State is RunState.Passed or RunState.Slow, $"{result.State} {result.Detail}"));
        Assert.NotEmpty(await _cleaner.FindAsync(ProbeScript.Bucket, CanaryKeySets.Prefix, default));
        Assert.Equal(40, await DeleteGivenAsync());
        Assert.Empty(await _cleaner.FindAsync(ProbeScript.Bucket, CanaryKeySets.Prefix, default));
    }

    [Fact]
    public async Task An_attempt_that_fails_gives_its_keys_back_as_well()
    {
        using var attempt = Attempt();
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();
        await new StoreScript(new NoOther(), _sets).DoAsync(attempt, cancelled.Token);

        Assert.NotEqual(RunState.Passed, attempt.State);
        Assert.True(_sets.Given.TryRead(out var set));
        Assert.False(_sets.IsTaken($"{set}/small"));
    }

    [Fact]
    public async Task Only_keys_with_the_prefix_are_found_and_deleted()
    {
        foreach (var path in new[] { "", "/canary-a-h1-1/small", "/canary-a-h1-1/big", "/canary-a-h1-10/small", "/h1/small" })
        {
            Assert.Equal(200, (await _host.SendAsync("PUT", $"/{ProbeScript.Bucket}{path}", key: _host.Accounts.Probe)).Status);
        }

        Assert.True(await _cleaner.DeleteAsync(ProbeScript.Bucket, await _cleaner.FindAsync(ProbeScript.Bucket, "canary-a-h1-1/", default), default));
        Assert.Equal(["canary-a-h1-10/small"], await _cleaner.FindAsync(ProbeScript.Bucket, CanaryKeySets.Prefix, default));
        Assert.Equal(2, (await _cleaner.FindAsync(ProbeScript.Bucket, "", default)).Length);
        Assert.Empty(await _cleaner.FindAsync("nowhere", "", default));
    }

    [Fact]
    public async Task A_front_door_that_does_not_answer_costs_nothing_but_a_later_look()
    {
        var nobody = new CanaryKeyCleaner(_host.Client(), () => new Uri("http://127.0.0.1:1"));
        Assert.Empty(await nobody.FindAsync("probe", "", default));
        Assert.False(await nobody.DeleteAsync("probe", ["a"], default));
    }

    [Fact]
    public void A_key_is_a_leftover_when_it_was_there_all_the_time_and_no_sooner()
    {
        var keys = new LeftoverKeys(TimeSpan.FromMinutes(7));
        Assert.Empty(keys.Look(["old", "brief"], TimeSpan.Zero));
        Assert.Empty(keys.Look(["old"], TimeSpan.FromMinutes(3)));
        Assert.Empty(keys.Look(["old", "brief"], TimeSpan.FromMinutes(6.9)));
        Assert.Equal(["old"], keys.Look(["old", "brief"], TimeSpan.FromMinutes(7)));
        Assert.Equal(["brief", "old"], keys.Look(["old", "brief"], TimeSpan.FromMinutes(14)).Order());
    }

    private async Task<int> DeleteGivenAsync()
    {
        var sets = 0;
        for (; _sets.Given.TryRead(out var set); sets++)
        {
            Assert.True(await _cleaner.DeleteAsync(ProbeScript.Bucket, await _cleaner.FindAsync(ProbeScript.Bucket, set + "/", default), default));
        }

        return sets;
    }

    private HttpMessageInvoker Way() => new(new SigningWay(PlainHttp.Handler(), _host.Accounts.Probe, FrontHost.Region, TimeProvider.System));

    private CanaryTarget Target(string? host) => new("web", "local", FrontHost.Region, Vantage.Inside, _host.Address) { Host = host };

    private static Canary Canary(string name) => Make.Canary(name) with { Script = StoreScript.Name, Steps = [], Limits = new CanaryLimits { Step = TimeSpan.FromSeconds(20), Whole = TimeSpan.FromSeconds(40), Slow = TimeSpan.FromSeconds(20) } };

    private CanaryAttempt Attempt(string canary = "store-answers", string? host = "h1", string run = "1-0-1") =>
        new(Canary(canary), Target(host), Way(), new(run, $"{canary}-post", canary, FrontHost.Region, "inside"), new FixedLag(), TimeProvider.System);

    private sealed class NoOther : IStoreHosts
    {
        public string? BesideOf(string? host) => null;

        public Uri AddressOf(string host) => throw new InvalidOperationException("nobody else was named");
    }
}
