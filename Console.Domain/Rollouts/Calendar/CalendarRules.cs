using System.Globalization;
using OpsConsole.Domain.Access;
using OpsConsole.Domain.Cord;
using OpsConsole.Domain.Journal;

namespace OpsConsole.Domain.Rollouts.Calendar;

/// <summary>What must hold of entries, overrides and zones.</summary>
public static class CalendarRules
{
    /// <summary>What is wrong with an entry, with the field it is in; null where nothing is.</summary>
    public static (string Field, string What)? Wrong(CalendarEntry entry) =>
        !PipelineRules.IsName(entry.Id) ? ("id", "give 1 to 64 letters, digits, '-', '_' or '.'.")
        : string.IsNullOrWhiteSpace(entry.Why) || entry.Why.Length > 500 ? ("why", "say in 1 to 500 characters what it is for: people who wait read it.")
        : entry.Zone is { } zone && ZoneClock.Find(zone) is null ? ("zone", $"this machine's tz database has no zone '{Short(zone)}'; write a name such as Europe/Dublin, or leave it out for the place's own.")
        : Schedule.Parse(entry.When) is { Wrong: { } wrong } ? ("when", $"'{Short(entry.When)}': {wrong}.")
        : entry.Except.IsDefault || entry.Except.Length > CalendarLimits.MostExceptions ? ("except", $"give at most {CalendarLimits.MostExceptions} days.")
        : !Enum.IsDefined(entry.Kind) || !Enum.IsDefined(entry.Overrun) ? ("kind", "give a kind and an overrun that are known.")
        : entry.OverrideBy < Role.Approver || !Enum.IsDefined(entry.OverrideBy) ? ("overrideBy", "give Approver or Admin.")
        : null;

    internal static Decision? Check(CalendarEntry entry, IStates states) =>
        Wrong(entry) is { } wrong ? (Decision)new Rejection(RejectionKind.Invalid, "calendar.invalid", "The calendar was not changed.", $"{wrong.Field}: {wrong.What}", "Correct it and send it again.").With("field", wrong.Field)
        : !CordScopes.Exists(entry.Scope, states) ? new Rejection(RejectionKind.NotFound, "calendar.unknown-scope", "The calendar was not changed.", $"The fleet has no {entry.Scope.Kind.ToString().ToLowerInvariant()} named '{entry.Scope.Name}': it would hold nothing and look as if it did.", "Choose one of the fleet's, or 'global'.")
        : (Decision?)null;

    internal static bool Same(CalendarEntry one, CalendarEntry other) =>
        one.Except.SequenceEqual(other.Except) && one with { Except = [], By = "", At = default, Scope = Scope.Global } == other with { Except = [], By = "", At = default, Scope = Scope.Global } && one.Scope.ToString() == other.Scope.ToString();

    internal static Decision Override(CalendarState state, OverrideEntry command, DecisionContext context)
    {
        if ((CalendarDecider.Unknown(state, command.Id) ?? CalendarDecider.NoReason(command.Id, "overridden", context)) is { } refused)
        {
            return refused;
        }

        var entry = state.Entries[command.Id];
        if (command.For < CalendarLimits.ShortestOverride || command.For > CalendarLimits.LongestOverride)
        {
            return new Rejection(RejectionKind.Invalid, "calendar.override-length", $"{command.Id} was not overridden.", "An override lasts from 1 minute to 7 days.", "Say for how long.");
        }

        if (!MayOverride(context.Actor, entry))
        {
            return new Rejection(RejectionKind.Forbidden, "calendar.override-role", $"{command.Id} was not overridden.", $"It may be overridden by {entry.OverrideBy} or higher in {entry.Scope}.", $"Ask someone with that role, or wait for its end.")
                .With("role", entry.OverrideBy.ToString()).With("scope", entry.Scope.ToString());
        }

        if (command.Rollout is { } rollout && !context.States.Get<Rollout>(RolloutStreams.Of(rollout)).Exists)
        {
            return new Rejection(RejectionKind.NotFound, "rollout.unknown", $"{command.Id} was not overridden.", $"There is no rollout {rollout}.", "Look at the list of rollouts.");
        }

        return state.Overrides.Count(one => one.Until > context.Now) >= CalendarLimits.MostOverrides
            ? new Rejection(RejectionKind.Conflict, "calendar.full", $"{command.Id} was not overridden.", $"{CalendarLimits.MostOverrides} overrides are in force, which is the most there may be.", "End some first.")
            : Decision.Accept(new EntryOverridden(new(command.Id, command.Rollout, context.Actor.Id, context.Reason!, context.Now, context.Now + command.For)));
    }

    /// <summary>Whether somebody's role, in a scope that holds the entry's, is high enough.</summary>
    public static bool MayOverride(Actor actor, CalendarEntry entry) =>
        Permissions.May(actor, Permission.OverrideCalendar, entry.Scope) && Permissions.Holds(actor.Grants, new(entry.OverrideBy, entry.Scope));

    internal static Decision Zone(CalendarState state, SetZone command)
    {
        var at = command.Where.ToString();
        return command.Where.Kind is not (ScopeKind.Global or ScopeKind.Partition or ScopeKind.Region) ? new Rejection(RejectionKind.Invalid, "calendar.zone-scope", "The time zone was not set.", $"{at} has no time zone of its own.", "Set it for a region, for a partition or for all.")
            : command.Zone is { } zone && ZoneClock.Find(zone) is null ? new Rejection(RejectionKind.Invalid, "calendar.unknown-zone", "The time zone was not set.", $"This machine's tz database has no zone '{Short(zone)}'.", "Write a name such as Europe/Dublin.")
            : state.Zones.GetValueOrDefault(at) == command.Zone ? Decision.Nothing
            : state.Zones.Count >= CalendarLimits.MostZones && !state.Zones.ContainsKey(at) ? new Rejection(RejectionKind.Conflict, "calendar.full", "The time zone was not set.", string.Create(CultureInfo.InvariantCulture, $"{CalendarLimits.MostZones} are set, which is the most there may be."), "Take some back first.")
            : Decision.Accept(new ZoneSet(at, command.Zone));
    }

    private static string Short(string text) => text.Length <= 60 ? text : $"{text[..60]}…";
}
