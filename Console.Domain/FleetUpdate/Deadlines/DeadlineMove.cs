using System.Collections.Immutable;

namespace OpsConsole.Domain.FleetUpdate.Deadlines;

/// <param name="Words">What it waits for; once it ended, how.</param>
public sealed record OverdueHost(string Host, string Words);

/// <summary>Hosts passed the deadline of their campaign, or are waited for no more: what people are told of, once each.</summary>
/// <param name="Number">Its place among all of the region, from 1.</param>
/// <param name="Deadline">By when they were to be visited.</param>
/// <param name="Hosts">The first <see cref="MostSingly"/> of <paramref name="Count"/>.</param>
/// <param name="Over">Whether this is the end of it.</param>
public sealed record DeadlineMove(int Number, DateTimeOffset At, string Campaign, DateTimeOffset Deadline, ImmutableArray<OverdueHost> Hosts, int Count, bool Over)
{
    /// <summary>More hosts of a campaign that are late at once are told of together: a campaign of thousands is one message, and one when the last of them has ended.</summary>
    public const int MostSingly = 10;

    /// <summary>A region remembers its last ones, this many.</summary>
    public const int Kept = 100;
}
