using System.Collections.Immutable;
using OpsConsole.Domain.Canaries;
using OpsConsole.Domain.Canaries.Runs;
using OpsConsole.Domain.Canaries.Silence;
using OpsConsole.Engine.Canaries.Results;
using OpsConsole.Engine.Canaries.Silence;
using OpsConsole.Web.Kit;

namespace OpsConsole.Web.Canaries;

/// <summary>What the page of canaries shows.</summary>
/// <param name="Columns">Canaries of the grid, <see cref="MostColumns"/> at most, those that need a person first.</param>
/// <param name="More">Canaries beyond the grid's columns.</param>
/// <param name="Rows">Regions, those that need a person first.</param>
/// <param name="Shown">The canary and region that were chosen; null for none.</param>
public sealed record CanariesModel(ImmutableArray<string> Columns, int More, ImmutableArray<RegionRow> Rows, RunnerItem Runner, ImmutableArray<SilenceRow> Silence, CanaryDetail? Shown, int Count)
{
    public const int MostColumns = 8;

    public bool RunnerLives => Runner.QuietMs is { } quiet && quiet < 5_000;

    public static CanariesModel Of(CanaryBook book, IEnumerable<PostResults> posts, RunnerItem runner, IEnumerable<SilenceLine> silence, CanaryDetail? shown, DateTimeOffset now)
    {
        var standings = posts.Where(post => book.Canaries.ContainsKey(post.Post.Canary)).Select(post => (Post: post, Standing: post.StandingAt(now))).ToArray();
        var worst = standings.GroupBy(one => one.Post.Post.Canary).ToDictionary(group => group.Key, group => group.Max(one => one.Standing));
        ImmutableArray<string> names = [.. book.Canaries.Keys.OrderByDescending(name => worst.GetValueOrDefault(name, Standing.Waiting)).ThenBy(name => name, StringComparer.Ordinal)];
        ImmutableArray<string> columns = [.. names.Take(MostColumns).Order(StringComparer.Ordinal)];
        ImmutableArray<RegionRow> rows =
        [
            .. standings.GroupBy(one => one.Post.Post.Region)
                .Select(region => RegionRow.Of(region.Key, region.First().Post.Target, [.. columns.Select(column => Cell.Of(book, column, region.Key, [.. region.Where(one => one.Post.Post.Canary == column).Select(one => one.Standing)], now))]))
                .OrderByDescending(row => row.Worst).ThenBy(row => row.Simulated).ThenBy(row => row.Region, StringComparer.Ordinal),
        ];
        return new(columns, names.Length - columns.Length, rows, runner, [.. silence.Select(SilenceRow.Of)], shown, names.Length);
    }

    public static StateKind Kind(Standing standing) =>
        standing switch
        {
            Standing.Served => StateKind.Ok,
            Standing.Degraded or Standing.Slow => StateKind.Warn,
            Standing.Waiting => StateKind.Idle,
            Standing.Broken or Standing.Silent => StateKind.Unknown,
            _ => StateKind.Bad,
        };

    public static string Words(Standing standing) =>
        standing switch
        {
            Standing.Served => "served",
            Standing.Degraded => "served after a retry",
            Standing.Waiting => "no turn yet",
            Standing.Broken => "canary broken",
            Standing.Silent => "silent",
            Standing.Slow => "slow",
            _ => "failing",
        };
}

/// <param name="Worst">Of its cells.</param>
public sealed record RegionRow(string Region, string Partition, bool Simulated, ImmutableArray<Cell> Cells, Standing Worst)
{
    internal static RegionRow Of(string region, Engine.Canaries.Targets.CanaryTarget target, ImmutableArray<Cell> cells) =>
        new(region, target.Partition, target.Simulated, cells, cells.Where(cell => cell.Places > 0 && !cell.Muted).Select(cell => cell.Standing).DefaultIfEmpty(Standing.Served).Max());
}

/// <summary>A canary in a region: its worst place, and at how many places it stands like that.</summary>
/// <param name="Places">0 where it does not run there.</param>
public sealed record Cell(string Canary, Standing Standing, int Like, int Places, bool Muted)
{
    public string Text => Places == 0 ? "–" : $"{(Muted ? "muted, " : "")}{CanariesModel.Words(Standing)}{(Like < Places ? $" {Like} of {Places}" : "")}";

    internal static Cell Of(CanaryBook book, string canary, string region, ImmutableArray<Standing> standings, DateTimeOffset now)
    {
        var worst = standings.DefaultIfEmpty(Standing.Served).Max();
        return new(canary, worst, standings.Count(one => one == worst), standings.Length, book.MuteOf(canary, region, now) is not null);
    }
}

/// <summary>Customers' traffic of one service in one region.</summary>
public sealed record SilenceRow(string Name, bool Simulated, StateKind Kind, string State, string Says, string Detail)
{
    internal static SilenceRow Of(SilenceLine line) =>
        new(
            $"{line.Where.Service} in {line.Where.Region}", line.Where.Simulated,
            line.Finding.IsSilent() ? StateKind.Bad : line.Finding switch { SilenceFinding.Nothing => StateKind.Ok, SilenceFinding.Unknown => StateKind.Unknown, _ => StateKind.Warn },
            line.Finding.IsSilent() ? "silent failure" : line.Finding switch { SilenceFinding.Nothing => "well", SilenceFinding.Unknown => "unknown", SilenceFinding.AlarmKnows => "alarm", _ => "look" },
            line.Finding.Words(), line.Traffic.Detail);
}

/// <summary>One canary in one region, in full.</summary>
public sealed record CanaryDetail(KnownCanary Known, string Region, ImmutableArray<PlaceRow> Places, ImmutableArray<RunResult> Failures, CanaryMute? Mute)
{
    public Canary Canary => Known.Canary;

    public static CanaryDetail? Of(CanaryBook book, string? canary, string? region, IEnumerable<PostResults> posts, ImmutableArray<RunResult> failures, DateTimeOffset now) =>
        canary is not null && region is not null && book.Canaries.TryGetValue(canary, out var known)
            ? new(
                known, region,
                [.. posts.Where(post => post.Post.Canary == canary && post.Post.Region == region).OrderByDescending(post => post.StandingAt(now)).ThenBy(post => post.Post.Vantage).ThenBy(post => post.Post.Host, StringComparer.Ordinal).Select(post => PlaceRow.Of(post, now))],
                failures, book.MuteOf(canary, region, now))
            : null;

    /// <summary>What a mute reaches.</summary>
    public string MuteRadius => $"{Canary.Name} in {Region}, {Ages.Of(Places.Length, "place")}: nobody is told of what it says for an hour. It goes on running, and its results are kept.";
}

/// <param name="Recent">The last turns, newest first, in words: what a shape says is said too.</param>
public sealed record PlaceRow(string Place, Standing Standing, string Last, DateTimeOffset? At, string Time, string Counts, string Recent)
{
    internal static PlaceRow Of(PostResults post, DateTimeOffset now)
    {
        var served = post.Recent.Count(brief => brief.State.IsServed());
        return new(
            post.Post.Host is { } host ? $"{post.Post.Vantage.Word()} {host}" : post.Post.Vantage.Word(), post.StandingAt(now),
            post.Last is { } last ? $"{last.State.Words()}{(last.Detail.Length > 0 ? $" – {last.Detail}" : "")}" : "nothing yet",
            post.Last?.Ended,
            post.Last is { Attempts: > 0 } run ? FormattableString.Invariant($"{run.FromIntended.TotalMilliseconds:F0} ms") : "–",
            $"{Ages.Of(post.Retries, "retry", "retries")}, {Ages.Of(post.Missed, "turn")} missed",
            post.Recent.IsEmpty ? "none" : $"{served} of the last {post.Recent.Length}");
    }
}
