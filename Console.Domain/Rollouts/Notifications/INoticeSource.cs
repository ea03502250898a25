using System.Collections.Immutable;
using OpsConsole.Domain.Journal;

namespace OpsConsole.Domain.Rollouts.Notifications;

/// <summary>What another slice has to tell people, in books <c>notices/NAME/KEY</c>. Reads committed states only, so that a book that was lost is made again with the same ids.</summary>
public interface INoticeSource
{
    /// <summary>The second part of its books' names; another for each source, and none of <see cref="NoticeStreams"/>' own.</summary>
    string Name { get; }

    /// <summary>Keys of its books of which there is something to tell, each with the version of what it is about.</summary>
    IEnumerable<(string Key, long Version)> Books(IStates states);

    /// <summary>What is told in a book: the last <see cref="Transition.Kept"/>, oldest first.</summary>
    ImmutableArray<ToldMove> Moves(string key, IStates states);
}

/// <summary>One transition of another slice.</summary>
/// <param name="Services">What it touches; null for any.</param>
/// <param name="Region">Its name; a subscription of the region or of the partition is told.</param>
public sealed record ToldMove(Transition Transition, NoticeContent Content, ImmutableHashSet<string>? Services, string Region, string Partition);
