using System.Collections.Immutable;
using OpsConsole.Engine.Noodles.Steps;

namespace OpsConsole.Engine.Noodles.Pools;

/// <summary>
/// Things that one scenario has at a time. What comes back is scrubbed and looked at; what is not clean then is quarantined, with the reason, and tried again after a while.
/// Who asks for several gets all at once or waits for all, so nobody waits for somebody who waits; who came first is served first.
/// </summary>
public sealed class LeasePool<T>(IPoolKeeper<T> keeper, string target, TimeProvider clock)
    where T : class
{
    /// <summary>Nobody waits longer: less than a step may take, so that the wait explains itself.</summary>
    public static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(25);

    /// <summary>After so long a quarantined thing is scrubbed again.</summary>
    public static readonly TimeSpan Quarantine = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan LongestScrub = TimeSpan.FromSeconds(60);

    private readonly Lock _lock = new();
    private readonly Stack<T> _free = [];
    private readonly Dictionary<T, LeasedThing> _leased = [];
    private readonly Dictionary<T, QuarantinedThing> _quarantined = [];
    private readonly LinkedList<(int Many, string Holder, TaskCompletionSource<ImmutableArray<T>> Ready)> _waiting = [];
    private int _made;
    private long _leases;

    public PoolView View
    {
        get
        {
            lock (_lock)
            {
                return new(keeper.Kind, target, keeper.Most, _free.Count + keeper.Most - _made, _waiting.Count, _leases, [.. _leased.Values.OrderBy(leased => leased.Since)], [.. _quarantined.Values.OrderBy(thing => thing.Since)]);
            }
        }
    }

    /// <exception cref="BrokenTestException">None was free in time; it says why.</exception>
    public async Task<ImmutableArray<T>> LeaseAsync(int many, string holder, CancellationToken cancel)
    {
        if (many > keeper.Most)
        {
            throw new BrokenTestException($"{holder} wants {many} {keeper.Kind}s at once and {target} has {keeper.Most}. Give the target more of them.");
        }

        await RetryAsync().ConfigureAwait(false);
        var ready = new TaskCompletionSource<ImmutableArray<T>>(TaskCreationOptions.RunContinuationsAsynchronously);
        LinkedListNode<(int, string, TaskCompletionSource<ImmutableArray<T>>)> place;
        lock (_lock)
        {
            place = _waiting.AddLast((many, holder, ready));
            Serve();
        }

        try
        {
            return await WaitAsync(ready.Task, cancel).ConfigureAwait(false);
        }
        catch (Exception e) when (e is TimeoutException or OperationCanceledException)
        {
            bool served;
            lock (_lock)
            {
                served = place.List is null;
                if (!served)
                {
                    _waiting.Remove(place);
                    // Whoever stood behind may want less.
                    Serve();
                }
            }

            if (served)
            {
                return await ready.Task.ConfigureAwait(false);
            }

            throw e is TimeoutException ? new BrokenTestException(Explain(many, holder), e) : e;
        }
    }

    /// <summary>Takes it back. Null where it is clean; else why it is quarantined.</summary>
    public async Task<string?> ReturnAsync(T thing)
    {
        // Not with the scenario's own token: it is cleaned up whatever became of that.
        using var limit = new CancellationTokenSource(LongestScrub, clock);
        return Return(thing, await ScrubAsync(thing, limit.Token).ConfigureAwait(false));
    }

    /// <summary>Takes it back as it is, not scrubbed; where something is wrong with it, that is done when its quarantine is over.</summary>
    /// <param name="fault">Why it cannot be given to anybody; null where it is clean.</param>
    public string? Return(T thing, string? fault)
    {
        lock (_lock)
        {
            _leased.Remove(thing);
            if (fault is null)
            {
                _free.Push(thing);
            }
            else
            {
                _quarantined[thing] = new(keeper.NameOf(thing), fault, clock.GetUtcNow());
            }

            Serve();
        }

        return fault is null ? null : $"The {keeper.Kind} {keeper.NameOf(thing)} is quarantined: {fault}";
    }

    /// <summary>What is in quarantine is tried again meanwhile: it may be all there is.</summary>
    private async Task<ImmutableArray<T>> WaitAsync(Task<ImmutableArray<T>> ready, CancellationToken cancel)
    {
        var began = clock.GetTimestamp();
        while (true)
        {
            var left = LongestWait - clock.GetElapsedTime(began);
            try
            {
                return await ready.WaitAsync(left < Quarantine ? left : Quarantine, clock, cancel).ConfigureAwait(false);
            }
            catch (TimeoutException) when (clock.GetElapsedTime(began) < LongestWait)
            {
                await RetryAsync().ConfigureAwait(false);
            }
        }
    }

    private async Task RetryAsync()
    {
        T[] due;
        lock (_lock)
        {
            due = [.. _quarantined.Where(pair => clock.GetUtcNow() - pair.Value.Since >= Quarantine).Select(pair => pair.Key)];
            foreach (var thing in due)
            {
                // In nobody's hands meanwhile, so that no two try at once.
                _leased[thing] = new(keeper.NameOf(thing), "being scrubbed again", clock.GetUtcNow());
                _quarantined.Remove(thing);
            }
        }

        foreach (var thing in due)
        {
            await ReturnAsync(thing).ConfigureAwait(false);
        }
    }

    private async Task<string?> ScrubAsync(T thing, CancellationToken cancel)
    {
        try
        {
            return await keeper.ScrubAsync(thing, cancel).ConfigureAwait(false);
        }
        catch (Exception e) when (e is HttpRequestException or OperationCanceledException or WrongAnswerException or IOException or TimeoutException)
        {
            return $"it could not be scrubbed: {e.Message}";
        }
    }

    private void Serve()
    {
        while (_waiting.First is { } first && first.Value.Many <= _free.Count + keeper.Most - _made)
        {
            _waiting.RemoveFirst();
            var given = ImmutableArray.CreateBuilder<T>(first.Value.Many);
            for (var at = 0; at < first.Value.Many; at++)
            {
                var thing = _free.TryPop(out var free) ? free : keeper.Make(_made++);
                _leased[thing] = new(keeper.NameOf(thing), first.Value.Holder, clock.GetUtcNow());
                given.Add(thing);
            }

            _leases += given.Count;
            first.Value.Ready.SetResult(given.MoveToImmutable());
        }
    }

    private string Explain(int many, string holder)
    {
        var view = View;
        return $"{holder} waited {LongestWait.TotalSeconds:0} s for {many} {keeper.Kind}(s) of {target}: of {view.Most}, {view.Leased.Length} are leased ({string.Join(", ", view.Leased.Take(5).Select(leased => $"{leased.Name} by {leased.Holder}"))}), "
            + $"{view.Quarantined.Length} quarantined ({string.Join(", ", view.Quarantined.Take(5).Select(thing => $"{thing.Name}: {thing.Reason}"))}). Run fewer at once, or give the target more {keeper.Kind}s.";
    }
}
