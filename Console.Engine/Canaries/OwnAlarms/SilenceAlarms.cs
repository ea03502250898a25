using System.Collections.Immutable;
using OpsConsole.Domain.Access;
using OpsConsole.Domain.Alarms.Rules;
using OpsConsole.Domain.Alarms.Streams;
using OpsConsole.Engine.Canaries.Silence;

namespace OpsConsole.Engine.Canaries.OwnAlarms;

/// <summary>The alarms that tell of silent failure, one for each service in a region whose customers are counted.</summary>
internal static class SilenceAlarms
{
    public const string Group = "silent-failure";
    private const string Owner = "canaries";

    /// <summary>Null where all are there.</summary>
    public static PutAlarms? Due(IEnumerable<SilenceLine> lines, AlarmGroup group)
    {
        ImmutableArray<AlarmDefinition> missing = [.. lines.Select(line => Of(line.Where)).Where(alarm => !group.Alarms.ContainsKey(alarm.Name))];
        return missing.IsEmpty ? null : new PutAlarms(Group, missing) { Owner = Owner };
    }

    private static AlarmDefinition Of(CountedService where) =>
        new($"{where.Service}-{where.Region}", Scope.OfRegion(where.Region, where.Partition))
        {
            Service = where.Service,
            Description = "Customers stay away against their own season, and no alarm says why. See the page of canaries.",
            Tags = [Group],
            Rule = new([new AlarmInput("m", new StreamSelector(SilenceBook.Metric) { Service = where.Service, Region = where.Region }, Statistic.Maximum)], Comparison.GreaterOrEqual, 1) { Bad = 2, Of = 3 },
        };
}
