using System.Collections.Immutable;
using OpsConsole.Domain.Canaries;
using OpsConsole.Domain.Canaries.Scheduling;
using OpsConsole.Domain.Journal;
using OpsConsole.Engine.Canaries.Targets;

namespace OpsConsole.Engine.Canaries.Running;

/// <summary>All posts there are now, from definitions and targets, each with its turns. It outlives a runner that died: what was missed meanwhile is then known.</summary>
internal sealed class PostList(IStates states, IEnumerable<ICanaryTargets> worlds, TimeProvider clock)
{
    /// <summary>More are not run, and said so.</summary>
    public const int MostPosts = 20_000;

    private readonly Lock _gate = new();
    private readonly ICanaryTargets[] _worlds = [.. worlds];
    private ImmutableDictionary<TimeSpan, Roll> _rolls = ImmutableDictionary<TimeSpan, Roll>.Empty;
    private volatile ImmutableDictionary<string, Post> _posts = ImmutableDictionary<string, Post>.Empty.WithComparers(StringComparer.Ordinal);

    public IReadOnlyDictionary<string, Post> Posts => _posts;

    /// <summary>Posts there would be beyond <see cref="MostPosts"/>.</summary>
    public int TooMany { get; private set; }

    /// <summary>Looks at definitions and targets anew. Posts that stay keep their turns; new ones have theirs within one period.</summary>
    public void Refresh()
    {
        // A world that hangs must not keep others from looking.
        var wished = Wished();
        lock (_gate)
        {
            Take(wished, clock.GetUtcNow());
        }
    }

    private void Take(List<Post> wished, DateTimeOffset now)
    {
        TooMany = Math.Max(0, wished.Count - MostPosts);
        var known = _posts;
        var posts = wished.Take(MostPosts).Select(post => known.GetValueOrDefault(post.Key) is { } before && before.IsAsBefore(post) ? before : post).ToArray();
        var rolls = ImmutableDictionary.CreateBuilder<TimeSpan, Roll>();
        foreach (var group in posts.GroupBy(post => post.Canary.Schedule.Period))
        {
            var roll = _rolls.GetValueOrDefault(group.Key, Roll.Empty);
            rolls[group.Key] = roll = roll.Places.Count == group.Count() && group.All(post => roll.Places.ContainsKey(post.Key)) ? roll : roll.With(group.Select(post => post.Key));
            foreach (var post in group.Where(post => !known.TryGetValue(post.Key, out var before) || !ReferenceEquals(before, post)))
            {
                Begin(post, roll.PhaseOf(post.Key), now);
            }
        }

        _rolls = rolls.ToImmutable();
        if (posts.Length != known.Count || posts.Any(post => !ReferenceEquals(known.GetValueOrDefault(post.Key), post)))
        {
            _posts = posts.ToImmutableDictionary(post => post.Key, StringComparer.Ordinal);
        }
    }

    private static void Begin(Post post, double phase, DateTimeOffset now)
    {
        var schedule = post.Canary.Schedule;
        (post.Phase, post.Since) = (phase, now);
        post.Last = schedule.NewestTurn(post.Key, phase, now);
        post.Next = schedule.Turn(post.Key, phase, post.Last + 1);
    }

    private List<Post> Wished()
    {
        var canaries = states.Get<CanaryBook>(CanaryStreams.Only).Canaries;
        var byService = canaries.Values.Select(known => known.Canary).ToLookup(canary => canary.Service);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var wished = new List<Post>();
        foreach (var world in canaries.IsEmpty ? [] : _worlds)
        {
            foreach (var target in world.Now())
            {
                foreach (var canary in byService[target.Service].Where(canary => canary.LooksAt(target.Service, target.Region, target.Vantage)))
                {
                    var post = new Post(canary, target, world);
                    if (seen.Add(post.Key))
                    {
                        wished.Add(post);
                    }
                }
            }
        }

        return wished;
    }
}
