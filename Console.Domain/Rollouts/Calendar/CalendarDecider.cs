using System.Collections.Immutable;
using OpsConsole.Domain.Access;
using OpsConsole.Domain.Journal;

namespace OpsConsole.Domain.Rollouts.Calendar;

/// <summary>The rules of the change calendar.</summary>
public sealed class CalendarDecider : IDecider<CalendarState>
{
    public CalendarState Initial(StreamId stream) => new();

    public Decision Decide(CalendarState state, ICommand command, DecisionContext context) =>
        command switch
        {
            AddEntry add => CalendarRules.Check(add.Entry, context.States) ?? Add(state, Signed(add.Entry, context)),
            ChangeEntry change => CalendarRules.Check(change.Entry, context.States) ?? Change(state, Signed(change.Entry, context), context),
            RemoveEntry remove => Unknown(state, remove.Id) ?? NoReason(remove.Id, "removed", context) ?? Decision.Accept(new EntryRemoved(remove.Id)),
            OverrideEntry pass => CalendarRules.Override(state, pass, context),
            EndOverride end => state.Overrides.Any(one => one.Entry == end.Id && one.Rollout == end.Rollout && one.Until > context.Now) ? Decision.Accept(new OverrideEnded(end.Id, end.Rollout)) : Unknown(state, end.Id) ?? Decision.Nothing,
            SetZone set => CalendarRules.Zone(state, set),
            _ => throw new ArgumentOutOfRangeException(nameof(command), command.GetType().Name, "not a calendar command"),
        };

    public CalendarState Apply(CalendarState state, IEvent happened, DateTimeOffset at) =>
        happened switch
        {
            EntryAdded e => state with { Entries = state.Entries.SetItem(e.Entry.Id, e.Entry) },
            EntryChanged e => state with { Entries = state.Entries.SetItem(e.Entry.Id, e.Entry), Overrides = state.Overrides.RemoveAll(one => one.Entry == e.Entry.Id) },
            EntryRemoved e => state with { Entries = state.Entries.Remove(e.Id), Overrides = state.Overrides.RemoveAll(one => one.Entry == e.Id) },
            EntryOverridden e => state with { Overrides = [.. state.Overrides.Where(one => one.Until > at - CalendarLimits.OverridesKept), e.Override] },
            OverrideEnded e => state with { Overrides = [.. state.Overrides.Select(one => one.Entry == e.Id && one.Rollout == e.Rollout && one.Until > at ? one with { Until = at } : one)] },
            ZoneSet e => state with { Zones = e.Zone is null ? state.Zones.Remove(e.Scope) : state.Zones.SetItem(e.Scope, e.Zone) },
            _ => state,
        };

    /// <summary>A change needs the permission where the entry holds and where it held: nobody moves another scope's freeze away.</summary>
    public ImmutableArray<Scope> Reach(CalendarState state, ICommand command) =>
        command switch
        {
            ChangeEntry change when state.Entries.GetValueOrDefault(change.Entry.Id) is { } now => [change.Scope, now.Scope],
            RemoveEntry remove when state.Entries.GetValueOrDefault(remove.Id) is { } now => [now.Scope],
            OverrideEntry pass when state.Entries.GetValueOrDefault(pass.Id) is { } now => [now.Scope],
            EndOverride end when state.Entries.GetValueOrDefault(end.Id) is { } now => [now.Scope],
            _ => [((CalendarCommand)command).Scope],
        };

    internal static Decision? Unknown(CalendarState state, string id) =>
        state.Entries.ContainsKey(id) ? (Decision?)null : new Rejection(RejectionKind.NotFound, "calendar.unknown", $"The calendar has no entry '{id}'.", "It was removed, or never added.", "Look at the calendar.");

    internal static Decision? NoReason(string id, string what, DecisionContext context) =>
        !string.IsNullOrWhiteSpace(context.Reason) ? (Decision?)null : new Rejection(RejectionKind.Invalid, "calendar.reason-missing", $"{id} was not {what}.", "No reason was given.", "Say why.");

    private static Decision Add(CalendarState state, CalendarEntry entry) =>
        state.Entries.GetValueOrDefault(entry.Id) is { } taken ? new Rejection(RejectionKind.Conflict, "calendar.exists", $"{entry.Id} was not added.", $"There is a {taken.Kind.ToString().ToLowerInvariant()} of that name, set by {taken.By}.", "Change that one, or choose another name.")
        : state.Entries.Count >= CalendarLimits.MostEntries ? new Rejection(RejectionKind.Conflict, "calendar.full", $"{entry.Id} was not added.", $"The calendar has {CalendarLimits.MostEntries} entries, which is the most it holds.", "Remove some that are over.")
        : Decision.Accept(new EntryAdded(entry));

    private static Decision Change(CalendarState state, CalendarEntry entry, DecisionContext context) =>
        Unknown(state, entry.Id) ?? NoReason(entry.Id, "changed", context)
        ?? (CalendarRules.Same(state.Entries[entry.Id], entry) ? Decision.Nothing : Decision.Accept(new EntryChanged(entry)));

    private static CalendarEntry Signed(CalendarEntry entry, DecisionContext context) => entry with { By = context.Actor.Id, At = context.Now };
}
