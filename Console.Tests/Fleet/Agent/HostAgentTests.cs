using OpsConsole.Domain.Fleet;
using OpsConsole.Engine.Fleet.Agent;
using OpsConsole.Tests.World;

namespace OpsConsole.Tests.Fleet.Agent;

public sealed class HostAgentTests : IDisposable
{
    private readonly ManualClock _clock = new();
    private readonly FleetingAgentMemory _memory = new();
    private readonly ScriptedHooks _hooks = new();
    private HostAgent _agent;

    public HostAgentTests() => _agent = NewAgent();

    public void Dispose() => _agent.Dispose();

    [Fact]
    public async Task An_order_is_done_and_answered_with_its_token()
    {
        var report = await _agent.HandleAsync(Order(HostStep.Verify), default);

        Assert.Equal(new StepReport("h1", "v/Verify", 1, true, "v2", null), report);
    }

    [Fact]
    public async Task The_same_order_again_is_answered_as_before_and_done_once_even_after_a_restart()
    {
        var first = await _agent.HandleAsync(Order(HostStep.Drain), default);
        var second = await _agent.HandleAsync(Order(HostStep.Drain), default);
        _agent.Dispose();
        _agent = NewAgent();
        var third = await _agent.HandleAsync(Order(HostStep.Drain), default);

        Assert.Equal(first, second);
        Assert.Equal(first, third);
        Assert.Equal(["Drain"], _hooks.Called);
    }

    [Fact]
    public async Task Older_tokens_are_refused_even_after_a_restart()
    {
        await _agent.HandleAsync(Order(HostStep.Drain, token: 5), default);
        _agent.Dispose();
        _agent = NewAgent();
        var refused = await _agent.HandleAsync(Order(HostStep.Drain, token: 4, visit: "old"), default);

        Assert.False(refused!.Succeeded);
        Assert.Equal("refused: fencing token 4 is older than 5", refused.Detail);
        Assert.Single(_hooks.Called);
    }

    [Fact]
    public async Task Another_digest_than_announced_is_refused_before_and_after_the_installation()
    {
        await _agent.HandleAsync(Order(HostStep.Drain), default);
        var before = await _agent.HandleAsync(Order(HostStep.Install) with { Digest = "sha256:other" }, default);
        _hooks.Result = HookResult.Done(digest: "sha256:found");
        var after = await _agent.HandleAsync(Order(HostStep.Start), default);

        Assert.Contains("announced", before!.Detail, StringComparison.Ordinal);
        Assert.Equal("refused: the artifact has digest sha256:found, announced was sha256:d", after!.Detail);
        Assert.Equal(["Drain", "Start"], _hooks.Called);
    }

    [Fact]
    public async Task A_host_that_does_not_say_its_release_fails_verification()
    {
        _hooks.Result = HookResult.Done();
        var verify = await _agent.HandleAsync(Order(HostStep.Verify), default);

        Assert.False(verify!.Succeeded);
    }

    [Fact]
    public async Task Restoring_says_the_release_that_was_verified()
    {
        await _agent.HandleAsync(Order(HostStep.Verify), default);
        _hooks.Result = HookResult.Done();

        Assert.Equal("v2", (await _agent.HandleAsync(Order(HostStep.Restore), default))!.Release);
    }

    [Fact]
    public async Task An_order_in_hand_is_not_begun_twice()
    {
        _hooks.Hang = true;
        var first = _agent.HandleAsync(Order(HostStep.Install), default);
        Assert.Null(await _agent.HandleAsync(Order(HostStep.Install), default));

        _hooks.Go();
        Assert.True((await first)!.Succeeded);
        Assert.Single(_hooks.Called);
    }

    [Fact]
    public async Task A_newer_token_stops_the_hook_of_an_older_one()
    {
        _hooks.Hang = true;
        var old = _agent.HandleAsync(Order(HostStep.Install), default);
        _hooks.Hang = false;
        var newer = await _agent.HandleAsync(Order(HostStep.Drain, token: 2, visit: "back"), default);

        Assert.True(newer!.Succeeded);
        Assert.Contains("newer fencing token", (await old)!.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_hook_that_hangs_is_stopped_at_the_deadline()
    {
        _hooks.Hang = true;
        var hanging = _agent.HandleAsync(Order(HostStep.Start), default);
        _clock.Advance(TimeSpan.FromMinutes(5));
        Assert.StartsWith("stopped at its deadline", (await hanging)!.Detail, StringComparison.Ordinal);

        var late = await _agent.HandleAsync(Order(HostStep.Drain, token: 2, visit: "w") with { Deadline = _clock.GetUtcNow() }, default);
        Assert.Contains("had passed", late!.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_hook_that_throws_is_a_failed_step_and_the_agent_goes_on()
    {
        _hooks.Throws = new InvalidOperationException("no such disk");
        Assert.Equal("no such disk", (await _agent.HandleAsync(Order(HostStep.Install), default))!.Detail);

        _hooks.Throws = null;
        Assert.True((await _agent.HandleAsync(Order(HostStep.Start), default))!.Succeeded);
    }

    [Fact]
    public async Task Orders_for_another_host_are_refused() =>
        Assert.Equal("refused: this is h1, the order is for h2", (await _agent.HandleAsync(Order(HostStep.Drain) with { Host = "h2" }, default))!.Detail);

    [Fact]
    public void State_on_disk_comes_back_and_a_broken_file_stops_the_agent()
    {
        var folder = Directory.CreateTempSubdirectory("agent-");
        var memory = new FileAgentMemory(folder.FullName, "h1");
        Assert.Equal(0, memory.Load().Token);
        memory.Save(new AgentState { Token = 7, Digest = "d" }.With(new StepReport("h1", "v/Drain", 7, true, "v2", null)));

        var loaded = new FileAgentMemory(folder.FullName, "h1").Load();
        Assert.Equal((7L, "v2", true), (loaded.Token, loaded.Running, loaded.AnswerTo("v/Drain")!.Succeeded));
        File.WriteAllText(Path.Combine(folder.FullName, "agent-h1.json"), "{\"tok");
        Assert.Throws<InvalidDataException>(() => memory.Load());
        folder.Delete(recursive: true);
    }

    [Fact]
    public void The_number_of_answers_kept_is_bounded()
    {
        var state = new AgentState();
        for (var i = 0; i < 100; i++)
        {
            state = state.With(new StepReport("h1", $"v{i}", 1, true, null, null));
        }

        Assert.Equal(AgentState.MostAnswers, state.Answers.Length);
        Assert.NotNull(state.AnswerTo("v99"));
    }

    private HostAgent NewAgent() => new("h1", _hooks, _memory, _clock);

    private AgentOrder Order(HostStep step, long token = 1, string visit = "v") =>
        new($"{visit}/{step}", "h1", step, VisitPurpose.Forward, "v2", "sha256:d", token, _clock.GetUtcNow().AddMinutes(5));
}
