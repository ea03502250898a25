using System.Collections.Immutable;
using System.Text.Json;
using OpsConsole.Domain.Alarms.Rules.Composites;
using OpsConsole.Domain.Journal;

namespace OpsConsole.Domain.Alarms.Rules;

/// <summary>Whether alarms may be made, changed or taken out.</summary>
internal static class AlarmPuts
{
    private const string NotPut = "The alarms were not put; nothing has changed.";
    private const string NotRemoved = "The alarms were not removed; nothing has changed.";

    public static Decision Decide(AlarmGroup state, PutAlarms put, DecisionContext context)
    {
        if (Refused(state, put) is { } refused)
        {
            return refused;
        }

        var gone = put.Replace ? state.Alarms.Keys.Except(put.Alarms.Select(alarm => alarm.Name)).ToArray() : [];
        var changed = put.Alarms.Where(alarm => !Same(state.Alarms.GetValueOrDefault(alarm.Name)?.Definition, alarm)).ToArray();
        ImmutableArray<IEvent> events = [.. changed.Select(alarm => (IEvent)new AlarmPut(alarm, put.Owner)), .. gone.Select(name => new AlarmRemoved(name))];
        var after = events.Aggregate(state, (group, happened) => AlarmFold.Apply(group, happened, context.Now));
        return after.Alarms.Count > AlarmGroup.MostAlarms
            ? Invalid("alarms.too-many", $"The group would hold {after.Alarms.Count}; at most {AlarmGroup.MostAlarms} belong to one group.", "Put them in several groups.")
            : Related(after, [.. changed.Select(alarm => alarm.Name)], gone, context.States) ?? Decision.Accept(events);
    }

    public static Decision Decide(AlarmGroup state, RemoveAlarms remove, DecisionContext context)
    {
        if (Owned(state, remove.Owner, NotRemoved) is { } owned)
        {
            return owned;
        }

        var names = remove.Names.IsEmpty ? [.. state.Alarms.Keys] : remove.Names.Distinct().ToArray();
        if (names.FirstOrDefault(name => !state.Alarms.ContainsKey(name)) is { } missing)
        {
            return AlarmDecider.NoSuchAlarm(state.Name, missing, NotRemoved);
        }

        var after = state with { Alarms = state.Alarms.RemoveRange(names) };
        return Related(after, [], names, context.States) ?? Decision.Accept([.. names.Select(name => (IEvent)new AlarmRemoved(name))]);
    }

    private static Rejection? Refused(AlarmGroup state, PutAlarms put)
    {
        if (!AlarmRules.IsName(put.Group))
        {
            return Invalid("alarms.group", "The group is no name: use 1 to 100 letters, digits, '-', '_' or '.'.", "Name it otherwise.");
        }

        if (put.Alarms.Length is 0 or > AlarmGroup.MostAlarms && !put.Replace)
        {
            return Invalid("alarms.none", $"There are {put.Alarms.Length} alarms in it.", $"Give 1 to {AlarmGroup.MostAlarms}.");
        }

        if (put.Alarms.GroupBy(alarm => alarm.Name).FirstOrDefault(same => same.Count() > 1) is { } twice)
        {
            return Invalid("alarms.twice", $"'{twice.Key}' is in it twice.", "Give each alarm its own name.");
        }

        foreach (var alarm in put.Alarms)
        {
            if (AlarmRules.Check(alarm) is { IsEmpty: false } errors)
            {
                return Invalid("alarms.invalid", $"{alarm.Name}: {string.Join(" ", errors.Take(5).Select(error => $"{error.Path}: {error.What}"))}", "Change it and send it again.").With("alarm", alarm.Name).With("path", errors[0].Path);
            }
        }

        return Owned(state, put.Owner, NotPut);
    }

    private static Rejection? Owned(AlarmGroup state, string? owner, string what) =>
        state.Alarms.IsEmpty || state.Owner == owner ? null
        : new Rejection(RejectionKind.Conflict, "alarms.owned", what, state.Owner is null ? $"The group {state.Name} belongs to people, and {owner} may not change it." : $"The alarms of {state.Name} belong to {state.Owner}, which would put them back.", state.Owner is null ? "Choose another group." : $"Change or remove {state.Owner} instead.");

    /// <summary>What composites name must be there, must not come back to itself, and must not be watched by too many.</summary>
    private static Rejection? Related(AlarmGroup after, string[] put, string[] gone, IStates states)
    {
        AlarmDefinition? Find(string fullName) => AlarmAdvance.Find(fullName, after, states)?.Definition;
        foreach (var name in put.Where(name => after.Alarms[name].Definition.Composite is not null))
        {
            var (full, composite) = ($"{after.Name}/{name}", after.Alarms[name].Definition.Composite!);
            if (Named(composite).FirstOrDefault(child => Find(child) is null) is { } missing)
            {
                return Invalid("alarms.unknown-child", $"{full} names {missing}, and there is no such alarm.", "Name alarms in full, as group/name, and make them first.");
            }

            if (CompositeCycles.From(full, alarm => Find(alarm)?.Composite is { } rule ? Named(rule) : []) is { IsEmpty: false } cycle)
            {
                return new Rejection(RejectionKind.Conflict, "alarms.cycle", NotPut, $"{string.Join(" → ", cycle)} comes back to itself; none of them could be evaluated.", "Take one of the names out of one of the rules.");
            }
        }

        if (gone.Length == 0 && !put.Any(name => after.Alarms[name].Definition.Composite is not null))
        {
            return null;
        }

        var parents = Parents(after, states);
        var removed = gone.Select(name => $"{after.Name}/{name}").FirstOrDefault(parents.ContainsKey);
        var crowded = parents.FirstOrDefault(child => child.Value.Count > CompositeExpression.MostParents).Key;
        return removed is not null ? new Rejection(RejectionKind.Conflict, "alarms.in-use", NotRemoved, $"{removed} is named by {string.Join(", ", parents[removed].Take(5))}.", "Change those first.")
            : crowded is not null ? Invalid("alarms.too-many-parents", $"{crowded} would be watched by {parents[crowded].Count} composites; at most {CompositeExpression.MostParents} may watch one alarm.", "Join some of them.")
            : null;
    }

    private static Dictionary<string, List<string>> Parents(AlarmGroup after, IStates states)
    {
        var parents = new Dictionary<string, List<string>>(StringComparer.Ordinal);
        var groups = states.All<AlarmGroup>(AlarmStreams.Family).Select(group => group.State).Where(group => group.Name != after.Name).Append(after);
        foreach (var (group, name) in groups.SelectMany(group => group.Restless.Select(name => (group, name))))
        {
            foreach (var child in group.Alarms[name].Definition.Composite is { } rule ? Named(rule) : [])
            {
                (parents.TryGetValue(child, out var known) ? known : parents[child] = []).Add($"{group.Name}/{name}");
            }
        }

        return parents;
    }

    private static string[] Named(CompositeRule rule) => [.. rule.Read?.Children ?? [], .. rule.Suppressor is { } suppressor ? [suppressor] : Array.Empty<string>()];

    /// <summary>Definitions hold lists, which records compare by reference: their written forms are compared.</summary>
    private static bool Same(AlarmDefinition? known, AlarmDefinition put) => known is not null && JsonSerializer.Serialize(known) == JsonSerializer.Serialize(put);

    private static Rejection Invalid(string code, string why, string then) => new(RejectionKind.Invalid, code, NotPut, why, then);
}
