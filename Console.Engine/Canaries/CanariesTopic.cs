using System.Collections.Immutable;
using OpsConsole.Domain.Canaries;
using OpsConsole.Domain.Canaries.Runs;
using OpsConsole.Domain.Journal;
using OpsConsole.Engine.Canaries.Results;
using OpsConsole.Engine.Live;

namespace OpsConsole.Engine.Canaries;

/// <summary>The topic <c>canaries</c>: one item for each canary, with how it stands in each region.</summary>
public sealed class CanariesTopic(IStates states, CanaryResults results, TimeProvider clock) : ITopicSource
{
    public const string Name = "canaries";

    public bool Has(string topic) => topic == Name;

    public void Touched(Recorded recorded, ITouched touched)
    {
        var name = recorded.Event switch
        {
            CanaryPut e => e.Canary.Name,
            CanaryRemoved e => e.Name,
            CanaryMuted e => e.Name,
            CanaryUnmuted e => e.Name,
            _ => null,
        };
        if (name is not null)
        {
            touched.Touch(Name, name);
        }
    }

    public IEnumerable<string> Keys(string topic) => states.Get<CanaryBook>(CanaryStreams.Only).Canaries.Keys;

    public object? Item(string topic, string key) =>
        states.Get<CanaryBook>(CanaryStreams.Only) is var book && book.Canaries.TryGetValue(key, out var known) ? CanaryItem.Of(known, book, results.Of(key), clock.GetUtcNow()) : null;
}

/// <summary>A canary as live clients and the API see it.</summary>
/// <param name="Does">What it does, in words.</param>
/// <param name="Places">How it stands at each place, those that need a person first; <see cref="CanaryItem.MostPlaces"/> at most.</param>
/// <param name="All">Places there are.</param>
public sealed record CanaryItem(string Name, string Service, string About, string Does, double PeriodSeconds, DateTimeOffset Since, string By, ImmutableArray<CanaryMute> Mutes, ImmutableDictionary<Standing, int> Counts, int All, ImmutableArray<PlaceItem> Places)
{
    public const int MostPlaces = 300;

    public static CanaryItem Of(KnownCanary known, CanaryBook book, ImmutableArray<PostResults> posts, DateTimeOffset now)
    {
        var canary = known.Canary;
        ImmutableArray<PlaceItem> places = [.. posts.Select(post => PlaceItem.Of(post, book, now)).OrderByDescending(place => place.Standing).ThenBy(place => place.Region, StringComparer.Ordinal).ThenBy(place => place.Vantage).ThenBy(place => place.Host, StringComparer.Ordinal)];
        return new(
            canary.Name, canary.Service, canary.About, canary.Script is { } script ? $"script {script}" : canary.Noodles is { } noodles ? $"Noodles {noodles}" : $"{canary.Steps.Length} steps",
            canary.Schedule.Period.TotalSeconds, known.Since, known.By, [.. book.Mutes.Where(mute => mute.Canary == canary.Name && mute.Until > now)],
            places.GroupBy(place => place.Standing).ToImmutableDictionary(group => group.Key, group => group.Count()), places.Length, places.Length > MostPlaces ? places[..MostPlaces] : places);
    }
}

/// <summary>A canary at one place.</summary>
/// <param name="LastState">Of the newest turn; null where none is known.</param>
/// <param name="FromIntendedMs">From its intended start to its end, in which its lateness (<paramref name="LateMs"/>) is.</param>
/// <param name="Missed">Turns nobody took, since the console started; <paramref name="Retries"/> likewise.</param>
public sealed record PlaceItem(
    string Partition, string Region, Vantage Vantage, string? Host, bool Simulated, Standing Standing, bool Muted, RunState? LastState, DateTimeOffset? LastAt, string? Detail, double? FromIntendedMs, double? LateMs, int Attempts, long Missed, long Retries,
    DateTimeOffset? LastServed, ImmutableArray<RunState> Recent)
{
    public static PlaceItem Of(PostResults post, CanaryBook book, DateTimeOffset now) =>
        new(
            post.Target.Partition, post.Post.Region, post.Post.Vantage, post.Post.Host, post.Target.Simulated, post.StandingAt(now), book.MuteOf(post.Post.Canary, post.Post.Region, now) is not null,
            post.Last?.State, post.Last?.Ended, post.Last?.Detail, post.Last?.FromIntended.TotalMilliseconds, post.Last?.Late.TotalMilliseconds, post.Last?.Attempts ?? 0, post.Missed, post.Retries,
            post.LastServed, [.. post.Recent.Select(brief => brief.State)]);
}
