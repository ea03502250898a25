using System.Collections.Immutable;
using OpsConsole.Domain.Access;

namespace OpsConsole.Domain.Rollouts.Calendar;

/// <summary>Why work may not begin.</summary>
/// <param name="Entries">All that hold it now: active freezes, or, where none is, the windows that are all closed.</param>
/// <param name="Opens">The next moment at which work may begin; null where there is none within 400 days.</param>
public sealed record CalendarHold(ImmutableArray<HeldBy> Entries, DateTimeOffset? Opens)
{
    public string Names => string.Join(", ", Entries.Select(entry => $"the {entry.Kind.ToString().ToLowerInvariant()} {entry.Entry}"));

    public string Sentence => Words.Some(Entries.Select(entry => entry.Sentence), 3);
}

/// <param name="Until">A freeze's end, or a window's next beginning; null where there is none within 400 days.</param>
/// <param name="Broken">Why the entry cannot be read; it then holds everything in its scope. Null where it can.</param>
public sealed record HeldBy(string Entry, EntryKind Kind, string Why, DateTimeOffset? Until, Overrun Overrun, Role OverrideBy, string? Broken)
{
    public string Sentence =>
        Broken is not null ? $"the {Kind.ToString().ToLowerInvariant()} {Entry}, which cannot be read and therefore holds everything: {Broken}"
        : Kind == EntryKind.Freeze ? $"the freeze {Entry} ({Why})"
        : $"the window {Entry} ({Why}), which is closed";
}
