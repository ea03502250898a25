using OpsConsole.Domain.Canaries.Runs;
using OpsConsole.Domain.Canaries.Scheduling;
using OpsConsole.Engine.Canaries.Results;

namespace OpsConsole.Engine.Canaries.Running;

/// <summary>
/// Gives every post its turns: open loop, so that a target that stalls delays nobody else; bounded, so that many that stall cannot take the console with them.
/// One that dies or hangs is replaced by <see cref="CanarySupervisor"/>.
/// </summary>
internal sealed class CanaryRunner(PostList list, CanaryRun run, CanaryResults results, TimeProvider clock, int mostAtOnce = CanaryRunner.MostAtOnce)
{
    public const int MostAtOnce = 512;

    private static readonly TimeSpan RefreshEvery = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestWait = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan NoRoomWait = TimeSpan.FromMilliseconds(20);

    private readonly PriorityQueue<Post, long> _due = new();
    private int _underWay;
    private long _beat = clock.GetTimestamp();

    /// <summary>How long the loop has not been seen alive.</summary>
    public TimeSpan Quiet => clock.GetElapsedTime(Interlocked.Read(ref _beat));

    public int UnderWay => Volatile.Read(ref _underWay);

    public async Task RunAsync(CancellationToken cancel)
    {
        IReadOnlyDictionary<string, Post>? queued = null;
        var refreshed = clock.GetTimestamp();
        for (var first = true; !cancel.IsCancellationRequested; first = false)
        {
            Interlocked.Exchange(ref _beat, clock.GetTimestamp());
            if (first || clock.GetElapsedTime(refreshed) >= RefreshEvery)
            {
                refreshed = clock.GetTimestamp();
                list.Refresh();

                // It may have hung in there so long that another runner has taken over.
                cancel.ThrowIfCancellationRequested();
                queued = Queue(queued);
            }

            var room = TakeDue(cancel);
            var wait = !room ? NoRoomWait : _due.TryPeek(out var next, out _) && next.Next - clock.GetUtcNow() is var until && until < LongestWait ? until : LongestWait;
            await Task.Delay(wait > TimeSpan.Zero ? wait : TimeSpan.Zero, clock, cancel).ConfigureAwait(false);
        }
    }

    private IReadOnlyDictionary<string, Post> Queue(IReadOnlyDictionary<string, Post>? queued)
    {
        var posts = list.Posts;
        if (!ReferenceEquals(posts, queued))
        {
            _due.Clear();
            foreach (var post in posts.Values)
            {
                _due.Enqueue(post, post.Next.UtcTicks);
            }

            results.Keep(posts.Values);
        }

        return posts;
    }

    /// <summary>Begins what is due. False where there is no room for it.</summary>
    private bool TakeDue(CancellationToken cancel)
    {
        while (_due.TryPeek(out var post, out _) && post.Next <= clock.GetUtcNow())
        {
            var due = DueTurn.Of(post.Canary.Schedule, post.Key, post.Phase, post.Last, clock.GetUtcNow());
            var room = UnderWay < mostAtOnce;
            if (due is { Number: not null, TooLate: false } && !room)
            {
                return false;
            }

            _due.Dequeue();
            if (due.Number is { } turn)
            {
                Take(post, turn, due, room, cancel);
            }

            post.Next = post.Canary.Schedule.Turn(post.Key, post.Phase, post.Last + 1);
            _due.Enqueue(post, post.Next.UtcTicks);
        }

        return true;
    }

    private void Take(Post post, long turn, DueTurn due, bool room, CancellationToken cancel)
    {
        post.Last = turn;
        if (due.Missed > 0)
        {
            results.Missed(post, due.Missed, clock.GetUtcNow());
        }

        var before = post.UnderWay is var (_, _, by) && ReferenceEquals(by, this);
        if (due.TooLate || before)
        {
            var (state, why) = before ? (RunState.Overloaded, "its turn before had not ended") : room ? (RunState.NotInTime, "its turn began too late to say anything of its moment") : (RunState.Overloaded, $"{mostAtOnce} turns were under way, the most there may be");
            results.Take(post, NotBegun(post, turn, due.Intended, state, why));
            return;
        }

        post.UnderWay = (turn, due.Intended, this);
        Interlocked.Increment(ref _underWay);
        _ = OneAsync(post, turn, due.Intended, cancel);
    }

    private async Task OneAsync(Post post, long turn, DateTimeOffset intended, CancellationToken cancel)
    {
        try
        {
            var result = await run.OnceAsync(post.Canary, post.Target, post.Way, turn, intended, cancel).ConfigureAwait(false);
            if (!cancel.IsCancellationRequested)
            {
                results.Take(post, result);
            }
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            // The runner ends: whoever ended it says so of this turn.
            return;
        }
        catch (Exception e)
        {
            results.Take(post, NotBegun(post, turn, intended, RunState.Broken, $"its way to the target threw {e.GetType().Name}: {e.Message}"));
        }
        finally
        {
            Interlocked.Decrement(ref _underWay);
        }

        post.UnderWay = null;
    }

    internal RunResult NotBegun(Post post, long turn, DateTimeOffset intended, RunState state, string why)
    {
        var now = clock.GetUtcNow();
        return new(post.Id, turn, intended, now, now, state, 0, [], why) { Simulated = post.Target.Simulated };
    }
}
