using System.Collections.Immutable;
using OpsConsole.Domain.Access;
using OpsConsole.Domain.Canaries;
using OpsConsole.Domain.Canaries.Runs;
using OpsConsole.Domain.Journal;
using OpsConsole.Engine.Canaries;
using OpsConsole.Engine.Canaries.Results;
using OpsConsole.Engine.Canaries.Silence;

namespace OpsConsole.Web.Canaries;

/// <summary>Canaries for pages and API: what there is, how each stands, as far as the actor may see its regions.</summary>
public sealed class CanariesReader(IStates states, CanaryResults results, CanarySupervisor supervisor, SilenceBook silence, TimeProvider clock)
{
    public CanaryBook Book => states.Get<CanaryBook>(CanaryStreams.Only);

    public DateTimeOffset Now => clock.GetUtcNow();

    public RunnerItem Runner => new(supervisor.Posts, supervisor.UnderWay, supervisor.Deaths, supervisor.TooMany, supervisor.Quiet?.TotalMilliseconds);

    public IEnumerable<PostResults> Posts(Actor actor) => results.Posts.Where(post => May(actor, post.Target.Region, post.Target.Partition));

    public IEnumerable<SilenceLine> Silence(Actor actor) => silence.Lines.Where(line => May(actor, line.Where.Region, line.Where.Partition));

    public CanaryItem Item(KnownCanary known, Actor actor) => CanaryItem.Of(known, Book, [.. results.Of(known.Canary.Name).Where(post => May(actor, post.Target.Region, post.Target.Partition))], Now);

    /// <summary>Newest first.</summary>
    public ImmutableArray<RunResult> Failures(string canary, Actor actor, string? region = null)
    {
        var partitions = results.Of(canary).ToLookup(post => post.Post.Region, post => post.Target.Partition);
        return [.. results.FailuresOf(canary).Where(failure => (region is null || failure.Post.Region == region) && May(actor, failure.Post.Region, partitions[failure.Post.Region].FirstOrDefault()))];
    }

    /// <summary>The page, with one canary in one region in full where it is asked for.</summary>
    public CanariesModel Page(string? canary, string? region)
    {
        var (book, posts, now) = (Book, results.Posts.ToArray(), Now);
        var shown = CanaryDetail.Of(book, canary, region, posts, canary is null ? [] : [.. results.FailuresOf(canary).Where(failure => failure.Post.Region == region)], now);
        return CanariesModel.Of(book, posts, Runner, silence.Lines, shown, now);
    }

    private static bool May(Actor actor, string region, string? partition) => Permissions.May(actor, Permission.View, Scope.OfRegion(region, partition));
}

/// <summary>How the canaries' runner does.</summary>
/// <param name="Posts">Canaries by places that have turns.</param>
/// <param name="Deaths">Runners that died or hung and were replaced, since the console started.</param>
/// <param name="NotRun">Places beyond what is run.</param>
/// <param name="QuietMs">How long it was not seen alive; null before it started.</param>
public sealed record RunnerItem(int Posts, int UnderWay, int Deaths, int NotRun, double? QuietMs);
