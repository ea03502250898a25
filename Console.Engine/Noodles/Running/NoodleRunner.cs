using System.Collections.Concurrent;
using System.Collections.Immutable;
using OpsConsole.Domain.Noodles.Features;
using OpsConsole.Domain.Noodles.Running;
using OpsConsole.Engine.Noodles.Http;
using OpsConsole.Engine.Noodles.Pools;
using OpsConsole.Engine.Noodles.Reading;
using OpsConsole.Engine.Noodles.Steps;

namespace OpsConsole.Engine.Noodles.Running;

/// <summary>Runs scenarios side by side, each in a world of its own.</summary>
public sealed class NoodleRunner(NoodleLibrary library, IFeatureShelf features, NoodlePools pools, NoodleHttp http, TimeProvider clock) : INoodleRunner
{
    private readonly ScenarioRunner _scenarios = new(library, pools, http, clock);
    private long _runs;

    public Task<NoodleRunResult> RunAsync(NoodleSelection selection, NoodleTarget target, NoodleRunOptions options, CancellationToken cancel) => RunAsync(selection, target, options, null, cancel);

    /// <param name="id">Of the run; made where it is null.</param>
    /// <param name="told">Each scenario as it ends, in no order; from several threads.</param>
    public async Task<NoodleRunResult> RunAsync(NoodleSelection selection, NoodleTarget target, NoodleRunOptions options, string? id, CancellationToken cancel, Action<ScenarioResult>? told = null)
    {
        var (picked, fault) = selection.Pick(features.Now.Pickles);
        var (began, started) = (clock.GetUtcNow(), clock.GetTimestamp());
        id ??= $"run-{began.UtcDateTime:yyyyMMddHHmmss}-{Interlocked.Increment(ref _runs)}";
        fault ??= options.Fault ?? (picked.IsEmpty ? $"Nothing is selected by {selection}." : null);
        var done = new ConcurrentDictionary<int, ScenarioResult>();
        var around = ImmutableArray.CreateBuilder<StepResult>();
        if (fault is null)
        {
            fault = await AllAsync(HookKind.BeforeAll, target, options, around, cancel).ConfigureAwait(false);
            if (fault is null)
            {
                fault = await ScenariosAsync(picked, target, options, done, told, cancel).ConfigureAwait(false);
            }

            var after = await AllAsync(HookKind.AfterAll, target, options, around, cancel).ConfigureAwait(false);
            fault ??= after;
        }

        cancel.ThrowIfCancellationRequested();
        return new(id, target.Name, selection.ToString(), began, clock.GetElapsedTime(started), [.. done.OrderBy(pair => pair.Key).Select(pair => pair.Value)]) { Fault = fault, Hooks = around.ToImmutable() };
    }

    private async Task<string?> ScenariosAsync(ImmutableArray<Pickle> picked, NoodleTarget target, NoodleRunOptions options, ConcurrentDictionary<int, ScenarioResult> done, Action<ScenarioResult>? told, CancellationToken cancel)
    {
        using var limit = new CancellationTokenSource(options.RunLimit, clock);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancel);
        var order = options.Reverse ? Enumerable.Range(0, picked.Length).Reverse() : Enumerable.Range(0, picked.Length);
        try
        {
            await Parallel.ForEachAsync(order, new ParallelOptions { MaxDegreeOfParallelism = options.Parallel, CancellationToken = both.Token }, async (at, stop) =>
            {
                var result = await _scenarios.RunAsync(picked[at], target, options, stop).ConfigureAwait(false);
                done[options.Reverse ? picked.Length - at : at] = result;
                told?.Invoke(result);
            }).ConfigureAwait(false);
            return null;
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            return $"The run was cut short after {options.RunLimit}: {done.Count} of {picked.Length} scenarios had ended.";
        }
        catch (OperationCanceledException)
        {
            // Told of by the caller, when hooks after all have run.
            return "cancelled";
        }
    }

    /// <summary>Hooks around the whole run: all of them, also when one fails.</summary>
    private async Task<string?> AllAsync(HookKind kind, NoodleTarget target, NoodleRunOptions options, ImmutableArray<StepResult>.Builder around, CancellationToken cancel)
    {
        string? fault = null;
        var hooks = kind == HookKind.BeforeAll ? library.Of(kind) : library.Of(kind).Reverse();
        foreach (var hook in hooks)
        {
            await using var world = new NoodleWorld(target, NoPickle, pools, http, clock, 0);
            var result = await _scenarios.HookAsync(hook, world, options, cancel).ConfigureAwait(false);
            around.Add(result);
            fault ??= Outcomes.IsGood(result.Status) ? null : $"The hook '{hook.Name}' of {hook.Owner}: {result.Message}";
        }

        return fault;
    }

    private static readonly Pickle NoPickle = new("", "en", "", "", 0, 0, [], []);
}
