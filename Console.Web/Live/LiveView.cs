using System.Collections.Immutable;
using OpsConsole.Engine.Live;

namespace OpsConsole.Web.Live;

/// <summary>
/// What one page shows: a snapshot with its version and age. Changes are gathered for <see cref="Every"/>, so a page renders at most four times a second;
/// a hidden tab not at all. Without a pulse of the engine for five seconds it is stale, and commands are held back.
/// </summary>
/// <typeparam name="T">An immutable view model.</typeparam>
public sealed class LiveView<T> : IAsyncDisposable
    where T : class
{
    public static readonly TimeSpan Every = TimeSpan.FromMilliseconds(250);

    private readonly LiveSources _sources;
    private readonly Func<T> _read;
    private readonly TimeSpan? _again;
    private readonly LiveSubscription _changes;
    private readonly CancellationTokenSource _end = new();
    private Task _loop = Task.CompletedTask;
    private bool _dirty;

    /// <param name="again">Reads again this often though nothing happened: for what is measured, not journaled. Null for never.</param>
    public LiveView(LiveSources sources, ImmutableArray<string> families, Func<T> read, TimeSpan? again = null)
    {
        (_sources, _read, _again) = (sources, read, again);
        _changes = sources.Feed.Subscribe(families);
        Stale = StaleNow;
    }

    /// <summary>Null before the first reading, or where none has succeeded yet.</summary>
    public T? Value { get; private set; }

    /// <summary>Rises with each new value.</summary>
    public long Version { get; private set; }

    /// <summary>When the value was last found to be so.</summary>
    public DateTimeOffset AsOf { get; private set; }

    public bool Stale { get; private set; }

    /// <summary>What went wrong at the last reading, in words; null where nothing did.</summary>
    public string? Failure { get; private set; }

    private bool StaleNow => _sources.Pulse.Now().StaleAt(_sources.Clock.GetUtcNow());

    /// <summary>Reads at once: at the start, and when the person asks for something else.</summary>
    public bool Refresh()
    {
        try
        {
            var value = _read();
            AsOf = _sources.Clock.GetUtcNow();
            var changed = Failure is not null || !ReferenceEquals(value, Value);
            (Value, Failure) = (value, null);
            Version += changed ? 1 : 0;
            return changed;
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            var changed = Failure != e.Message;
            Failure = e.Message;
            return changed;
        }
    }

    /// <summary>One beat: takes the changes that came, reads where there were some, and says whether there is something to render.</summary>
    public bool Beat()
    {
        var came = _changes.Drain();
        if (_sources.Tab.Hidden)
        {
            _dirty |= came;
            return false;
        }

        var wasStale = Stale;
        Stale = StaleNow;
        var read = came || _dirty || _sources.Clock.GetUtcNow() - AsOf >= _again;

        // Readings are shared and may be one beat old; a second look makes sure that the last change is seen.
        _dirty = came;
        return (read && Refresh()) | (wasStale != Stale);
    }

    /// <summary>Begins to call <paramref name="render"/> when something changed.</summary>
    public void Start(Func<Task> render) => _loop = RunAsync(render);

    public async ValueTask DisposeAsync()
    {
        _changes.Dispose();
        await _end.CancelAsync();
        await _loop;
        _end.Dispose();
    }

    private async Task RunAsync(Func<Task> render)
    {
        try
        {
            using var timer = new PeriodicTimer(Every, _sources.Clock);
            while (await timer.WaitForNextTickAsync(_end.Token))
            {
                if (Beat())
                {
                    await render();
                }
            }
        }
        catch (Exception e) when (e is OperationCanceledException or ObjectDisposedException)
        {
            // The circuit is gone, and the view with it.
        }
    }
}
