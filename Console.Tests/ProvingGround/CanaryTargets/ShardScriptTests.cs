using System.Collections.Concurrent;
using OpsConsole.Domain.Canaries;
using OpsConsole.Domain.Canaries.Runs;
using OpsConsole.Engine.Canaries.Running;
using OpsConsole.Engine.Canaries.Targets;
using OpsConsole.Engine.ProvingGround.Behaviours;
using OpsConsole.Engine.ProvingGround.CanaryTargets;
using OpsConsole.Engine.ProvingGround.Checksums;
using OpsConsole.Engine.ProvingGround.Storage;
using OpsConsole.Tests.Canaries;
using OpsConsole.Tests.ProvingGround.Blobs;
using OpsConsole.Tests.ProvingGround.Storage;
using OpsConsole.Tests.World;

namespace OpsConsole.Tests.ProvingGround.CanaryTargets;

/// <summary>The script <c>store-shards</c> against a storage host in memory that can be made to do anything, and one behind Kestrel: what it says, and that nothing stays.</summary>
public sealed class ShardScriptTests : IShardHosts, IDisposable
{
    private static readonly Canary Canary = Make.Canary("store-shards") with { Service = "storage", Script = ShardScript.Name, Steps = [], Limits = new CanaryLimits { Step = TimeSpan.FromSeconds(3), Whole = TimeSpan.FromSeconds(20), Slow = TimeSpan.FromSeconds(3) } };

    private static readonly Shard Some = StoreFolder.Make(1);

    private readonly HttpMessageInvoker _noWay = new(new SocketsHttpHandler());
    private readonly FakeShardHost _host = new("s1");
    private readonly ManualClock _clock = new();
    private HttpShardHost? _real;
    private Func<object> _process = () => 1;

    public IShardHost? Find(string host) => host != "s1" ? null : _real is null ? _host : _real;

    public object? ProcessOf(string host) => _process();

    public void Dispose() => _noWay.Dispose();

    [Fact]
    public async Task A_host_that_keeps_what_it_was_given_passes_and_has_nothing_left_of_it()
    {
        _host.Kept[Some.Name] = Some;
        var result = await RunAsync();
        Assert.Equal((RunState.Passed, "put get"), (result.State, string.Join(' ', result.Steps.Select(step => step.Name))));
        Assert.Equal((ShardScript.Shards, ShardScript.Shards), (_host.Puts, _host.Gets));
        Assert.InRange(_host.Together, 1, ShardScript.Lanes);
        Assert.Equal([Some.Name], _host.Kept.Keys);
    }

    [Fact]
    public async Task Shards_that_were_acknowledged_and_are_lost_are_a_lie_and_named()
    {
        var lost = First(2, _ => null);
        var result = await RunAsync();
        Assert.Equal(RunState.Lying, result.State);
        Assert.Contains(lost, name => result.Detail == $"get: s1 acknowledged shard {name}, and asked for it says Missing (2 of 64 shards)");
        Assert.Equal(2, result.Exchanges.Length);
        Assert.Empty(_host.Kept);
    }

    [Theory]
    [InlineData(true, "gives 100 bytes that differ from byte 7 on")]
    [InlineData(false, "says Corrupt")]
    public async Task A_shard_that_comes_back_changed_is_a_lie_whether_its_own_checksum_holds_or_not(bool holds, string says)
    {
        First(1, shard => Changed(shard, holds));
        var result = await RunAsync();
        Assert.Equal(RunState.Lying, result.State);
        Assert.Contains(says, result.Detail, StringComparison.Ordinal);
        Assert.Empty(_host.Kept);
    }

    [Fact]
    public async Task A_host_that_says_it_is_full_refuses_and_does_not_lie()
    {
        _host.Full = true;
        var result = await RunAsync();
        Assert.Equal(RunState.Dying, result.State);
        Assert.Contains("says that it is full", result.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_host_that_is_down_is_dying_and_is_not_asked_for_all_the_rest()
    {
        _host.Down = true;
        Assert.Equal(RunState.Dying, (await RunAsync()).State);
        Assert.InRange(_host.Puts, 1, ShardScript.Lanes);
    }

    [Fact]
    public async Task A_host_that_hangs_is_stalled()
    {
        _host.Hangs = true;
        var running = RunAsync();
        while (_host.Waiting < ShardScript.Lanes)
        {
            await Task.Yield();
        }

        _clock.Advance(Canary.Limits.Step);
        var result = await running;
        Assert.Equal((RunState.Stalled, ShardScript.Lanes), (result.State, _host.Puts));
    }

    [Fact]
    public async Task A_turn_that_runs_out_of_time_takes_away_what_it_put()
    {
        using var whole = new CancellationTokenSource();
        _host.Keeps = shard =>
        {
            if (_host.Kept.Count >= 20)
            {
                whole.Cancel();
            }

            return shard;
        };
        using var attempt = Attempt("s1");
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => new ShardScript(this, _clock).DoAsync(attempt, whole.Token));
        Assert.True(_host.Puts >= 20);
        Assert.Empty(_host.Kept);
    }

    [Fact]
    public async Task A_host_that_was_started_again_in_between_is_dying_and_not_called_a_liar()
    {
        var asked = 0;
        _process = () => ++asked;
        _host.Keeps = _ => null;
        var result = await RunAsync();
        Assert.Equal(RunState.Dying, result.State);
        Assert.Contains("was started again", result.Detail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("w1")]
    [InlineData(null)]
    public async Task Put_at_what_is_no_storage_host_it_is_the_canary_that_is_wrong(string? host) => Assert.Equal(RunState.Broken, (await RunAsync(host)).State);

    /// <summary>The share of turns that find a loss of one in fifty is what docs/canaries.md says: 73 %.</summary>
    [Fact]
    public async Task One_in_fifty_lost_is_found_by_about_three_turns_in_four()
    {
        var found = 0;
        for (var seed = 0; seed < 60; seed++)
        {
            var build = new LosesSomeWrites(seed);
            _host.Keeps = shard => build.Keeps(shard) ? shard : null;
            found += (await RunAsync()).State == RunState.Lying ? 1 : 0;
        }

        Assert.InRange(found, 34, 53);
    }

    [Fact]
    public async Task A_real_host_passes_keeps_none_of_it_and_counts_none_of_it_as_data()
    {
        await using var host = await ShardHost.StartAsync();
        _real = host.Client();
        await _real.PutAsync(Some, default);
        Assert.Equal(RunState.Passed, (await RunAsync()).State);
        Assert.Equal((1, (1, 100L)), (host.Store.Shards, host.Store.OfObjects));
        await host.SendAsync(HttpMethod.Post, "patient?fill=true");
        Assert.Equal(RunState.Dying, (await RunAsync()).State);
        using var http = new HttpClient();
        _real = new HttpShardHost("s1", new Uri("http://127.0.0.1:1"), http, _clock);
        Assert.Equal(RunState.Dying, (await RunAsync()).State);
    }

    private Task<RunResult> RunAsync(string? host = "s1") => new CanaryRun([new ShardScript(this, _clock)], new FixedLag(), _clock).OnceAsync(Canary, Target(host), _noWay, 1, _clock.GetUtcNow(), default);

    /// <summary>Does this with the first so many that are put; answers with their names.</summary>
    private ConcurrentQueue<ShardName> First(int count, Func<Shard, Shard?> keeps)
    {
        var (names, left) = (new ConcurrentQueue<ShardName>(), count);
        _host.Keeps = shard =>
        {
            if (Interlocked.Decrement(ref left) < 0)
            {
                return shard;
            }

            names.Enqueue(shard.Name);
            return keeps(shard);
        };
        return names;
    }

    private static Shard Changed(Shard shard, bool holds)
    {
        var bytes = shard.Bytes.ToArray();
        bytes[7] ^= 1;
        return shard with { Bytes = bytes, Crc = holds ? Crc32.Castagnoli(bytes) : shard.Crc };
    }

    private static CanaryTarget Target(string? host) => new("storage", "test", "test-1", Vantage.Inside, new Uri("http://127.0.0.1:1")) { Host = host, Az = "a" };

    private CanaryAttempt Attempt(string host) => new(Canary, Target(host), _noWay, new("1-0-1", "post", Canary.Name, "test-1", "inside"), new FixedLag(), _clock);
}
