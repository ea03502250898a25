using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OpsConsole.Domain.Canaries;
using OpsConsole.Domain.Canaries.Runs;
using OpsConsole.Domain.Journal;
using OpsConsole.Engine.Canaries.Results;
using OpsConsole.Engine.Canaries.Running;
using OpsConsole.Engine.Canaries.Targets;
using OpsConsole.Engine.Live;

namespace OpsConsole.Engine.Canaries;

/// <summary>
/// Keeps a runner alive: one that ended or was not seen alive for a while counts as dead. What it had in hand and what came due meanwhile is said
/// of the canaries, not of their targets, and another runner takes over.
/// </summary>
public sealed partial class CanarySupervisor : BackgroundService
{
    private static readonly TimeSpan Round = TimeSpan.FromSeconds(1);

    private readonly PostList _list;
    private readonly CanaryRun _run;
    private readonly CanaryResults _results;
    private readonly RunnerLag? _ownLag;
    private readonly TimeProvider _clock;
    private readonly ILogger<CanarySupervisor> _log;
    private CanaryRunner? _runner;
    private Task _running = Task.CompletedTask;
    private CancellationTokenSource? _life;
    private int _disposed;

    public CanarySupervisor(IStates states, IEnumerable<ICanaryTargets> worlds, IEnumerable<ICanaryWork> works, CanaryResults results, TopicBook topics, TimeProvider clock, ILogger<CanarySupervisor> log, IRunnerLag? lag = null)
    {
        (_results, _clock, _log) = (results, clock, log);
        results.Changed = canary => topics.Touch(CanariesTopic.Name, canary);
        _list = new PostList(states, worlds, clock);
        _run = new CanaryRun(works, lag ?? (_ownLag = new RunnerLag(clock)), clock);
    }

    /// <summary>A runner that was not seen alive for this long counts as dead.</summary>
    public TimeSpan QuietFor { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Runners that died since the console started.</summary>
    public int Deaths { get; private set; }

    /// <summary>How long the runner has not been seen alive; null where none was started yet.</summary>
    public TimeSpan? Quiet => _runner?.Quiet;

    public int UnderWay => _runner?.UnderWay ?? 0;

    /// <summary>Posts that have turns.</summary>
    public int Posts => _list.Posts.Count;

    /// <summary>Posts that would be beyond what is run.</summary>
    public int TooMany => _list.TooMany;

    /// <summary>Runs a canary now, at the targets that are asked for: what a person wants to see. Its results count like any other.</summary>
    /// <param name="region">Null for all.</param>
    public async Task<IReadOnlyList<RunResult>> RunNowAsync(Canary canary, string? region, Vantage? vantage, int most, CancellationToken cancel)
    {
        _list.Refresh();
        _results.Keep(_list.Posts.Values);
        var posts = _list.Posts.Values.Where(post => post.Id.Canary == canary.Name && (region is null || post.Id.Region == region) && (vantage is null || post.Id.Vantage == vantage)).OrderBy(post => post.Key, StringComparer.Ordinal).Take(most);
        return await Task.WhenAll(posts.Select(async post =>
        {
            var result = await _run.OnceAsync(post.Canary, post.Target, post.Way, 0, _clock.GetUtcNow(), cancel).ConfigureAwait(false);
            _results.Take(post, result);
            return result;
        })).ConfigureAwait(false);
    }

    /// <summary>Looks once whether the runner lives; starts one where none does.</summary>
    internal void Look(CancellationToken stopping)
    {
        if (_runner is { } runner)
        {
            if (!_running.IsCompleted && runner.Quiet < QuietFor)
            {
                return;
            }

            Deaths++;
            LogDied(_running.Exception?.GetBaseException(), _running.IsCompleted ? "ended" : "was not seen alive");
            _life!.Cancel();
            Bury(runner);
        }

        _life = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        var (next, life) = (new CanaryRunner(_list, _run, _results, _clock), _life.Token);
        (_runner, _running) = (next, Task.Run(() => next.RunAsync(life), CancellationToken.None));
    }

    public override void Dispose()
    {
        // The container knows it by two names, and disposes of each.
        if (Interlocked.Exchange(ref _disposed, 1) == 0)
        {
            base.Dispose();
            _life?.Cancel();
            _life?.Dispose();
            _ownLag?.Dispose();
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        using var timer = new PeriodicTimer(Round, _clock);
        do
        {
            Look(stoppingToken);
        }
        while (await timer.WaitForNextTickAsync(stoppingToken).ConfigureAwait(false));
    }

    private void Bury(CanaryRunner dead)
    {
        foreach (var post in _list.Posts.Values)
        {
            if (post.UnderWay is var (turn, intended, _))
            {
                post.UnderWay = null;
                _results.Take(post, dead.NotBegun(post, turn, intended, RunState.RunnerDied, "the runner died with it in hand"));
            }
            else if (post.Next <= _clock.GetUtcNow())
            {
                var due = post.Canary.Schedule.NewestTurn(post.Key, post.Phase, _clock.GetUtcNow());
                _results.Take(post, dead.NotBegun(post, due, post.Next, RunState.RunnerDied, "the runner was dead when it came due"));
                post.Last = due;
            }

            post.Next = post.Canary.Schedule.Turn(post.Key, post.Phase, post.Last + 1);
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "the canaries' runner {How}; another takes over")]
    private partial void LogDied(Exception? why, string how);
}
