using System.Collections.Concurrent;
using System.Globalization;
using OpsConsole.Domain.Canaries;
using OpsConsole.Domain.Canaries.Runs;
using OpsConsole.Domain.Canaries.Scheduling;
using OpsConsole.Engine.Canaries.Targets;

namespace OpsConsole.Engine.Canaries.Running;

/// <summary>One turn of a canary at one target, with its retries. Whatever happens in it stays in it: the answer is always a result.</summary>
public sealed class CanaryRun(IEnumerable<ICanaryWork> works, IRunnerLag lag, TimeProvider clock)
{
    /// <summary>How long work may go on after it was told to end; then it is left behind, and the canary is broken.</summary>
    public static readonly TimeSpan Grace = TimeSpan.FromSeconds(1);

    /// <summary>Runs of one canary that were left behind and go on; with so many it is not run again until one ends.</summary>
    private const int MostLeftBehind = 3;

    private readonly ICanaryWork[] _works = [.. works];
    private readonly ConcurrentDictionary<string, int> _leftBehind = new(StringComparer.Ordinal);

    /// <param name="turn">Its number; 0 for one a person asked for.</param>
    /// <param name="cancel">The runner ends: the only case that has no result.</param>
    public async Task<RunResult> OnceAsync(Canary canary, CanaryTarget target, HttpMessageInvoker way, long turn, DateTimeOffset intended, CancellationToken cancel)
    {
        var (post, began) = (target.Post(canary), clock.GetUtcNow());
        using var whole = new CancellationTokenSource(canary.Limits.Whole, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(whole.Token, cancel);
        var targetFailed = false;
        for (var number = 1; ; number++)
        {
            using var attempt = new CanaryAttempt(canary, target, way, new(RunId(post, turn, began, number), post.ToString(), canary.Name, post.Region, post.Vantage.Word()), lag, clock);
            var broken = await TryAsync(attempt, either.Token, cancel).ConfigureAwait(false);
            cancel.ThrowIfCancellationRequested();
            var state = broken is null ? RunJudge.OfRun(attempt.State, targetFailed) : RunState.Broken;
            targetFailed |= state.IsOfTarget();
            if (state is RunState.Passed or RunState.Degraded or RunState.Slow or RunState.Broken || !await WaitAsync(canary.Retry.Before(number), either.Token).ConfigureAwait(false))
            {
                cancel.ThrowIfCancellationRequested();
                var result = new RunResult(post, turn, intended, began, clock.GetUtcNow(), state, number, attempt.Steps, broken ?? Words(attempt)) { Simulated = target.Simulated };
                return state.IsServed() ? result : result with { Exchanges = await attempt.ExchangesAsync(cancel).ConfigureAwait(false) };
            }
        }
    }

    /// <summary>Why the canary itself is broken; null where the target was asked.</summary>
    private async Task<string?> TryAsync(CanaryAttempt attempt, CancellationToken either, CancellationToken cancel)
    {
        if (_works.FirstOrDefault(work => work.Does(attempt.Canary)) is not { } work)
        {
            return $"nobody here does what it is to do ({attempt.Canary.Script ?? attempt.Canary.Noodles})";
        }

        var name = attempt.Canary.Name;
        if (_leftBehind.GetValueOrDefault(name) >= MostLeftBehind)
        {
            return $"{MostLeftBehind} runs of it did not end when they were told to, and go on";
        }

        var began = clock.GetTimestamp();
        var doing = Task.Run(() => work.DoAsync(attempt, either), either);
        try
        {
            await doing.WaitAsync(attempt.Canary.Limits.Whole + Grace, clock, cancel).ConfigureAwait(false);
            return attempt.Steps.IsEmpty ? "it did nothing" : null;
        }
        catch (OperationCanceledException) when (either.IsCancellationRequested)
        {
            attempt.Add("whole", StepEnd.TimedOut, clock.GetElapsedTime(began), lag.Since(began), "expected all steps to end in time");
            return null;
        }
        catch (TimeoutException) when (!doing.IsCompleted)
        {
            _leftBehind.AddOrUpdate(name, 1, (_, count) => count + 1);
            _ = doing.ContinueWith(_ => _leftBehind.AddOrUpdate(name, 0, (_, count) => count - 1), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
            return "it did not end when it was told to";
        }
        catch (Exception e)
        {
            return $"it threw {e.GetType().Name}: {e.Message}";
        }
    }

    private async Task<bool> WaitAsync(TimeSpan? wait, CancellationToken either)
    {
        if (wait is null || either.IsCancellationRequested)
        {
            return false;
        }

        try
        {
            await Task.Delay(wait.Value, clock, either).ConfigureAwait(false);
            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    private static string Words(CanaryAttempt attempt) =>
        attempt.Steps.FirstOrDefault(step => step.State is not (RunState.Passed or RunState.Slow)) is { } failed ? $"{failed.Name}: {failed.Detail}"
        : attempt.Steps.FirstOrDefault(step => step.State == RunState.Slow) is { } slow ? string.Create(CultureInfo.InvariantCulture, $"{slow.Name}: took {slow.Took.TotalMilliseconds:F0} ms, {attempt.Canary.Limits.Slow.TotalMilliseconds:F0} ms is its limit")
        : "";

    private static string RunId(CanaryPost post, long turn, DateTimeOffset began, int number) =>
        string.Create(CultureInfo.InvariantCulture, $"{(turn == 0 ? began.Ticks : turn):x}-{(uint)(Spread.Of(1, post.ToString()) * uint.MaxValue):x8}-{number}");
}
