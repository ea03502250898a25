using System.Collections.Immutable;

namespace OpsConsole.Domain.Journal;

/// <summary>The class of a refusal; it decides the HTTP status and whether trying again can help.</summary>
public enum RejectionKind
{
    /// <summary>The request itself is wrong (400).</summary>
    Invalid,

    /// <summary>The thing it names does not exist (404).</summary>
    NotFound,

    /// <summary>The actor may not do this here (403).</summary>
    Forbidden,

    /// <summary>The state does not allow it, or the state seen is no longer the state (409).</summary>
    Conflict,

    /// <summary>A safety rule holds it back: cord, one AZ at a time, quarantine, calendar (423).</summary>
    Blocked,

    /// <summary>The console itself cannot now: full disk, locked database, too many requests waiting (503).</summary>
    Unavailable,
}

/// <summary>
/// A refusal as data (law 1): a stable code, what happened, why, and what to do next, with the evidence that decided it.
/// </summary>
/// <param name="Kind">See <see cref="RejectionKind"/>.</param>
/// <param name="Code">Stable, <c>slice.reason</c>, for programs.</param>
/// <param name="What">What was refused, one sentence for a person.</param>
/// <param name="Why">Why, with the facts.</param>
/// <param name="Do">What to do next.</param>
public sealed record Rejection(RejectionKind Kind, string Code, string What, string Why, string Do)
{
    /// <summary>The facts that decided, by name: blocking hosts, versions, since, until.</summary>
    public ImmutableSortedDictionary<string, string> Evidence { get; init; } = ImmutableSortedDictionary<string, string>.Empty;

    public Rejection With(string name, string value) => this with { Evidence = Evidence.SetItem(name, value) };

    public override string ToString() => $"{What} {Why} {Do}";
}
