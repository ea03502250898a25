using System.Collections.Immutable;
using System.Text.Json.Serialization;
using OpsConsole.Domain.Access;

namespace OpsConsole.Domain.Rollouts.Calendar;

public enum EntryKind
{
    /// <summary>While it is active no work begins in its scope.</summary>
    Freeze,

    /// <summary>Where a scope has windows, work begins only while one of them is active.</summary>
    Window,
}

/// <summary>What happens to work that is under way when the calendar closes; the strictest first.</summary>
public enum Overrun
{
    /// <summary>Hosts in work are finished; no other host of the batch begins.</summary>
    Pause,

    /// <summary>The batch in work is finished.</summary>
    FinishBatch,

    /// <summary>All batches of the AZ in work are finished, with their bakes.</summary>
    FinishAz,
}

/// <summary>One freeze or window.</summary>
/// <param name="Id">Letters, digits, <c>-</c>, <c>_</c>, <c>.</c>; at most 64 characters. Overrides name it.</param>
/// <param name="When">A schedule in its written form, see <see cref="Schedule"/>.</param>
/// <param name="Why">What it is for: people who wait read it. 1 to 500 characters.</param>
public sealed record CalendarEntry(string Id, EntryKind Kind, Scope Scope, string When, string Why)
{
    /// <summary>By its name in the tz database; null for the zone of the place that asks (<see cref="CalendarState.Zones"/>).</summary>
    public string? Zone { get; init; }

    public Overrun Overrun { get; init; } = Overrun.FinishBatch;

    /// <summary>Days on which it does not begin, by the clock of its zone; at most 366.</summary>
    public ImmutableArray<DateOnly> Except { get; init; } = [];

    /// <summary>The least role that may override it.</summary>
    public Role OverrideBy { get; init; } = Role.Approver;

    /// <summary>Who set it last, and when; empty in commands.</summary>
    public string By { get; init; } = "";

    public DateTimeOffset At { get; init; }

    /// <summary>Freezes end carefully late, windows carefully early, where clocks go back.</summary>
    [JsonIgnore]
    internal bool EndsLate => Kind == EntryKind.Freeze;
}

/// <summary>Somebody lets work pass one named entry for a while. It ends with the entry, and with any change of the entry.</summary>
/// <param name="Rollout">Only this rollout's work; null for all work.</param>
public sealed record CalendarOverride(string Entry, string? Rollout, string By, string Reason, DateTimeOffset Since, DateTimeOffset Until)
{
    public bool InForce(string? rollout, DateTimeOffset at) => at >= Since && at < Until && (Rollout is null || Rollout == rollout);
}
