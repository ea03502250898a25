using System.Collections.Immutable;
using OpsConsole.Domain.Alarms.Audit;
using OpsConsole.Domain.Alarms.Maintenance;
using OpsConsole.Domain.Alarms.Rules;
using OpsConsole.Web.Kit;

namespace OpsConsole.Web.Alarms;

/// <summary>One alarm in the table.</summary>
/// <param name="Simulated">Whether it speaks for a simulated region.</param>
public sealed record AlarmRow(string Name, string Href, AlarmState State, DateTimeOffset Since, string Scope, string? Service, string Reason, string? Hold, bool Simulated)
{
    public StateKind Kind => KindOf(State);

    public static StateKind KindOf(AlarmState state) => state switch { AlarmState.Ok => StateKind.Ok, AlarmState.Alarm => StateKind.Bad, _ => StateKind.Unknown };
}

/// <summary>How well a group's alarms told.</summary>
/// <param name="Unjudged">How often they fired and nobody said whether they were right.</param>
public sealed record QualityRow(string Group, string? Owner, int Alarms, int Fired, int Right, int Wrong, int Missed, int Unjudged)
{
    /// <summary>Of those judged, the share that was right; null where none was.</summary>
    public double? Precision => Right + Wrong == 0 ? null : (double)Right / (Right + Wrong);

    public static QualityRow Of(AlarmGroup group)
    {
        var (fired, right, wrong) = (group.Alarms.Values.Sum(alarm => alarm.Fired), group.Alarms.Values.Sum(alarm => alarm.Right), group.Alarms.Values.Sum(alarm => alarm.Wrong));
        return new(group.Name, group.Owner, group.Alarms.Count, fired, right, wrong, group.Missed, fired - right - wrong);
    }
}

/// <summary>What the page of alarms shows.</summary>
/// <param name="Rows">Those in ALARM first, then those without data, newest change first; the first so many.</param>
/// <param name="Services">Services one may put the starter set of.</param>
public sealed record AlarmsModel(
    int Red, int Dark, int Green, ImmutableArray<AlarmRow> Rows, int Hidden, ImmutableArray<AuditFinding> Findings, ImmutableArray<QualityRow> Quality, ImmutableArray<MaintenanceWindow> Windows, ImmutableArray<string> Services)
{
    public const int MostRows = 5_000;

    /// <param name="simulated">Names of simulated regions and their AZs.</param>
    public static AlarmsModel Of(IEnumerable<AlarmGroup> groups, string? state, string? service, IReadOnlySet<string> simulated, ImmutableArray<AuditFinding> findings, MaintenanceBook maintenance, ImmutableArray<string> services, DateTimeOffset now)
    {
        AlarmGroup[] all = [.. groups.OrderBy(group => group.Name, StringComparer.Ordinal)];
        var counted = all.SelectMany(group => group.Alarms.Values).GroupBy(alarm => alarm.State).ToDictionary(one => one.Key, one => one.Count());
        AlarmRow[] rows =
        [
            .. from @group in all
               from alarm in @group.Alarms.Values
               where (string.IsNullOrEmpty(state) || alarm.State.Word() == state) && (string.IsNullOrEmpty(service) || alarm.Definition.Service == service)
               let row = Row(@group, alarm, simulated)
               orderby alarm.State == AlarmState.Alarm ? 0 : alarm.State == AlarmState.InsufficientData ? 1 : 2, row.Simulated, alarm.Since descending, row.Name
               select row,
        ];
        return new(
            counted.GetValueOrDefault(AlarmState.Alarm), counted.GetValueOrDefault(AlarmState.InsufficientData), counted.GetValueOrDefault(AlarmState.Ok),
            [.. rows.Take(MostRows)], Math.Max(0, rows.Length - MostRows), [.. findings.Where(finding => string.IsNullOrEmpty(service) || finding.Service == service)],
            [.. all.Where(group => !group.Alarms.IsEmpty || group.Missed > 0).Select(QualityRow.Of)], [.. maintenance.Windows.Where(window => window.To > now)], services);
    }

    public static string Words(AuditKind kind) =>
        kind switch
        {
            AuditKind.LacksEssential => "lacks an alarm",
            AuditKind.NotMeasured => "not measured",
            AuditKind.StageWithoutAlarms => "stage obeys none",
            AuditKind.NoSuchStream => "no such stream",
            AuditKind.SilentStream => "silent stream",
            AuditKind.NeverFires => "can never fire",
            AuditKind.AlwaysFires => "always fires",
            AuditKind.PeriodTooShort => "period too short",
            _ => "too few samples",
        };

    private static AlarmRow Row(AlarmGroup group, Alarm alarm, IReadOnlySet<string> simulated) =>
        new(
            $"{group.Name}/{alarm.Definition.Name}", $"/alarms/{Uri.EscapeDataString(group.Name)}/{Uri.EscapeDataString(alarm.Definition.Name)}", alarm.State, alarm.Since, alarm.Definition.Scope.ToString(), alarm.Definition.Service,
            alarm.Reason, alarm.Hold?.Phase.ToString().ToLowerInvariant(), simulated.Contains(alarm.Definition.Scope.Name));
}
