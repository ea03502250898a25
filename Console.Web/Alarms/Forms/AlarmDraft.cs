using System.Collections.Immutable;
using OpsConsole.Domain.Alarms.Rules;
using OpsConsole.Domain.Journal;
using OpsConsole.Web.Kit;

namespace OpsConsole.Web.Alarms.Forms;

/// <summary>What is to be said of an alarm that is being written.</summary>
/// <param name="Alarm">Null where it cannot be read.</param>
/// <param name="Refused">Why the command would be refused now; null where it would be taken.</param>
/// <param name="Changed">Whether it differs from the one there is.</param>
/// <param name="Blast">What putting it does.</param>
/// <param name="Says">What it would say now, and would have said over the last hours.</param>
public sealed record AlarmDraft(string Group, AlarmDefinition? Alarm, ImmutableArray<AlarmError> Errors, Rejection? Refused, bool Changed, string Blast, string Says, ImmutableArray<PlotTrace> Traces, PlotLayout? Layout, string Words)
{
    public bool MayBePut => Alarm is not null && Refused is null && Changed;

    /// <summary>What is wrong with a field; null where nothing is.</summary>
    public string? Of(string path) => Errors.FirstOrDefault(error => error.Path == path)?.What;
}
