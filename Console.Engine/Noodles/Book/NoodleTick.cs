using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using OpsConsole.Domain.Access;
using OpsConsole.Domain.Journal;
using OpsConsole.Domain.Noodles.Running;
using OpsConsole.Domain.Noodles.Runs;
using OpsConsole.Engine.Journal;
using OpsConsole.Engine.Noodles.Reading;
using OpsConsole.Engine.Noodles.Running;

namespace OpsConsole.Engine.Noodles.Book;

/// <summary>Begins the run that is due, and says how it ended. A run that a restart cut off is begun again: it is in the journal as asked for and not as ended.</summary>
public sealed partial class NoodleTick(IStates states, ICommands commands, NoodleRunner runner, NoodleTargets targets, IFeatureShelf features, RunShelf shelf, ILogger<NoodleTick> log) : ITickPart, IDisposable
{
    private readonly CancellationTokenSource _end = new();
    private ImmutableArray<ScenarioResult> _done = [];
    private (string Id, int Of, Task<NoodleRunResult> Run)? _now;

    /// <summary>Null while none runs.</summary>
    public RunProgress? Now => _now is { } now ? new(now.Id, now.Of, _done) : null;

    public async ValueTask TickAsync(DateTimeOffset now, CancellationToken cancel)
    {
        if (_end.IsCancellationRequested)
        {
            // What was cut off stays due, and is begun again by the next start.
            return;
        }

        if (_now is null && states.Get<NoodleRunsState>(NoodleStreams.Only).Due is { } due)
        {
            Begin(due);
        }

        if (_now is not { } running || !running.Run.IsCompleted)
        {
            return;
        }

        var result = await ResultAsync(running.Run, running.Id, now).ConfigureAwait(false);
        try
        {
            await shelf.KeepAsync(result, cancel).ConfigureAwait(false);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // What was found is journaled all the same; only its evidence is in memory alone.
            LogNotKept(e, result.Id);
        }

        var failed = result.Scenarios.Count(scenario => !scenario.Good);
        var ended = await commands.SendAsync(new(new EndNoodleRun(result.Id, result.Passed, result.Scenarios.Length, failed, result.Flaky, result.Fault), Actor.Engine, Cause: "tick"), cancel).ConfigureAwait(false);
        if (ended.Accepted)
        {
            _now = null;
        }
    }

    /// <summary>What runs is cut off; it is begun again with the next start.</summary>
    public void Dispose()
    {
        // The container knows it by two names, and disposes of it by both.
        if (!_end.IsCancellationRequested)
        {
            _end.Cancel();
        }
    }

    private void Begin(NoodleRunEntry due)
    {
        _done = [];
        var selection = new NoodleSelection(due.Order.Tags, due.Order.Name, due.Order.Features);
        if (targets.Find(due.Order.Target) is not { } target)
        {
            _now = (due.Id, 0, Task.FromResult(new NoodleRunResult(due.Id, due.Order.Target, selection.ToString(), due.RequestedAt, TimeSpan.Zero, []) { Fault = $"There is no target '{due.Order.Target}' any more." }));
            return;
        }

        var of = selection.Pick(features.Now.Pickles).Pickles.Length;
        _now = (due.Id, of, Task.Run(() => runner.RunAsync(selection, target, new(due.Order.Parallel, due.Order.Retries), due.Id, _end.Token, result => ImmutableInterlocked.Update(ref _done, done => done.Add(result)))));
    }

    [System.Diagnostics.CodeAnalysis.SuppressMessage("Design", "CA1031", Justification = "Whatever a run breaks of ends that run, told as its fault, and nothing else.")]
    private static async Task<NoodleRunResult> ResultAsync(Task<NoodleRunResult> run, string id, DateTimeOffset now)
    {
        try
        {
            return await run.ConfigureAwait(false);
        }
        catch (Exception e)
        {
            return new(id, "", "", now, TimeSpan.Zero, []) { Fault = $"The run broke: {e.GetType().Name}: {e.Message}" };
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "the messages of the run {Id} could not be written")]
    private partial void LogNotKept(Exception e, string id);
}
