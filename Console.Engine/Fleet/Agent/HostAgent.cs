using OpsConsole.Domain.Fleet;

namespace OpsConsole.Engine.Fleet.Agent;

/// <summary>
/// The agent of one host, whatever carries its orders: one order at a time, older fencing tokens refused, a repeated order answered as before.
/// An order with a newer token stops the hook of an older one, so that a rollback never waits behind a hanging installation.
/// </summary>
public sealed class HostAgent : IDisposable
{
    private readonly IHostHooks _hooks;
    private readonly IAgentMemory _memory;
    private readonly TimeProvider _clock;
    private readonly SemaphoreSlim _one = new(1, 1);
    private readonly Lock _lock = new();
    private AgentState _state;
    private Current? _current;

    public HostAgent(string host, IHostHooks hooks, IAgentMemory memory, TimeProvider clock)
    {
        (Host, _hooks, _memory, _clock) = (host, hooks, memory, clock);
        _state = memory.Load();
    }

    public string Host { get; }

    /// <summary>The highest fencing token seen.</summary>
    public long Token => _state.Token;

    /// <summary>
    /// Carries the order out and answers; null where the same order is in hand already, or the agent is stopping: its answer goes to who asked first, or was asked again.
    /// </summary>
    public async Task<StepReport?> HandleAsync(AgentOrder order, CancellationToken cancel)
    {
        Current mine;
        lock (_lock)
        {
            if (_state.AnswerTo(order.Id) is { } before)
            {
                return before;
            }

            if (Refusal(order) is { } refusal)
            {
                return Answer(order, HookResult.Failed(refusal));
            }

            if (_current?.Order.Id == order.Id)
            {
                return null;
            }

            if (order.Token > _state.Token)
            {
                _current?.Stop();
                Keep(_state with { Token = order.Token, Digest = order.Digest, Release = order.Release });
            }

            mine = _current = new Current(order);
        }

        return await RunAsync(mine, cancel).ConfigureAwait(false);
    }

    /// <summary>The release the host last said it runs.</summary>
    public string? Running => _state.Running;

    public async Task<HostVitals> ReportAsync(CancellationToken cancel)
    {
        var vitals = await _hooks.ReportAsync(cancel).ConfigureAwait(false);
        return vitals with { Release = vitals.Release ?? Running };
    }

    public void Dispose() => _one.Dispose();

    private async Task<StepReport?> RunAsync(Current mine, CancellationToken cancel)
    {
        await _one.WaitAsync(cancel).ConfigureAwait(false);
        try
        {
            var left = mine.Order.Deadline - _clock.GetUtcNow();
            using var deadline = new CancellationTokenSource(left > TimeSpan.Zero ? left : TimeSpan.Zero, _clock);
            using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancel, deadline.Token, mine.Stopped);
            var result = left <= TimeSpan.Zero ? HookResult.Failed($"its deadline {mine.Order.Deadline:u} had passed before it began")
                : stop.IsCancellationRequested ? HookResult.Failed("it was cut off")
                : await CallAsync(mine.Order, stop.Token).ConfigureAwait(false);
            if (cancel.IsCancellationRequested)
            {
                return null;
            }

            result = mine.Stopped.IsCancellationRequested ? HookResult.Failed("stopped: a newer fencing token took the host over")
                : deadline.IsCancellationRequested && !result.Succeeded ? HookResult.Failed($"stopped at its deadline {mine.Order.Deadline:u}. {result.Detail}")
                : Checked(mine.Order, result);
            lock (_lock)
            {
                var answer = Answer(mine.Order, result);
                Keep(_state.With(answer));
                return answer;
            }
        }
        finally
        {
            lock (_lock)
            {
                _current = _current == mine ? null : _current;
            }

            mine.Dispose();
            _one.Release();
        }
    }

    private async Task<HookResult> CallAsync(AgentOrder order, CancellationToken cancel)
    {
        try
        {
            return await (order.Step switch
            {
                HostStep.Drain => _hooks.DrainAsync(order, cancel),
                HostStep.Install => _hooks.InstallAsync(order, cancel),
                HostStep.Start => _hooks.StartAsync(order, cancel),
                HostStep.Verify => _hooks.VerifyAsync(order, cancel),
                HostStep.Restore => _hooks.RestoreAsync(order, cancel),
                HostStep.ReadOnlyOn => _hooks.ReadOnlyOnAsync(order, cancel),
                HostStep.ReadOnlyOff => _hooks.ReadOnlyOffAsync(order, cancel),
                _ => Task.FromResult(HookResult.Failed($"this agent does not know the step {order.Step}")),
            }).ConfigureAwait(false);
        }
#pragma warning disable CA1031 // whatever a hook throws is a failed step; the agent goes on
        catch (Exception e)
#pragma warning restore CA1031
        {
            return HookResult.Failed(e is OperationCanceledException ? "it was cut off" : e.Message);
        }
    }

    private static HookResult Checked(AgentOrder order, HookResult result)
    {
        if (!result.Succeeded)
        {
            return result;
        }

        if (result.Digest is { } digest && order.Digest is { } announced && digest != announced)
        {
            return HookResult.Failed($"refused: the artifact has digest {digest}, announced was {announced}");
        }

        return order.Step == HostStep.Verify && order.Release is not null && result.Release is null ? HookResult.Failed("the host did not say which release it runs") : result;
    }

    private string? Refusal(AgentOrder order)
    {
        if (order.Host != Host)
        {
            return $"refused: this is {Host}, the order is for {order.Host}";
        }

        if (order.Token < _state.Token)
        {
            return $"refused: fencing token {order.Token} is older than {_state.Token}";
        }

        return order.Token == _state.Token && order.Token > 0 && (order.Digest, order.Release) != (_state.Digest, _state.Release)
            ? $"refused: token {order.Token} announced {_state.Release} {_state.Digest}, this order names {order.Release} {order.Digest}"
            : null;
    }

    private StepReport Answer(AgentOrder order, HookResult result)
    {
        var detail = result.Detail is { Length: > 500 } longer ? longer[^500..] : result.Detail;
        return new StepReport(Host, order.Id, order.Token, result.Succeeded, result.Release ?? (order.Step == HostStep.Restore ? _state.Running : null), detail) { Changes = result.Changes, Sample = result.Sample };
    }

    private void Keep(AgentState state)
    {
        _memory.Save(state);
        _state = state;
    }

    private sealed class Current(AgentOrder order) : IDisposable
    {
        private readonly CancellationTokenSource _stop = new();

        public AgentOrder Order => order;

        public CancellationToken Stopped => _stop.Token;

        /// <summary>Hooks are told on another thread: the caller holds the agent's lock.</summary>
        public void Stop() => _ = _stop.CancelAsync();

        public void Dispose() => _stop.Dispose();
    }
}
