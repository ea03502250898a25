using System.Collections.Immutable;
using OpsConsole.Domain.Canaries.Runs;

namespace OpsConsole.Engine.Canaries.Results;

/// <summary>
/// The last failures of one canary with all that was said. When it is full, the place that has most gives up its oldest: a region that fails all day does not
/// push out what another region showed once.
/// </summary>
public sealed record FailureShelf(ImmutableArray<RunResult> Newest)
{
    public const int Most = 12;

    public static readonly FailureShelf Empty = new([]);

    public FailureShelf With(RunResult failure)
    {
        ImmutableArray<RunResult> all = [failure, .. Newest];
        if (all.Length <= Most)
        {
            return new(all);
        }

        var crowded = all.GroupBy(one => one.Post).OrderByDescending(group => group.Count()).ThenBy(group => group.Max(one => one.Ended)).First();
        return new(all.Remove(crowded.Last()));
    }
}
