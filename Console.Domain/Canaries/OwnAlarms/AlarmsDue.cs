using System.Collections.Immutable;
using OpsConsole.Domain.Alarms.Rules;

namespace OpsConsole.Domain.Canaries.OwnAlarms;

/// <summary>A place as far as alarms tell places apart.</summary>
public readonly record struct AlarmPlace(string Partition, string Region, Vantage Vantage, bool Simulated);

/// <summary>What is to change so that a canary has its alarms and no others.</summary>
public static class AlarmsDue
{
    /// <summary>Commands for the canary's group; none where all is as it should be.</summary>
    /// <param name="places">Where it runs now. A place that is gone for a while keeps its alarms: that nobody is heard there is what they tell.</param>
    public static ImmutableArray<AlarmCommand> Of(Canary canary, IEnumerable<AlarmPlace> places, AlarmGroup group)
    {
        var (name, owner) = (CanaryAlarms.Group(canary.Name), CanaryAlarms.Owner(canary.Name));
        ImmutableArray<AlarmDefinition> wanted = [.. places.Distinct().SelectMany(place => CanaryAlarms.Of(canary, place.Partition, place.Region, place.Vantage, place.Simulated)).Take(AlarmGroup.MostAlarms)];
        ImmutableArray<string> gone = [.. group.Alarms.Where(alarm => !Stays(canary, alarm.Value.Definition)).Select(alarm => alarm.Key)];
        return
        [
            .. wanted.IsEmpty ? [] : new AlarmCommand[] { new PutAlarms(name, wanted) { Owner = owner } },
            .. gone.IsEmpty ? [] : new AlarmCommand[] { new RemoveAlarms(name, gone) { Owner = owner } },
        ];
    }

    /// <summary>Groups of canaries that are no more.</summary>
    public static IEnumerable<RemoveAlarms> Orphans(CanaryBook book, IEnumerable<AlarmGroup> groups) =>
        from one in groups
        where !one.Alarms.IsEmpty && CanaryAlarms.CanaryOf(one) is { } canary && !book.Canaries.ContainsKey(canary)
        select new RemoveAlarms(one.Name, []) { Owner = one.Owner };

    private static bool Stays(Canary canary, AlarmDefinition alarm) =>
        alarm.Rule is { Inputs: [{ Streams: var streams }, ..] } && streams.Service == canary.Service && canary.Vantages.Any(vantage => vantage.Word() == streams.Vantage && canary.LooksAt(canary.Service, streams.Region ?? "", vantage));
}
