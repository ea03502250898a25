using System.Collections.Concurrent;
using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using OpsConsole.Domain.Access;
using OpsConsole.Domain.Journal;

namespace OpsConsole.Engine.Journal;

/// <summary>The one command path: bounds, permission, idempotency, version, decision, append, commit, observers, answer.</summary>
public sealed partial class CommandPath : ICommands
{
    private readonly Lazy<ImmutableArray<ICommitObserver>> _observers;
    private readonly ImmutableArray<Writer> _writers;
    private readonly Lock _turn = new();
    private Task _lastAlone = Task.CompletedTask;
    private readonly ConcurrentDictionary<string, KeyInFlight> _keysInFlight = new();
    private readonly ILogger _log;

    /// <param name="observers">Enumerated once, at <see cref="LoadAsync"/> or the first commit: observers themselves may hold this path.</param>
    public CommandPath(IJournal journal, StreamStates states, IEnumerable<ICommitObserver> observers, TimeProvider clock, ILogger<CommandPath>? log = null)
    {
        (Journal, States, Clock, _log, _observers) = (journal, states, clock, log ?? NullLogger<CommandPath>.Instance, new(() => [.. observers]));
        _writers = [.. Enumerable.Range(0, Writer.Count).Select(index => new Writer(index, this))];
    }

    internal IJournal Journal { get; }

    internal StreamStates States { get; }

    internal TimeProvider Clock { get; }

    public async Task<CommandResult> SendAsync(CommandRequest request, CancellationToken cancel = default)
    {
        using var span = EngineMeter.Begin(request);
        var result = await AnswerAsync(request, cancel).ConfigureAwait(false);
        EngineMeter.Count(request, result, span);
        return result;
    }

    private Task<CommandResult> AnswerAsync(CommandRequest request, CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        return CommandBounds.Check(request) is { } outOfBounds ? Task.FromResult(Refuse(request, outOfBounds))
            : request.IdempotencyKey is { } key ? AnswerOnceAsync(request, key)
            : DecideAsync(request, null, NewAnswer());
    }

    private static TaskCompletionSource<CommandResult> NewAnswer() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private async Task<CommandResult> AnswerOnceAsync(CommandRequest request, string key)
    {
        var answer = NewAnswer();
        var mine = new KeyInFlight(CommandDigest.Of(request), answer.Task);
        var first = _keysInFlight.GetOrAdd(key, mine);
        if (first != mine)
        {
            // The digest holds the sender too: only who sent the first is given its answer.
            return first.Digest == mine.Digest ? await first.Answer.ConfigureAwait(false) : Refuse(request, Forbidden(request.Command, request.Actor) ?? CommandBounds.KeyReused(key));
        }

        try
        {
            return await DecideAsync(request, mine.Digest, answer).ConfigureAwait(false);
        }
        catch (Exception e)
        {
            answer.TrySetException(e);
            throw;
        }
        finally
        {
            _keysInFlight.TryRemove(key, out _);
        }
    }

    /// <summary>Folds what the journal holds into the states; before anything else runs.</summary>
    public async Task LoadAsync(CancellationToken cancel)
    {
        _ = _observers.Value;
        await foreach (var loaded in Journal.LoadAsync(cancel).ConfigureAwait(false))
        {
            var slot = States.SlotOf(loaded.Stream);
            if (loaded.Event is not null && loaded.Version != slot.Committed.Version + 1)
            {
                throw new JournalException($"The journal gave version {loaded.Version} of '{loaded.Stream}' after version {slot.Committed.Version}. Run 'audit verify'.");
            }

            var state = loaded.Event is { } happened ? slot.Family.Apply(slot.Committed.State, happened.Event, happened.At) : loaded.State!;
            slot.Committed = slot.Pending = new(loaded.Version, state, loaded.Event is { } last ? new(last.Actor, last.At, EventTypes.NameOf(last.Event)) : null);
            slot.SnapshotVersion = loaded.Event is null ? loaded.Version : slot.SnapshotVersion;
        }
    }

    /// <summary>Tells the observers of a commit. One that throws is a bug of its own; the commit stands and the others are told.</summary>
    internal void Tell(ImmutableArray<Recorded> recorded)
    {
        foreach (var observer in _observers.Value)
        {
            try
            {
                observer.Committed(recorded);
            }
            catch (Exception e)
            {
                LogObserverFailed(e, observer.GetType().Name, recorded[^1].Sequence);
            }
        }
    }

    public Rejection? Forbidden(ICommand command, Actor actor)
    {
        var slot = States.SlotOrNew(command.Stream);
        return slot.Family.Forbidden(slot.Committed.State, command, actor);
    }

    /// <summary>Once queued, a command happens or fails as a whole; giving up the wait would only hide which, so it cannot be cancelled.</summary>
    private Task<CommandResult> DecideAsync(CommandRequest request, string? digest, TaskCompletionSource<CommandResult> answer) =>
        request.Command is IDecidedAlone ? DecideAloneAsync(request, digest, answer) : DecideNowAsync(request, digest, answer);

    private async Task<CommandResult> DecideAloneAsync(CommandRequest request, string? digest, TaskCompletionSource<CommandResult> answer)
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Task before;
        lock (_turn)
        {
            (before, _lastAlone) = (_lastAlone, done.Task);
        }

        await before.ConfigureAwait(false);
        try
        {
            return await DecideNowAsync(request, digest, answer).ConfigureAwait(false);
        }
        finally
        {
            done.SetResult();
        }
    }

    private Task<CommandResult> DecideNowAsync(CommandRequest request, string? digest, TaskCompletionSource<CommandResult> answer)
    {
        var stream = request.Command.Stream;
        var writer = _writers[Writer.IndexOf(States.FamilyOf(stream).WriterOf(stream))];
        if (writer.Decide(request, digest, answer) is { } now)
        {
            answer.TrySetResult(now);
        }

        return answer.Task;
    }

    private CommandResult Refuse(CommandRequest request, Rejection why) => new(request.Command.Stream, States.VersionOf(request.Command.Stream), why);

    [LoggerMessage(Level = LogLevel.Error, Message = "the commit observer {Observer} threw at event {Sequence}; the commit stands")]
    private partial void LogObserverFailed(Exception e, string observer, long sequence);

    private sealed record KeyInFlight(string Digest, Task<CommandResult> Answer);
}
