using System.Collections.Concurrent;
using System.Collections.Immutable;
using OpsConsole.Domain.Alarms.Streams;
using OpsConsole.Domain.Canaries;
using OpsConsole.Domain.Canaries.Runs;
using OpsConsole.Engine.Alarms.Streams;
using OpsConsole.Engine.Canaries.Running;

namespace OpsConsole.Engine.Canaries.Results;

/// <summary>What canaries say: hands numbers in to the metrics, keeps the last results of each post and the last failures of each canary.</summary>
/// <param name="sink">Null where nobody takes metrics.</param>
public sealed class CanaryResults(IMetricSink? sink)
{
    private readonly ConcurrentDictionary<string, PostResults> _posts = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, FailureShelf> _failures = new(StringComparer.Ordinal);

    /// <summary>Told which canary said something. Must be quick.</summary>
    internal Action<string>? Changed { get; set; }

    /// <summary>Told of every turn, as it ends. Must be quick.</summary>
    internal Action<RunResult>? Ended { get; set; }

    /// <summary>All posts, in no order.</summary>
    public IEnumerable<PostResults> Posts => _posts.Values;

    public ImmutableArray<PostResults> Of(string canary) => [.. _posts.Values.Where(post => post.Post.Canary == canary)];

    /// <summary>Newest first.</summary>
    public ImmutableArray<RunResult> FailuresOf(string canary) => _failures.GetValueOrDefault(canary, FailureShelf.Empty).Newest;

    /// <summary>Of all canaries, newest first.</summary>
    public IEnumerable<RunResult> Failures => _failures.Values.SelectMany(shelf => shelf.Newest).OrderByDescending(failure => failure.Ended);

    internal void Take(Post post, RunResult result)
    {
        // One that was removed or changed while its last turn was under way says nothing of what there is now.
        while (_posts.TryGetValue(post.Key, out var known) && ReferenceEquals(known.Canary, post.Canary) && !_posts.TryUpdate(post.Key, known.With(result), known))
        {
        }

        if (!result.State.IsServed() && _posts.ContainsKey(post.Key))
        {
            _failures.AddOrUpdate(post.Id.Canary, _ => FailureShelf.Empty.With(result), (_, shelf) => shelf.With(result));
        }

        foreach (var (stream, value) in CanaryMetrics.Of(result, post.Target.Service, post.Target.Partition, post.Target.Az))
        {
            sink?.Add(stream, value, result.Ended);
        }

        Changed?.Invoke(post.Id.Canary);
        Ended?.Invoke(result);
    }

    internal void Missed(Post post, long turns, DateTimeOffset at)
    {
        _posts.AddOrUpdate(post.Key, _ => Fresh(post) with { Missed = turns }, (_, known) => known with { Missed = known.Missed + turns });
        sink?.Add(new MetricStream(CanaryMetrics.Missed) { Service = post.Target.Service, Partition = post.Target.Partition, Region = post.Target.Region, Canary = post.Id.Canary, Vantage = post.Id.Vantage.Word() }, turns, at);
    }

    /// <summary>Forgets posts that are no more, and begins those that are new.</summary>
    internal void Keep(IEnumerable<Post> posts)
    {
        var kept = posts.ToDictionary(post => post.Key, StringComparer.Ordinal);
        foreach (var gone in _posts.Keys.Where(key => !kept.ContainsKey(key)))
        {
            _posts.TryRemove(gone, out _);
        }

        foreach (var (key, post) in kept)
        {
            _posts.AddOrUpdate(key, _ => Fresh(post), (_, known) => ReferenceEquals(known.Canary, post.Canary) && known.Target == post.Target ? known : Fresh(post));
        }

        foreach (var canary in _failures.Keys.Where(name => !_posts.Values.Any(post => post.Post.Canary == name)))
        {
            _failures.TryRemove(canary, out _);
        }
    }

    private static PostResults Fresh(Post post) => new(post.Id, post.Canary, post.Target, post.Since, [], null, 0, 0, null);
}
