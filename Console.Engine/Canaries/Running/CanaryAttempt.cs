using System.Collections.Immutable;
using OpsConsole.Domain.Canaries;
using OpsConsole.Domain.Canaries.Runs;
using OpsConsole.Engine.Canaries.Targets;

namespace OpsConsole.Engine.Canaries.Running;

/// <summary>One attempt at a target: sends requests with their limits, tells what became of each, and remembers what was said for the case that it failed.</summary>
public sealed class CanaryAttempt(Canary canary, CanaryTarget target, HttpMessageInvoker way, StepText text, IRunnerLag lag, TimeProvider clock) : IDisposable
{
    private const int MostSteps = 200;

    private readonly List<StepResult> _steps = [];
    private readonly List<Asked> _asked = [];
    private readonly List<Exchange> _said = [];

    public Canary Canary => canary;

    public CanaryTarget Target => target;

    public StepText Text => text;

    public ImmutableArray<StepResult> Steps
    {
        get
        {
            lock (_steps)
            {
                return [.. _steps];
            }
        }
    }

    public RunState State => RunJudge.OfAttempt(Steps);

    /// <summary>Asks, reads the whole answer and judges it. False where the step failed: the attempt is over then.</summary>
    /// <param name="wrong">What is wrong with a complete answer, as <c>expected …, got …</c>; null where nothing is.</param>
    /// <param name="cancel">The end of the whole run.</param>
    public async Task<bool> AskAsync(string step, HttpRequestMessage request, Func<CanaryAnswer, string?> wrong, CancellationToken cancel)
    {
        var asked = new Asked(step, request);
        _asked.Add(asked);
        var began = clock.GetTimestamp();
        StepEnd end;
        string detail;
        using var limit = new CancellationTokenSource(canary.Limits.Step, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancel);
        try
        {
            using var response = await way.SendAsync(request, either.Token).ConfigureAwait(false);
            asked.Answer = await CanaryAnswer.ReadAsync(response, either.Token).ConfigureAwait(false);
            asked.Took = clock.GetElapsedTime(began);
            (end, detail) = asked.Answer is null ? (StepEnd.Garbled, $"expected an answer of {CanaryAnswer.MostBytes >> 20} MB at most, got more")
                : wrong(asked.Answer) is { } odd ? (StepEnd.Wrong, odd) : (StepEnd.Right, "");
        }
        catch (OperationCanceledException) when (either.IsCancellationRequested)
        {
            (end, detail) = (StepEnd.TimedOut, "expected an answer, got none in time");
        }
        catch (Exception e)
        {
            var fact = e is OperationCanceledException ? StepEnd.TimedOut : WireFacts.Of(e);
            (end, detail) = (fact ?? StepEnd.Threw, fact is null ? $"{e.GetType().Name}: {e.Message}" : $"expected an answer, got none: {Innermost(e)}");
        }

        asked.Took = asked.Answer is null ? clock.GetElapsedTime(began) : asked.Took;
        return Add(step, end, asked.Took, lag.Since(began), detail);
    }

    /// <summary>Asks somebody else for what a later step builds upon: nothing is said of them. Null where no complete answer came.</summary>
    public async Task<CanaryAnswer?> PrepareAsync(HttpRequestMessage request, CancellationToken cancel)
    {
        using var limit = new CancellationTokenSource(canary.Limits.Step, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancel);
        try
        {
            using var sent = request;
            using var response = await way.SendAsync(sent, either.Token).ConfigureAwait(false);
            return await CanaryAnswer.ReadAsync(response, either.Token).ConfigureAwait(false);
        }
        catch (Exception e) when (e is OperationCanceledException || WireFacts.Of(e) is not null)
        {
            return null;
        }
    }

    /// <summary>Takes down a step that asked by other means. False where it failed.</summary>
    public bool Add(string step, StepEnd end, TimeSpan took, TimeSpan heldUp, string detail)
    {
        var state = RunJudge.Of(end, took, heldUp, canary.Limits);
        var result = new StepResult(step, end, took, heldUp, detail.Length > Asked.LongestDetail ? detail[..Asked.LongestDetail] : detail) { State = state };

        // Work that was left behind may still add.
        lock (_steps)
        {
            if (_steps.Count < MostSteps)
            {
                _steps.Add(result);
            }
        }

        return end == StepEnd.Right;
    }

    /// <summary>How long the runner was held up in the time that has just passed.</summary>
    public TimeSpan HeldUpFor(TimeSpan past) => lag.Since(clock.GetTimestamp() - (long)(past.TotalSeconds * clock.TimestampFrequency));

    /// <summary>What was said by other means; secrets are removed already.</summary>
    public void Say(IEnumerable<Exchange> exchanges) => _said.AddRange(exchanges.TakeLast(Math.Max(0, Asked.MostKept - _said.Count)));

    /// <summary>All that was said, bounded, without secrets.</summary>
    internal async Task<ImmutableArray<Exchange>> ExchangesAsync(CancellationToken cancel)
    {
        var all = ImmutableArray.CreateBuilder<Exchange>();
        all.AddRange(_said);
        foreach (var asked in _asked.TakeLast(Asked.MostKept))
        {
            all.Add(await asked.WriteAsync(cancel).ConfigureAwait(false));
        }

        return all.ToImmutable();
    }

    public void Dispose() => _asked.ForEach(asked => asked.Request.Dispose());

    private static string Innermost(Exception e) => e.GetBaseException().Message;
}
