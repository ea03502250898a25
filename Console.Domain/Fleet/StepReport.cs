using System.Collections.Immutable;

namespace OpsConsole.Domain.Fleet;

/// <summary>What a host (or its driver) says of one step. Reports may come late, twice or never.</summary>
/// <param name="CommandId">The host command it answers, <see cref="Visit.CommandId"/>.</param>
/// <param name="Token">The fencing token the command carried.</param>
/// <param name="Succeeded">Whether the step did what it was to do.</param>
/// <param name="Release">The release the host says it runs now; null where it does not know.</param>
/// <param name="Detail">What went wrong or was seen, at most 500 characters.</param>
public sealed record StepReport(string Host, string CommandId, long Token, bool Succeeded, string? Release, string? Detail)
{
    /// <summary>The firmware and OS patch the host says it has now; empty where it does not say.</summary>
    public ImmutableArray<HostChange> Changes { get; init => field = value.IsDefault ? [] : value; } = [];

    /// <summary>Shards it read back; null where it read none.</summary>
    public ShardSample? Sample { get; init; }

    /// <summary>The report with its free text cut to size: it comes from outside.</summary>
    public StepReport Bounded() =>
        Detail is { Length: > 500 } || Release is { Length: > 64 } || !Changes.IsEmpty || Sample is { } sample && (sample.Checked < 0 || sample.Mismatches < 0)
            ? this with { Detail = Cut(Detail, 500), Release = Cut(Release, 64), Changes = HostChange.Bounded(Changes), Sample = Sample is { Checked: >= 0, Mismatches: >= 0 } ? Sample : null }
            : this;

    private static string? Cut(string? text, int most) => text is not null && text.Length > most ? text[^most..] : text;
}
